//! `cargo xtask timeline`: what your program does, as a picture.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use checker::contract::request::{Arguments, JudgeRequest, Limits};
use checker::show::svg;
use checker::show::text::{self, Canvas, MOST_ROWS};
use checker::show::{self, Style};
use checker::tasks::Task;
use checker::verdict::{Evidence, Outcome, Report, TaskReport, Verdict};
use clap::{Args, ValueEnum};

use super::solution;
use crate::build::{Harness, cargo};
use crate::source_override::{self, SourceOverride};
use crate::workbench::Workbench;
use crate::workspace::Workspace;
use crate::{UNABLE, say};

/// Draw what your program does: which coroutine waits, and from when to when
///
/// The delays are random, made from a seed: the same seed shows the same run again. Time is virtual, so a run of hours
/// takes no time. With --compare, both runs get the same delays, however they draw them.
#[derive(Args)]
#[command(after_long_help = LEGEND)]
pub struct Timeline {
    /// The task, by number, package, folder or function [default: the one whose folder you are in]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// The seed from which the delays are made
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How many coroutines [default: 5 if the function takes n; otherwise it is called once]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=10_000))]
    n: Option<u32>,
    /// The longest delay: 500ms, 5s, 1h
    #[arg(long, default_value = "5s", value_name = "TIME", value_parser = duration)]
    max_delay: Duration,
    /// Write the picture to this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Draw another run under yours, on the same scale
    #[arg(long, value_enum)]
    compare: Option<Other>,
}

/// How to read a timeline. The README says the same.
const LEGEND: &str = "\
How to read it:
  Time goes to the right. A row is a coroutine, in the order in which they draw
  (`#1 task`: in a task of its own; `caller`: your function itself).
  █       it waits; the end of the row says how long, and from when
  ▏       it was done in an instant
  ╌       it is there, but does not wait for the clock
  ░       it was given up before its wait was over
  ■       it blocks the thread
  ┴ ╴     the end of the time axis: your function returned; it did not return
  ▲       from here on, your run differs from the other one
  Random delays are as your code draws them. Prescribed delays are the same,
  however they are drawn. Scripted delays are a list of the checker's, which has
  a name (`mixed`).";

/// What the help says of `--compare` in a copy without solutions.
pub const COMPARE_WITH_EXPECTED: &str =
    "Draw another run beside it: `expected`, the one that the contract asks for";

/// The longest delay, if none is given.
const LONGEST: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, ValueEnum)]
enum Other {
    /// The run that the contract asks for
    Expected,
    /// The run of the reference solution, where the course has one
    Solution,
}

/// Reads a whole number of milliseconds up to a day, the longest delay of the contract.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim() {
        "ms" => 1.0,
        "s" => 1e3,
        "m" | "min" => 60e3,
        "h" => 3600e3,
        "" if number == "0" => 1.0,
        "" => return Err(format!("`{text}` has no unit: write 500ms, 5s or 1h")),
        other => return Err(format!("`{other}` is not a unit of time: use ms, s, m or h")),
    };
    let number: f64 =
        number.parse().map_err(|_| format!("`{text}` is not a time: write 500ms, 5s or 1h"))?;
    let ms = number * unit;
    if ms > 86_400_000.0 {
        return Err("the longest delay is 24h".into());
    }
    if (ms - ms.round()).abs() > 1e-6 {
        return Err(format!("`{text}` is not a whole number of milliseconds"));
    }
    Ok(Duration::from_millis(ms.round() as u64))
}

/// What a run looks like.
struct Drawn {
    evidence: Evidence,
    /// The run under it, and its name.
    other: Option<(&'static str, checker::timeline::Timeline)>,
    text: String,
}

impl Timeline {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = workspace.task_or_here(self.task.as_deref(), "timeline")?;
        let style = Style::of_stdout();
        let Drawn { evidence, other, text } = match self.draw(&workspace, task, style)? {
            Ok(drawn) => drawn,
            Err(verdict) => {
                let mut report = Report::new(0);
                report.tasks.push(TaskReport::new(task, *verdict));
                say(&show::report(&report, style));
                let judged = report.judged();
                return Ok(if judged { ExitCode::FAILURE } else { ExitCode::from(UNABLE) });
            }
        };
        let mut page = text;
        if let Some(file) = &self.svg {
            let mut timelines = vec![("yours", &evidence.yours)];
            timelines.extend(other.as_ref().map(|(name, other)| (*name, other)));
            write(file, &svg::draw(&self.title(&evidence), &timelines))?;
            page.push_str(&format!("\n  written to {}\n", file.display()));
        }
        page.push_str(&self.next(task, &evidence));
        say(&page);
        Ok(ExitCode::SUCCESS)
    }

    /// A run of the student's code, as text, or the verdict that explains why it can't be drawn.
    pub fn text(
        workspace: &Workspace,
        task: &'static Task,
        seed: u64,
        style: Style,
    ) -> Result<std::result::Result<String, Box<Verdict>>> {
        let timeline =
            Self { task: None, seed, n: None, max_delay: LONGEST, svg: None, compare: None };
        Ok(timeline.draw(workspace, task, style)?.map(|drawn| drawn.text))
    }

