//! `cargo xtask hint`: help in three steps, each a little nearer to the answer.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use checker::show::Style;
use checker::tasks::Task;
use clap::Args;

use super::explain::page;
use crate::say;
use crate::workspace::Workspace;

/// The steps, by the headings of a hints file.
pub const STEPS: [&str; 3] = ["Nudge", "Direction", "Almost there"];

/// Get a hint: a nudge, then a direction, then almost the answer
#[derive(Args)]
pub struct Hint {
    /// The task [default: the one whose folder you are in]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// 1: a nudge; 2: a direction; 3: almost there
    #[arg(value_name = "STEP", default_value = "1", value_parser = step)]
    step: usize,
}

impl Hint {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = workspace.task_or_here(self.task.as_deref(), "hint")?;
        let step = self.step;
        let hint = text(&workspace, task, step, Style::of_stdout())?;
        let next = if step < STEPS.len() {
            format!("cargo xtask hint {} {}", task.number, step + 1)
        } else {
            format!("cargo xtask check {}", task.number)
        };
        say(&format!("{hint}\n\n  next: {next}\n"));
        Ok(ExitCode::SUCCESS)
    }
}

fn step(typed: &str) -> Result<usize, String> {
    let step = typed.parse().ok().filter(|step| (1..=STEPS.len()).contains(step));
    step.ok_or_else(|| "the steps are 1 (a nudge), 2 (a direction) and 3 (almost there)".into())
}

/// One step (from 1) under its title.
pub fn text(workspace: &Workspace, task: &Task, step: usize, style: Style) -> Result<String> {
    let title = format!(
        "{} {} · hint {step} of {}: {}",
        task.number,
        task.name,
        STEPS.len(),
        STEPS[step - 1].to_lowercase()
    );
    let hint = page(&hints(workspace, task)?[step - 1], style);
    Ok(format!("{}\n\n{}", style.bold(&title), hint.trim_matches('\n')))
}

/// The hints of a task, one for each step.
pub fn hints(workspace: &Workspace, task: &Task) -> Result<Vec<String>> {
    let path = workspace.hints(task);
    let shown = workspace.shown(&path);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?;
    let section = |step: &&str| {
        let (_, rest) = text.split_once(&format!("## {step}\n"))?;
        Some(rest.split("\n## ").next().unwrap_or(rest).trim_matches('\n').to_string())
    };
    let hints: Vec<String> =
        STEPS.iter().filter_map(section).filter(|hint| !hint.is_empty()).collect();
    if hints.len() != STEPS.len() {
        bail!("{shown} needs a section for each of {STEPS:?}");
    }
    Ok(hints)
}
