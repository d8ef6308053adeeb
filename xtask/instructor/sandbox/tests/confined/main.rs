//! Checks what a confined program can't do, on systems where programs can be confined.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod attempts;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    return attempts::main();
    #[cfg(not(target_os = "linux"))]
    ExitCode::SUCCESS
}
