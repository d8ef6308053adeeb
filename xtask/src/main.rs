//! `cargo xtask`: the commands of the course.
//!
//! One file per command in [`commands`]; each is a struct of its arguments with a `run`. What they share:
//! [`workspace`] finds the crates and reads their manifests, [`build`] turns a crate into a probe, [`stage`] lays
//! out a workspace of generated crates, [`variant`] puts other sources into a task's crate, [`grade`] is the line from
//! tasks to a report, [`mistake`] reads the known solutions. Everything that judges is in the `checker` library.

use std::process::ExitCode;

use checker::screen::Style;
use clap::{Parser, Subcommand};

mod build;
mod commands;
mod grade;
mod mistake;
mod stage;
mod variant;
mod watch;
mod workspace;

use commands::{
    check, explain, hint, list, progress, quote, reset, selfcheck, solution, test, timeline,
    watch as watch_command,
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
    Selfcheck(selfcheck::Selfcheck),
    Quote(quote::Quote),
    Test(test::Test),
    Timeline(timeline::Timeline),
}

/// The command could not do its work, or not all of it. (0: all is right; 1: something is not.)
const UNABLE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        None => progress::run(),
        Some(Command::Watch(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        Some(Command::List(command)) => command.run(),
        Some(Command::Hint(command)) => command.run(),
        Some(Command::Explain(command)) => command.run(),
        Some(Command::Solution(command)) => command.run(),
        Some(Command::Reset(command)) => command.run(),
        Some(Command::Selfcheck(command)) => command.run(),
        Some(Command::Quote(command)) => command.run(),
        Some(Command::Test(command)) => command.run(),
        Some(Command::Timeline(command)) => command.run(),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(UNABLE)
        }
    }
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
fn say(text: &str) {
    use std::io::Write;
    let text = Style::of_stdout().render(text);
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
