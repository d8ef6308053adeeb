//! `cargo xtask` alone: how far the student is, and what the next step is.

use std::process::ExitCode;

use anyhow::Result;
use checker::show::{self, Style};
use checker::tasks::{self, TASKS};
use checker::verdict::{Outcome, Report};

use crate::workspace::Workspace;
use crate::{say, workbench};

/// Checks everything, and shows one line for each task.
pub fn run() -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    let style = Style::of_stdout();
    let report = workbench::check(&workspace, &TASKS, &workspace.options(), style.colour)?;
    let right = report.tasks.iter().filter(|task| task.verdict.right()).count();
    let mut text = format!(
        "{}\n\n",
        style.bold(&format!("Await & See: {right} of {} tasks are right", TASKS.len()))
    );
    text.push_str(&show::summary(&report, style));
    text.push_str(&next_step(&workspace, &report, style));
    text.push_str(&style.dim("\n  all commands: cargo xtask --help\n"));
    say(&text);
    Ok(ExitCode::SUCCESS)
}

/// The student's next step.
pub fn next_step(workspace: &Workspace, report: &Report, style: Style) -> String {
    let open = report
        .tasks
        .iter()
        .find(|task| !task.verdict.right() && task.verdict.outcome != Outcome::Waiting);
    let step = match open {
        Some(task) if task.verdict.outcome == Outcome::Untouched => {
            let folder = tasks::by_name(&task.name).map(|task| task.folder()).unwrap_or_default();
            format!(
                "read crates/{folder}/README.md, edit its src/lib.rs, then cargo xtask check {}",
                task.number
            )
        }
        Some(task) => format!("cargo xtask check {} says what is not right yet", task.number),
        None if report.right() && report.tasks.len() == TASKS.len() => {
            return format!("\n{}", finale(style));
        }
        None => match report.tasks.last().and_then(|last| TASKS.get(last.number)) {
            // a task that is begun may be right already
            Some(next) if report.right() && workspace.is_untouched(next) => {
                format!("task {}, crates/{}/README.md", next.number, next.folder())
            }
            _ => "cargo xtask, which says how far you are".into(),
        },
    };
    format!("\n  next: {step}\n")
}

/// The end of the course: praise, and what to read next.
pub fn finale(style: Style) -> String {
    let bar = |i: usize, width: usize| style.row(i, &"█".repeat(width));
    let bars: String = [22, 9, 16, 13, 19]
        .into_iter()
        .enumerate()
        .map(|(i, width)| format!("    #{} {}\n", i + 1, bar(i, width)))
        .collect();
    format!(
        "  {}\n\n{bars}       all started at once, done with the longest\n\n{FURTHER}",
        style.good("All tasks are right: the course is done. Well done!")
    )
}

const FURTHER: &str = "  What you can do now: read a timeline, start many waits at once, and tell a
  future from a task. What to read next:

    tokio's tutorial, from channels to select!   https://tokio.rs/tokio/tutorial
    the book on async Rust                       https://rust-lang.github.io/async-book
    mini-redis, a server written to be read      https://github.com/tokio-rs/mini-redis

  One more exercise: make wait_n stop after two seconds, and return the delays
  that it has by then (tokio::time::timeout). cargo xtask timeline 2 draws it.
";