    fn draw(
        &self,
        workspace: &Workspace,
        task: &'static Task,
        style: Style,
    ) -> Result<std::result::Result<Drawn, Box<Verdict>>> {
        let harness = match Workbench::new(workspace.clone(), None, style.colour).harness(task)? {
            Ok(harness) => harness,
            Err(verdict) => return Ok(Err(verdict)),
        };
        let yours = self.run_of(task, &harness)?;
        if yours.outcome == Outcome::NotJudged {
            return Ok(Err(Box::new(yours)));
        }
        let evidence = yours.evidence.clone().context("the harness drew nothing")?;
        let other = match self.compare {
            None => None,
            Some(Other::Expected) => evidence.expected.clone().map(|other| ("expected", other)),
            Some(Other::Solution) => {
                let run = self.run_of(task, &built_solution(workspace, task)?)?;
                if let Some(why) = run.not_judged {
                    bail!(
                        "the solution could not be run, so there is nothing to compare yours with: {why}\n\n  next: cargo xtask timeline {} --compare expected",
                        task.number
                    );
                }
                run.evidence.map(|evidence| ("solution", evidence.yours))
            }
        };
        let mut text = format!("{}\n\n", style.bold(&self.title(&evidence)));
        let canvas = Canvas { width: style.width - 2, rows: MOST_ROWS, style };
        let lines = match &other {
            Some((name, other)) => text::compare(&evidence.yours, other, name, canvas),
            None => text::draw(&evidence.yours, canvas),
        };
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
        if let (None, Some(returned)) = (&other, &evidence.yours.returned) {
            let returned = returned.words();
            let wrapped = show::wrap(&format!("returned {returned}"), style.prose()).join("\n  ");
            text.push_str(&format!("\n  {wrapped}\n"));
        }
        if let Some(ended) = yours.diagnoses.first() {
            text.push_str(&format!(
                "\n  {}\n",
                show::wrap(&ended.text, style.prose()).join("\n  ")
            ));
        }
        if yours.outcome == Outcome::Untouched {
            let folder = task.folder();
            text.push_str(&format!(
                "\n  You have not written anything yet: crates/{folder}/src/lib.rs.\n"
            ));
        }
        Ok(Ok(Drawn { evidence, other, text }))
    }

    fn title(&self, evidence: &Evidence) -> String {
        let delays = if self.compare.is_some() { "prescribed" } else { "random" };
        format!("{}, {delays} delays (seed {})", evidence.call, self.seed)
    }

    fn run_of(&self, task: &Task, harness: &Harness) -> Result<Verdict> {
        let n = self.n.map_or(if task.takes_n { 5 } else { 1 }, |n| n as usize);
        let arguments = Arguments {
            seed: self.seed,
            n,
            max_delay: self.max_delay,
            prescribed: self.compare.is_some(),
            limits: Limits::default(),
        };
        Ok(harness.ask(&JudgeRequest::Run(arguments))?)
    }

    fn next(&self, task: &Task, evidence: &Evidence) -> String {
        let n = task.number;
        if evidence.yours.rows.is_empty() {
            return format!("\n  next: cargo xtask check {n}\n");
        }
        let mut again = format!("cargo xtask timeline {n} --seed {}", self.seed.wrapping_add(1));
        if let Some(n) = self.n {
            again.push_str(&format!(" --n {n}"));
        }
        if self.max_delay != LONGEST {
            again.push_str(&format!(" --max-delay {}ms", self.max_delay.as_millis()));
        }
        format!("\n  next: {again} · cargo xtask check {n}\n")
    }
}

/// The reference solution of `task`, built.
fn built_solution(workspace: &Workspace, task: &'static Task) -> Result<Harness> {
    if !solution::are_here(workspace) {
        bail!(
            "this copy of the course was handed out without solutions\n\n  next: cargo xtask timeline {} --compare expected",
            task.number
        );
    }
    let sources = source_override::solutions(workspace);
    if let Some(missing) = sources.iter().find(|source| !source.lib.is_file()) {
        bail!(
            "this copy of the course has no solution {}; `--compare expected` needs none",
            workspace.shown(&missing.lib)
        );
    }
    let root = workspace.generated_dir().join("solutions");
    source_override::lay_out(workspace, &root, &sources.iter().collect::<Vec<&SourceOverride>>())?;
    let own = &sources[task.number - 1];
    // the packages have names of their own, so they can share what is built for the course
    let target = workspace.root.join("target");
    let mut built =
        cargo::harnesses(&root, &target, &[(own.package(), root.join(own.folder()))], false)?;
    let harness = built.packages.remove(&own.package()).and_then(|package| package.harness);
    harness.ok_or_else(|| anyhow!("cannot build the solution:\n{}", built.cargo_output.trim()))
}

/// Writes a picture. Leaves a file alone that is not a picture.
fn write(file: &Path, svg: &str) -> Result<()> {
    match std::fs::read(file) {
        Ok(old) if !old.trim_ascii_start().starts_with(b"<svg") => {
            bail!(
                "{} exists, and is not an SVG picture\n\n  next: name another file with --svg",
                file.display()
            )
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot read {}", file.display()))
        }
        _ => std::fs::write(file, svg).with_context(|| format!("cannot write {}", file.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_with_its_unit_and_refused_without() {
        for (text, ms) in [
            ("500ms", 500),
            ("5s", 5000),
            ("2m", 120_000),
            ("24h", 86_400_000),
            ("1.5s", 1500),
            ("0", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(ms)), "{text}");
        }
        for text in [
            "",
            "5",
            "s",
            "-1s",
            "1.5ms",
            "1.2.3s",
            ".",
            "25h",
            "5 parsecs",
            "99999999999999999999s",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
