//! `cargo xtask watch`: check on every save.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use crate::watch;
use crate::workspace::Workspace;

/// Check on every save, and see at once what your program does
#[derive(Args)]
pub struct Watch {
    /// The task to begin with [default: the one whose folder you are in, or else the first one that is not right]
    #[arg(value_name = "TASK")]
    task: Option<String>,
}

impl Watch {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = match self.task {
            Some(name) => Some(workspace.task(&name)?),
            None => workspace.task_here(),
        };
        if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
            bail!("watch needs a terminal; without one, use cargo xtask check");
        }
        watch::run(workspace, task)
    }
}
