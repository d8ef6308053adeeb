//! Starts the commands of the course. `cargo xtask check` is `cargo run` of this program, which lets cargo build the commands,
//! and then becomes them.
//!
//! The first build takes a minute or two. cargo alone would either print nothing during that time, or print something at
//! every start. So this program keeps cargo quiet, and shows a bar on a terminal. In a pipe, where a bar is only noise, it
//! prints one sentence. If cargo can't build the commands, it prints one more sentence that says what to do ([`trouble`]).
//!
//! This program must work even if the commands can't be built. So it uses no library, and no Rust newer than 1.63.

// the commands use it, too; it uses nothing newer than Rust 1.63
#[path = "../../src/build/trouble.rs"]
mod trouble;

use std::ffi::OsStr;
// a glob, because Rust before 1.70 has no `IsTerminal`, and an import of that name would not compile there
#[allow(clippy::wildcard_imports)]
use std::io::*;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use trouble::Trouble;

/// The width of cargo's bar, which cargo needs as a setting.
const WIDTH: &str = "term.progress.width=60";

/// The exit code of a command that could not do its work.
const UNABLE: u8 = 2;

fn main() -> ExitCode {
    // where cargo has found this program's manifest: `xtask/start` of the course, or `checker/start`
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(start) => PathBuf::from(start),
        None => {
            eprintln!("error: this program is started by cargo\n\n  next: cargo xtask");
            return ExitCode::from(UNABLE);
        }
    };
    let root = start.ancestors().nth(2).unwrap_or_else(|| Path::new("."));
    let target = root.join("target");
    let commands = target.join("debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX));
    let mut build = building(root, &target, commands.is_file());
    match run(&mut build) {
        Ok(None) => {}
        Ok(Some(output)) => {
            advise(root, &output);
            return ExitCode::from(UNABLE);
        }
        Err(error) => {
            eprintln!("error: cannot start cargo: {}", error);
            return ExitCode::from(UNABLE);
        }
    }
    let mut command = Command::new(commands);
    command.args(std::env::args_os().skip(1));
    go_on_as(command, root)
}

/// The call of cargo that builds the commands.
fn building(root: &Path, target: &Path, built: bool) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet"]);
    if on_terminal() {
        cargo.args(["--config", "term.progress.when='always'", "--config", WIDTH]);
        if std::env::var_os("CARGO_TERM_COLOR").is_none() && !is_set("NO_COLOR") {
            cargo.args(["--color", "always"]);
        }
    } else if !built {
        eprintln!(
            "building the commands and the checker; the first time, that takes a minute or two"
        );
    }
    cargo.arg("--manifest-path").arg(root.join("xtask/Cargo.toml"));
    cargo.arg("--target-dir").arg(target);
    // it would replace the flags in `.cargo/config.toml`, which the checker needs
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo
}

fn is_set(name: impl AsRef<OsStr>) -> bool {
    std::env::var_os(name).map_or(false, |value| !value.is_empty())
}

/// Whether standard error is a terminal.
fn on_terminal() -> bool {
    // calls the standard library's method if it exists, because the compiler prefers it
    #[allow(unused_imports, clippy::incompatible_msrv, clippy::needless_borrow)]
    fn ask() -> bool {
        use before_1_70::Unknown;
        (&stderr()).is_terminal()
    }
    ask()
}

/// Lets this program compile with a standard library that can't recognise a terminal. Then there is no bar.
mod before_1_70 {
    #[allow(dead_code)]
    pub trait Unknown {
        fn is_terminal(&self) -> bool;
    }

    impl Unknown for &std::io::Stderr {
        fn is_terminal(&self) -> bool {
            false
        }
    }
}

/// Runs cargo, and passes its output on at once.
///
/// Returns the output if cargo failed, and nothing otherwise.
fn run(cargo: &mut Command) -> Result<Option<String>> {
    /// Only the end of the output is kept: there cargo says why it stops.
    const KEPT: usize = 256 * 1024;
    let mut child = cargo.stderr(Stdio::piped()).spawn()?;
    let mut kept = Vec::new();
    if let Some(mut output) = child.stderr.take() {
        let mut piece = [0; 4096];
        loop {
            match output.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => {
                    // an error only means that nobody reads the output
                    let _ = stderr().write_all(&piece[..length]);
                    kept.extend_from_slice(&piece[..length]);
                    let too_much = kept.len().saturating_sub(KEPT);
                    kept.drain(..too_much);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
    }
    let status = child.wait()?;
    Ok((!status.success()).then(|| trouble::plain(&String::from_utf8_lossy(&kept))))
}

/// Prints what to do, if the output reports a known trouble.
fn advise(root: &Path, output: &str) {
    if let Some(trouble) = Trouble::of_output(output) {
        let advice = trouble.advice(root, output);
        eprintln!("\nerror: {}\n\n  next: {}", advice.sentence, advice.next);
    }
}

/// Replaces this process by `command`, which then uses the terminal directly.
#[cfg(unix)]
fn go_on_as(mut command: Command, root: &Path) -> ExitCode {
    use std::os::unix::process::CommandExt;
    unable(&command.exec(), root)
}

/// Waits for `command`, and ends with the same exit code.
#[cfg(not(unix))]
fn go_on_as(mut command: Command, root: &Path) -> ExitCode {
    use std::convert::TryInto;
    match command.status() {
        Ok(status) => {
            ExitCode::from(status.code().and_then(|code| code.try_into().ok()).unwrap_or(UNABLE))
        }
        Err(error) => unable(&error, root),
    }
}

fn unable(error: &Error, root: &Path) -> ExitCode {
    let message = format!("cannot start the commands: {}", error);
    eprintln!("error: {}", message);
    advise(root, &message);
    ExitCode::from(UNABLE)
}
