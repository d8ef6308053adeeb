//! The harness: the program that connects a task's function to the checker. Its source is
//! [`TaskInfo::harness`](crate::contract::TaskInfo::harness): one call of [`harness!`](crate::harness!).
//!
//! The same program has two parts. Started with [`JUDGE`], it is the judge: it starts itself as a worker, and judges
//! what the worker recorded. It runs none of the student's code. Started with [`ANSWER`], it is the worker.
//!
//! If it is built as a library for the kit, it has the same [`Subjects`], but no main function: the kit's runner has
//! both parts.

use std::io::{Read, Write};
use std::process::ExitCode;

use crate::contract::protocol::ANSWER;
use crate::judge;
use crate::run::client::{JUDGE, Program, ProgramRequest};
use crate::tasks;
use crate::worker::subject::Subject;
use crate::worker::{self, Subjects};

/// Makes a harness. This macro is the whole source of a harness. Its arguments are the subjects of the tasks on which
/// its task builds, and then the subject that is judged.
///
/// A library can export the name `await_and_see_subjects` only once. So a harness that becomes a part of a larger one
/// is compiled with `--cfg part_of_a_harness`, and does not export its own.
#[macro_export]
macro_rules! harness {
    ($($subject:expr),+ $(,)?) => {
        #[cfg_attr(not(part_of_a_harness), unsafe(no_mangle))]
        pub fn await_and_see_subjects() -> ::std::vec::Vec<$crate::worker::subject::Subject> {
            $crate::worker::subject::chain([$($subject),+]).into_iter().collect()
        }

        fn main() -> ::std::process::ExitCode {
            $crate::harness::main(await_and_see_subjects)
        }
    };
}

/// Makes one harness from several parts, which are given by their functions `await_and_see_subjects`.
#[macro_export]
macro_rules! harness_of_parts {
    ($($subjects:path),+ $(,)?) => {
        #[unsafe(no_mangle)]
        pub fn await_and_see_subjects() -> ::std::vec::Vec<$crate::worker::subject::Subject> {
            [$($subjects),+].into_iter().flat_map(|subjects| subjects()).collect()
        }
    };
}

/// The main function of a harness: the judge or the worker, depending on the arguments.
pub fn main(subjects: Subjects) -> ExitCode {
    let subjects = subjects();
    let is_asked = |part: &str| std::env::args().skip(1).any(|arg| arg == part);
    if is_asked(ANSWER) {
        return worker::answer(&subjects);
    }
    let answered = if is_asked(JUDGE) {
        judged(&subjects)
    } else {
        Err("this program is a part of the checker; run `cargo xtask check` instead".into())
    };
    match answered {
        Ok(answer) => {
            let _ = std::io::stdout().write_all(&answer);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(UNABLE)
        }
    }
}

/// The exit code of a harness that could not judge. It is the same as that of `cargo xtask check`.
const UNABLE: u8 = 2;

/// The answer, in JSON, to the request on standard input.
fn judged(subjects: &[Subject]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut json = Vec::new();
    std::io::stdin().lock().read_to_end(&mut json)?;
    let ProgramRequest { crate_dir, request } = serde_json::from_slice(&json)?;
    let function = subjects.first().map_or("", |subject| subject.function);
    let task = tasks::by_function(function)
        .ok_or_else(|| format!("no task of the course has the function `{function}`"))?;
    let path = std::env::current_exe()
        .map_err(|error| format!("cannot find this program's own file to start it: {error}"))?;
    Ok(judge::answer(task, &Program { path, crate_dir }, &request)?)
}
