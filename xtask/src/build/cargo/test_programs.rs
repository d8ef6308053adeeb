//! Lets cargo build test programs without running them. A call of `cargo test` goes in, and its programs come out.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Message, run};

/// A program that runs tests.
#[derive(Debug, Default)]
pub struct TestProgram {
    /// The folder of its package, in which it runs.
    pub folder: PathBuf,
    /// Its name in the package: that of a file below `tests/`, or the package's own.
    pub target: String,
    pub program: PathBuf,
}

impl TestProgram {
    /// The package, and its name there.
    pub fn name(&self) -> String {
        let package = self.folder.file_name().unwrap_or_default().to_string_lossy();
        format!("{package} {}", self.target)
    }

    /// A call of it, as cargo makes it. (Tests read the other variables that cargo sets when they are compiled.)
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder);
        command
    }
}

/// Lets cargo build the test programs that `test` (a command made by [`super::cargo`]) would run. None, if cargo can't build
/// them; then its errors are printed.
///
/// # Errors
/// If cargo can't be started.
pub fn test_programs(test: &mut Command) -> Result<Option<Vec<TestProgram>>> {
    let mut programs = Vec::new();
    test.args(["--no-run", "--message-format", "json-render-diagnostics"]);
    let (success, output) = run(test, |message| {
        if let Message::Artifact { manifest_path, target, profile, executable, .. } = message
            && profile.test
            && let (Some(program), Some(folder)) = (executable, manifest_path.parent())
        {
            programs.push(TestProgram { folder: folder.into(), target: target.name, program });
        }
    })?;
    if !success {
        eprintln!("{}", output.trim());
    }
    Ok(success.then_some(programs))
}
