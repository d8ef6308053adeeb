//! `cargo test` checks this task, as `cargo xtask check` does.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let asked_for = |name: &str| std::env::args().any(|arg| arg == name);
    if asked_for("--list") {
        // Test runners and editors ask for the names of the tests. None of them is ignored.
        if !asked_for("--ignored") {
            println!("check: test");
        }
        return ExitCode::SUCCESS;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let checked = Command::new(cargo)
        .args(["xtask", "check", env!("CARGO_PKG_NAME")])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .status();
    match checked {
        Ok(status) => status.code().map_or(ExitCode::FAILURE, |code| (code as u8).into()),
        Err(error) => {
            eprintln!("cannot start cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
