//! Starts the commands of the course: `cargo xtask check` is `cargo run` of this program, which has cargo build and run
//! the commands themselves.
//!
//! cargo alone would either keep silent while it builds them for a minute or two, the first time, or say something
//! every time. So it is quiet, and shows its progress on a terminal; in a pipe, where a bar that is drawn again and again
//! is nothing but noise, one sentence says what takes so long.

use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// As wide as cargo is to draw its bar; it wants to be told.
const WIDTH: &str = "term.progress.width=60";

fn main() -> ExitCode {
    // where cargo has found this program's manifest: `xtask/start` of the course
    let Some(start) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        eprintln!("error: this program is started by cargo\n\n  next: cargo xtask");
        return ExitCode::from(UNABLE);
    };
    let root = start.ancestors().nth(2).unwrap_or(Path::new("."));
    let target = root.join("target");
    let built = target.join("debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX));

    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet"]);
    if stderr().is_terminal() {
        cargo.args(["--config", "term.progress.when='always'", "--config", WIDTH]);
    } else if !built.is_file() {
        eprintln!(
            "building the commands and the checker; the first time, that takes a minute or two"
        );
    }
    cargo.arg("--manifest-path").arg(root.join("xtask/Cargo.toml"));
    cargo.arg("--target-dir").arg(target).arg("--").args(std::env::args_os().skip(1));
    // it would replace the flags in `.cargo/config.toml`, without which there is no checker
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    go_on_as(cargo)
}

/// The command could not do its work.
const UNABLE: u8 = 2;

/// Goes on as `command`: nothing stands between it and the terminal.
#[cfg(unix)]
fn go_on_as(mut command: Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    unable(&command.exec())
}

/// Waits for `command`, and ends as it does.
#[cfg(not(unix))]
fn go_on_as(mut command: Command) -> ExitCode {
    match command.status() {
        Ok(status) => {
            ExitCode::from(status.code().and_then(|code| code.try_into().ok()).unwrap_or(UNABLE))
        }
        Err(error) => unable(&error),
    }
}

fn unable(error: &std::io::Error) -> ExitCode {
    eprintln!("error: cannot start cargo: {error}");
    ExitCode::from(UNABLE)
}
