//! The program of the commands for instructors and authors. All its code is in the library beside this file.

use std::process::ExitCode;

fn main() -> ExitCode {
    instructor::main()
}
