//! `cargo xtask test`: the project's own tests, of the checker and of the commands.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::instructors;
use crate::build::cargo;
use crate::workspace::Workspace;

/// Run the project's own tests (unsolved tasks don't make them fail)
#[derive(Args)]
pub struct Test {}

/// The packages that have tests. The checker belongs to the other workspace. When it is tested from this one, it is
/// compiled only once for both.
const PACKAGES: [&str; 4] = ["checker", "xtask", "instructor", "sandbox"];

/// The tests that a student's copy runs: whether its files are all there, and its commands work. (The other tests
/// were run before the copy was made.)
const OF_A_COPY: [&str; 2] = ["--test", "student"];

impl Test {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let target = workspace.root.join("target");
        let mut tests = cargo::cargo(&workspace.root.join("xtask"), "test", &target);
        if instructors::are_here() {
            tests.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
        } else {
            tests.args(OF_A_COPY);
        }
        let status = tests.status().context("cannot start cargo")?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
