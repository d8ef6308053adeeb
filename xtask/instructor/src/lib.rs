//! The commands for instructors and authors. `cargo xtask NAME` starts them in a copy of the course that has this package.
//!
//! Each command has one file: [`selfcheck`] checks the course itself, [`quote`] updates the programs that lessons quote,
//! [`pictures`] draws the pictures of the documents, [`export`] writes a student's copy, [`mod@class`] grades submissions, and
//! [`mod@bench`] measures.
//!
//! [`selfcheck`] has two more ways to work: [`strength`] injects faults into the reference solutions and counts those that no
//! check finds, and [`rounds`] judges right solutions with many secrets.
//!
//! The commands share these modules: [`asked`] knows how a student's check and a class ask for a verdict. [`corpus`] reads the known solutions, and [`attack`] reads the submissions that mean
//! harm. [`complete`] knows which files belong to a task. [`builders`] makes harnesses with both builders. [`course_copy`] is a
//! copy of the course to try things in. [`handout`] lists what a student's copy contains, and [`deliver`] writes it. The rest
//! is in the library of `xtask`, and in the package `sandbox` beside this one.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub mod asked;
pub mod attack;
pub mod bench;
pub mod builders;
pub mod class;
pub mod complete;
pub mod corpus;
pub mod course_copy;
pub mod deliver;
pub mod export;
pub mod handout;
pub mod pictures;
pub mod quote;
pub mod recording;
pub mod rounds;
pub mod selfcheck;
pub mod strength;

/// Await & See: the commands for instructors and authors.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bench(bench::Bench),
    #[cfg(unix)]
    Check(class::command::Check),
    Report(class::join::Report),
    Selfcheck(selfcheck::Selfcheck),
    Quote(quote::Quote),
    Pictures(pictures::Pictures),
    Export(export::Export),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    // the sandbox also starts this program as its helper
    sandbox::help_out();
    xtask::exit(match Args::parse().command {
        Command::Bench(command) => command.run(),
        #[cfg(unix)]
        Command::Check(command) => command.run(),
        Command::Report(command) => command.run(),
        Command::Selfcheck(command) => command.run(),
        Command::Quote(command) => command.run(),
        Command::Pictures(command) => command.run(),
        Command::Export(command) => command.run(),
    })
}
