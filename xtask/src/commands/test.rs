//! `cargo xtask test`: the project's own tests, of the checker and of the commands.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use crate::build::cargo;
use crate::workspace::Workspace;

/// Run the project's own tests (unsolved tasks are no failure of theirs)
#[derive(Args)]
pub struct Test {}

impl Test {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let target = workspace.root.join("target");
        let mut right = true;
        // two workspaces, so two calls
        for root in [workspace.root.clone(), workspace.root.join("xtask")] {
            let mut tests = cargo::cargo(&root, "test", &target);
            if root.ends_with("xtask") {
                // the instructors' as well, where they are
                tests.arg("--workspace");
            }
            let status = tests.status().context("cannot start cargo")?;
            right &= status.success();
        }
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
