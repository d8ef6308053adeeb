//! Measures the first check, and a check without changes.

use anyhow::{Context, Result};
use xtask::workspace::Workspace;

use super::measure::{Contestant, in_turns, timed};
use super::report::Compared;
use crate::course_copy::{CourseCopy, run};

/// How often the first build is measured. It takes long, and its time varies little.
const FEW: usize = 3;

const VERDICT: &str = "fresh clone to the first verdict";
const EXAMPLE: &str = "after it, the first build of an example";
const TEST: &str = "after that, the first cargo test of a task";

pub fn measure(original: &Workspace, rounds: usize) -> Result<Vec<Compared>> {
    let clone = CourseCopy::new(original, "clone")?;
    let first = in_turns(
        rounds.min(FEW),
        vec![
            Contestant::new(VERDICT, |_| {
                remove(&clone)?;
                Ok(timed(|| run(&mut clone.xtask(&["check"]), 0))?.1)
            }),
            Contestant::new(EXAMPLE, |_| {
                // as the first check has left it
                let args = ["-p", "basic-coroutine", "--example", "greet"];
                Ok(timed(|| run(&mut clone.cargo("build", &args), 0))?.1)
            }),
            Contestant::new(TEST, |_| {
                let args = ["-p", "basic-coroutine", "--test", "check"];
                Ok(timed(|| run(&mut clone.cargo("test", &args), 0))?.1)
            }),
        ],
    )?;
    run(&mut clone.xtask(&["check"]), 0)?;
    let again = in_turns(
        rounds,
        vec![
            Contestant::new("all five tasks again, nothing changed", |_| {
                Ok(timed(|| run(&mut clone.xtask(&["check"]), 0))?.1)
            }),
            Contestant::new("the same by cargo", |_| {
                Ok(timed(|| run(&mut clone.xtask(&["check", "--builder", "cargo"]), 0))?.1)
            }),
        ],
    )?;
    Ok(vec![
        Compared::new("From a fresh clone (crates are downloaded already)", "ms", first)
            .ratio(EXAMPLE, VERDICT, None)
            .ratio(TEST, VERDICT, None),
        Compared::new("A check of what is checked already", "ms", again),
    ])
}

fn remove(copy: &CourseCopy) -> Result<()> {
    match std::fs::remove_dir_all(copy.target()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("cannot remove what was built")
        }
        _ => Ok(()),
    }
}
