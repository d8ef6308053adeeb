//! What recording costs, measured by a program of the checker's own.

use anyhow::{Context, Result};
use serde::Deserialize;
use xtask::workspace::Workspace;

use super::measure::{Measured, progress};
use super::place::{Place, run};
use super::report::Compared;

/// A line of `checker/benches/runs.rs`.
#[derive(Deserialize)]
struct Line {
    n: usize,
    recorded_us: f64,
    alone_us: f64,
}

pub fn measure(original: &Workspace) -> Result<Vec<Compared>> {
    progress("one run, recorded and not");
    let course = Place::course(original, "course")?;
    // by the profile that probes are built with
    let args = ["-p", "checker", "--profile", "dev", "--bench", "runs"];
    let output = run(&mut course.cargo("bench", &args), 0)?;
    progress("");
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<serde_json::Result<Vec<Line>>>()
        .context("checker/benches/runs.rs prints something else than lines of JSON")?;
    Ok(lines.iter().map(compared).collect())
}

fn compared(line: &Line) -> Compared {
    let one = |name: &str, value: f64| Measured::of(name, vec![value]);
    let per = |value: f64| value / line.n as f64;
    let measured = vec![
        one("recorded", line.recorded_us),
        one("by tokio alone", line.alone_us),
        one("recorded, for each coroutine", per(line.recorded_us)),
        one("by tokio alone, for each coroutine", per(line.alone_us)),
    ];
    Compared::new(&format!("One run of wait_n({})", line.n), "µs", measured).ratio(
        "recorded",
        "by tokio alone",
        None,
    )
}
