//! The commands for instructors and authors: a program of their own, built when it is first needed.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::build::cargo;
use crate::workspace::Workspace;

/// Their names.
const NAMES: [&str; 4] = ["bench", "export", "quote", "selfcheck"];

/// What the help says of them.
pub const HELP: &str = "\
For instructors and authors (cargo xtask NAME --help says more):
  bench      Measure how long checks take, side by side with cargo alone
  export     Make the copy that students get
  quote      Bring the programs that the lessons quote up to date
  selfcheck  Check the course itself: stubs, solutions, mistakes, lessons, snapshots";

/// Whether this copy of the course has them: a student's has not.
pub fn are_here() -> bool {
    manifest().is_some()
}

/// The manifest of their package, and the root of the course.
fn manifest() -> Option<(PathBuf, Workspace)> {
    let workspace = Workspace::find().ok()?;
    let manifest = workspace.root.join("xtask/instructor/Cargo.toml");
    manifest.is_file().then_some((manifest, workspace))
}

/// Runs the command that `args` begin with, if it is one of these.
pub fn run(args: &[OsString]) -> Option<Result<ExitCode>> {
    let name = args.first()?.to_str()?;
    let (manifest, workspace) = manifest().filter(|_| NAMES.contains(&name))?;
    let mut command = cargo::cargo(&workspace.root, "run", &workspace.root.join("target"));
    command.arg("--quiet").arg("--manifest-path").arg(manifest).arg("--").args(args);
    // paths in the arguments are relative to the folder that the person is in
    let here = std::env::current_dir().context("cannot tell the current folder");
    let run = || {
        let status = command.current_dir(here?).status().context("cannot start cargo")?;
        Ok(ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)))
    };
    Some(run())
}
