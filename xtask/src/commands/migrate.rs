//! `cargo xtask migrate`: your files in the folders of an earlier version move to those of this one.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::migrate::{self, Moved};
use crate::workspace::Workspace;
use crate::{UNABLE, say};

/// Move your files from folders of an earlier version (crates/2-…) to those of this version (crates/02-…)
///
/// Nothing is lost: a file that would overwrite another one is kept beside it, and you are told where.
///
/// Exit codes: 0 all files are moved; 2 some could not be moved.
#[derive(Args)]
pub struct Migrate {}

impl Migrate {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let all = migrate::in_the_course(&workspace);
        if all.is_empty() {
            say(
                "No folder below crates/ is one of an earlier version: there is nothing to move.\n",
            );
            return Ok(ExitCode::SUCCESS);
        }
        say("Folders of tasks have two digits now. Moved:\n");
        all.iter().for_each(|moved| say(&moved.lines(&named(moved))));
        if all.iter().all(|moved| moved.left.is_empty()) {
            say("\n  next: cargo xtask check\n");
            return Ok(ExitCode::SUCCESS);
        }
        say(
            "\n  next: close what has these files open, or move them yourself; then cargo xtask check\n",
        );
        Ok(ExitCode::from(UNABLE))
    }
}

/// The files to be named: those that a student may have written, the sources first.
fn named(moved: &Moved) -> Vec<String> {
    const HANDED_OUT: [&str; 5] =
        ["Cargo.toml", "README.md", "hints.md", "src/main.rs", "tests/check.rs"];
    let is_own = |file: &&String| !HANDED_OUT.contains(&file.as_str()) && !file.ends_with(".snap");
    let mut own: Vec<String> = moved.files.iter().filter(is_own).cloned().collect();
    own.sort_by_key(|file| !file.starts_with("src/"));
    own
}
