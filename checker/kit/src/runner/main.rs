//! The runner: judges tasks that were compiled against the kit.
//!
//! It reads requests ([`checker::run::client::LibraryRequest`]), one in each line, and answers each with one line,
//! until there are no more. It never runs a student's code itself: for each request of the judge it makes a copy of its
//! own process, and that copy loads the student's library and is the worker. So the runner can answer many requests,
//! and everything that runs have in common is loaded once.
//!
//! Started with [`ANSWER`](checker::contract::protocol::ANSWER) and a library, it is a worker for one request, and
//! judges nothing. The grading of a class uses this, because it isolates the worker itself. The runner can also take
//! the linker's place ([`link`]).

// the kit contains the checker, and everything else
extern crate kit as _;

use std::process::ExitCode;

#[cfg(unix)]
mod link;
#[cfg(unix)]
mod unix;

#[cfg(unix)]
fn main() -> ExitCode {
    if let Some(linker) = std::env::var_os(link::LINKER) {
        let error = link::link(&linker, std::env::args_os().skip(1));
        eprintln!("the runner can't call the linker: {error}");
        return ExitCode::from(2);
    }
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    if let [answer, library] = &args[..]
        && answer == checker::contract::protocol::ANSWER
    {
        unix::answer_once(library.as_ref());
    }
    match unix::serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the runner can't go on: {error}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("this system can't copy a process: use `--builder cargo`");
    ExitCode::from(2)
}
