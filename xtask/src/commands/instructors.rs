//! The commands for instructors and authors. They are a separate program, which is built when it is first needed.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::build::cargo;
use crate::workspace::Workspace;

/// The names of these commands.
const NAMES: [&str; 6] = ["bench", "export", "pictures", "quote", "report", "selfcheck"];

/// The option that makes `check` one of these commands.
const OF_A_CLASS: &str = "--submissions";
/// An option that only this `check` has.
const ITS_REPORT: &str = "--report";

/// What the help of `check` says about grading.
pub const HELP_OF_CHECK: &str = "For instructors: check --submissions DIR --report OUT grades a class (for more: check --submissions --help).";

/// What the help says about these commands.
pub const HELP: &str = "\
For instructors and authors (for more: cargo xtask NAME --help):
  bench      Measure how long checks take, side by side with cargo alone
  check --submissions DIR --report OUT
             Grade a class
  export     Make the copy that students get
  pictures   Draw the pictures in docs/pictures/ again
  quote      Update the programs that the lessons quote
  report     Join the results of several gradings into one report
  selfcheck  Check the course itself: stubs, solutions, mistakes, lessons, snapshots";

/// Whether this copy of the course has these commands. A student's copy does not.
pub fn are_here() -> bool {
    manifest().is_some()
}

/// The manifest of the package of these commands, and the course.
fn manifest() -> Option<(PathBuf, Workspace)> {
    let workspace = Workspace::find().ok()?;
    let manifest = workspace.root.join("xtask/instructor/Cargo.toml");
    manifest.is_file().then_some((manifest, workspace))
}

/// Runs the command that `args` begin with, if it is one of these.
pub fn run(args: &[OsString]) -> Option<Result<ExitCode>> {
    let name = args.first()?.to_str()?;
    let says = |option: &str| {
        let is_it =
            |arg: &OsString| arg.to_str().is_some_and(|arg| arg.split('=').next() == Some(option));
        args.iter().any(is_it)
    };
    let of_a_class = name == "check" && says(OF_A_CLASS);
    let manifest = manifest();
    if name == "check" && (of_a_class || says(ITS_REPORT)) {
        match (&manifest, of_a_class) {
            (None, _) => return Some(not_here()),
            (Some(_), false) => return Some(alone()),
            (Some(_), true) => {}
        }
    }
    let (manifest, workspace) = manifest.filter(|_| of_a_class || NAMES.contains(&name))?;
    // the help can be asked for without a folder
    let help = ["check", "--help"].map(OsString::from);
    let args = if of_a_class && (says("--help") || says("-h")) { &help } else { args };
    let target = workspace.root.join("target");
    let built = target.join("debug").join(format!("instructor{}", std::env::consts::EXE_SUFFIX));
    let mut command = cargo::cargo(&workspace.root, "run", &target);
    command.arg("--quiet");
    if std::io::stderr().is_terminal() {
        command.args(cargo::PROGRESS);
    } else if !built.is_file() {
        eprintln!("building the commands for instructors; the first time, that takes a minute");
    }
    command.arg("--manifest-path").arg(manifest).arg("--").args(args);
    // paths in the arguments are relative to the current folder
    let here = std::env::current_dir().context("cannot tell the current folder");
    Some(here.and_then(|here| cargo::go_on_as(command.current_dir(here))))
}

fn not_here() -> Result<ExitCode> {
    bail!(
        "this copy of the course doesn't grade: it is a student's copy, without the reference solutions\n\n  next: cargo xtask check, which checks your own tasks"
    )
}

fn alone() -> Result<ExitCode> {
    bail!(
        "{ITS_REPORT} works only together with {OF_A_CLASS} DIR, the folder with a submission for each student\n\n  next: cargo xtask check {OF_A_CLASS} DIR {ITS_REPORT} OUT"
    )
}
