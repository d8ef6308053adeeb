//! The Python programs: run by `virtual_clock.py`, if there is a Python.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// A Python that is new enough. If there is none, prints that the tests with Python are skipped.
pub fn python() -> Option<&'static str> {
    static PYTHON: OnceLock<Option<&str>> = OnceLock::new();
    let python = *PYTHON.get_or_init(|| ["python3", "python"].into_iter().find(is_new_enough));
    if python.is_none() {
        // not by `eprintln!`: cargo shows what that prints only if a test fails
        let _ = writeln!(std::io::stderr(), "skipped: python3 is not installed");
    }
    python
}

fn is_new_enough(python: &&str) -> bool {
    Command::new(python)
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 8))"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command that runs a program on the virtual clock.
pub fn command(python: &str, program: &Path) -> Command {
    let clock = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lessons/virtual_clock.py");
    let mut command = Command::new(python);
    // -I: nothing from the environment or the user's own packages
    command.arg("-I").arg(clock).arg(program);
    command
}
