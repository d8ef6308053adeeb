//! The commands for instructors and authors. `cargo xtask NAME` starts them, where this package is there.
//!
//! One file per command: [`selfcheck`] lets the course check itself, [`quote`] keeps lessons and programs together,
//! [`pictures`] takes those of the documents, [`export`] makes what is handed out, [`mod@class`] grades submissions,
//! [`mod@bench`] measures. What they share: [`corpus`] reads the known solutions and [`attack`] the submissions that mean
//! harm, [`complete`] knows what belongs to a task, [`builders`] has both builders make harnesses, [`replica`] is a copy of the
//! course to try things in, [`handout`] says what a student's copy is made of, and [`deliver`] writes it. The rest is in the
//! library of `xtask`, and in the package `sandbox` beside this one.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub mod attack;
pub mod bench;
pub mod builders;
pub mod class;
pub mod complete;
pub mod corpus;
pub mod deliver;
pub mod export;
pub mod handout;
pub mod pictures;
pub mod quote;
pub mod replica;
pub mod selfcheck;

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
    // a helper of the sandbox's is this program, too
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
