//! `cargo xtask list`: the tasks, what they teach, and where you are.

use std::process::ExitCode;

use anyhow::Result;
use checker::show::{self, Style};
use checker::tasks::TASKS;
use checker::verdict::{Report, TaskReport};
use clap::Args;

use crate::workspace::Workspace;
use crate::{say, workbench};

/// List the tasks: what they teach, their points, and whether they are right
#[derive(Args)]
pub struct List {}

impl List {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let style = Style::of_stdout();
        let report = workbench::check(&workspace, &TASKS, &workspace.options(), style.colour)?;
        say(&text(&report, style));
        Ok(ExitCode::SUCCESS)
    }
}

/// A few lines for each task of the report, which has all of them.
pub fn text(report: &Report, style: Style) -> String {
    let mut text = String::new();
    for (task, line) in TASKS.into_iter().zip(&report.tasks) {
        let state = show::state(&line.verdict, style);
        let title = style.bold(&format!("{} {:<24}", task.number, task.name));
        let concept = style.dim(task.concept);
        text.push_str(&format!("  {title} {:>3} points   {state}\n", task.points));
        text.push_str(&format!("    {}\n    {concept}\n", task.title));
    }
    let (reached, points) = points(report, |line| line.verdict.right());
    text + &format!("\n  {reached} of {points} points\n")
}

/// The points of the tasks that `is_right` says are right, and of all.
pub fn points(report: &Report, is_right: impl Fn(&TaskReport) -> bool) -> (u32, u32) {
    TASKS.into_iter().zip(&report.tasks).fold((0, 0), |(reached, all), (task, line)| {
        (reached + if is_right(line) { task.points } else { 0 }, all + task.points)
    })
}
