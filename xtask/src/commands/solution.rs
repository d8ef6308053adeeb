//! `cargo xtask solution`: one good solution, once the student's own is right.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use checker::show::Style;
use checker::tasks::Task;
use clap::Args;

use crate::workspace::Workspace;
use crate::{say, workbench};

/// Show one good solution of a task that you have solved
#[derive(Args)]
pub struct Solution {
    /// The task [default: the one whose folder you are in]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// Show it even if the task is not right yet
    #[arg(long)]
    anyway: bool,
}

impl Solution {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = workspace.task_or_here(self.task.as_deref(), "solution")?;
        let solution = text(&workspace, task)?;
        if !self.anyway {
            let report = workbench::check(
                &workspace,
                &[task],
                &workspace.options(),
                Style::of_stdout().colour,
            )?;
            if !report.right() {
                let n = task.number;
                say(&format!(
                    "Task {n} is not right yet. You learn most from a solution when you have found your own.\n\n  next: cargo xtask check {n} · cargo xtask hint {n} · or cargo xtask solution {n} --anyway\n"
                ));
                return Ok(ExitCode::FAILURE);
            }
        }
        say(&solution);
        Ok(ExitCode::SUCCESS)
    }
}

/// The reference solution of `task`.
pub fn text(workspace: &Workspace, task: &Task) -> Result<String> {
    if !are_here(workspace) {
        let n = task.number;
        bail!(
            "this copy of the course was handed out without solutions\n\n  next: cargo xtask check {n} · cargo xtask hint {n}"
        );
    }
    let path = workspace.root.join("checker/solutions").join(format!("{}.rs", task.folder()));
    std::fs::read_to_string(&path).with_context(|| {
        format!("this copy of the course has no solution {}", workspace.shown(&path))
    })
}

/// Whether this copy of the course has solutions. A student's copy has none.
pub fn are_here(workspace: &Workspace) -> bool {
    workspace.root.join("checker/solutions").is_dir()
}
