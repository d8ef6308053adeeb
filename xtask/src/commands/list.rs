//! `cargo xtask list`: the tasks, what they teach, and where you are.

use std::process::ExitCode;

use anyhow::Result;
use checker::ask::Options;
use checker::course::TASKS;
use checker::screen::{self, Style};
use clap::Args;

use crate::workspace::Workspace;
use crate::{UNABLE, grade, say};

/// List the tasks: what they teach, their points, and whether they are right
#[derive(Args)]
pub struct List {}

impl List {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let style = Style::of_stdout();
        let report = grade::check(&workspace, &TASKS, &Options::default(), style.colour)?;
        let mut text = String::new();
        let (mut reached, mut points, mut unreadable) = (0, 0, false);
        for (task, line) in TASKS.into_iter().zip(&report.tasks) {
            let state = screen::state(&line.verdict, style);
            match workspace.about(task) {
                Ok(about) => {
                    points += about.points;
                    reached += if line.verdict.right() { about.points } else { 0 };
                    let title = style.bold(&format!("{} {:<24}", task.number, task.name));
                    text.push_str(&format!("  {title} {:>3} points   {state}\n", about.points));
                    text.push_str(&format!(
                        "    {}\n    {}\n",
                        about.title,
                        style.dim(&about.concept)
                    ));
                }
                Err(error) => {
                    unreadable = true;
                    text.push_str(&format!(
                        "  {} {:<24} {:>3} points   {state}\n    {error:#}\n",
                        task.number, task.name, "?"
                    ));
                }
            }
        }
        text.push_str(&format!("\n  {reached} of {points} points\n"));
        say(&text);
        Ok(if unreadable { ExitCode::from(UNABLE) } else { ExitCode::SUCCESS })
    }
}
