//! The runner: judges tasks that were compiled against the kit.
//!
//! It reads requests ([`checker::run::client::LibraryRequest`]), one a line, and answers each of them with a line, until there are no more.
//! It runs nothing of a student's itself: for every request of the judge's it makes a copy of its own process, which
//! loads the student's library. So it can be asked again and again, and what all runs have in common is loaded once.
//!
//! Started with [`ANSWER`](checker::contract::protocol::ANSWER) and a library, it answers one request, and judges nothing: that is
//! for those who keep it apart from themselves, as the grading of a class does. And it stands in for the linker where that
//! needs help ([`link`]).

// it has the checker, and all else
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
