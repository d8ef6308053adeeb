//! The program of `cargo xtask`. All of it is in the library beside this file, which cargo compiles while the checker, a
//! dependency of it, is still being finished: a program would have to wait for that.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
