//! `cargo xtask`: the commands of the course.
//!
//! One file per command in [`commands`]; each is a struct of its arguments with a `run`. What they share:
//! [`workspace`] finds the crates and reads their manifests, [`build`] turns a crate into a harness (by cargo, or by the
//! kit), [`file_tree`] writes folders as a whole, [`source_override`] puts other sources into a task's crate, [`par_map`]
//! does work on all processors. [`workbench`] is the line from tasks to a report, [`migrate`] moves the files of an earlier
//! version's folders, and [`github`] shows a report in GitHub Actions. Everything that judges is in the `checker` library.
//!
//! The commands for instructors and authors are in the package `instructor/`, which a student's copy does not have.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use checker::show::Style;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub mod build;
pub mod commands;
pub mod file_tree;
pub mod github;
pub mod migrate;
pub mod par_map;
pub mod source_override;
mod watch;
pub mod workbench;
pub mod workspace;

use commands::{
    check, explain, hint, instructors, list, migrate as migrate_command, progress, reset, solution,
    test, timeline, watch as watch_command,
};

/// Await & See: async Rust, checked by what your program does.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Watch(watch_command::Watch),
    Check(check::Check),
    List(list::List),
    Hint(hint::Hint),
    Explain(explain::Explain),
    Solution(solution::Solution),
    Reset(reset::Reset),
    Test(test::Test),
    Timeline(timeline::Timeline),
    // nobody needs it twice: a check says when it is needed
    #[command(hide = true)]
    Migrate(migrate_command::Migrate),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(outcome) = instructors::run(&args) {
        return exit(outcome);
    }
    exit(match parsed().command {
        None => progress::run(),
        Some(Command::Watch(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        Some(Command::List(command)) => command.run(),
        Some(Command::Hint(command)) => command.run(),
        Some(Command::Explain(command)) => command.run(),
        Some(Command::Solution(command)) => command.run(),
        Some(Command::Reset(command)) => command.run(),
        Some(Command::Test(command)) => command.run(),
        Some(Command::Timeline(command)) => command.run(),
        Some(Command::Migrate(command)) => command.run(),
    })
}

/// The arguments of this process; the help names the commands that this copy of the course has.
fn parsed() -> Args {
    let mut command = Args::command();
    if instructors::are_here() {
        command = command
            .after_help(instructors::HELP)
            .mut_subcommand("check", |check| check.after_help(instructors::HELP_OF_CHECK));
    } else {
        // a student's copy has no solutions, so its help does not mention any
        command = command
            .mut_subcommand("solution", |solution| solution.hide(true))
            .mut_subcommand("timeline", |timeline| {
                timeline.mut_arg("compare", |compare| {
                    compare.hide_possible_values(true).help(timeline::COMPARE_WITH_EXPECTED)
                })
            });
    }
    // many try `cargo xtask help check` first; a command with that name would be one more line in every list
    let mut args: Vec<OsString> = std::env::args_os().collect();
    if args.get(1).is_some_and(|first| first == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    let matches = command.get_matches_from(args);
    Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The exit code of a command that could not do its work, or not all of it. (0: all is right; 1: something is not.)
pub const UNABLE: u8 = 2;

/// The exit code of a command. If the command failed, prints the error.
pub fn exit(outcome: Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(UNABLE)
    })
}

/// Writes to standard output. It is not an error if the reader has gone away (`| head`).
pub fn say(text: &str) {
    use std::io::Write;
    let text = Style::of_stdout().render(text);
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
