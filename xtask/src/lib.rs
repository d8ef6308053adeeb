//! `cargo xtask`: the commands of the course.
//!
//! One file per command in [`commands`]; each is a struct of its arguments with a `run`. What they share:
//! [`workspace`] finds the crates and reads their manifests, [`build`] turns a crate into a probe (by cargo, or by the
//! kit), [`stage`] lays out a workspace of generated crates, [`variant`] puts other sources into a task's crate,
//! [`grade`] is the line from tasks to a report, [`github`] shows one in GitHub Actions. Everything that judges is in
//! the `checker` library.
//!
//! What only instructors need is behind the feature `instructor`, because a student's copy has no sources of it:
//! `mistake` reads the known solutions, `handout` says what a student's copy is made of, and `deliver` writes it.

use std::process::ExitCode;

use checker::screen::Style;
use clap::{Parser, Subcommand};

mod build;
mod commands;
#[cfg(feature = "instructor")]
mod deliver;
mod github;
mod grade;
#[cfg(feature = "instructor")]
mod handout;
#[cfg(feature = "instructor")]
mod mistake;
mod side_by_side;
mod stage;
mod variant;
mod watch;
mod workspace;

use commands::{
    check, explain, hint, list, progress, reset, solution, test, timeline, watch as watch_command,
};
#[cfg(feature = "instructor")]
use commands::{export, quote, selfcheck};

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
    // a student's copy has no solutions: there it only says so
    #[cfg_attr(not(feature = "instructor"), command(hide = true))]
    Solution(solution::Solution),
    Reset(reset::Reset),
    Test(test::Test),
    Timeline(timeline::Timeline),
    #[cfg(feature = "instructor")]
    Selfcheck(selfcheck::Selfcheck),
    #[cfg(feature = "instructor")]
    Quote(quote::Quote),
    #[cfg(feature = "instructor")]
    Export(export::Export),
}

/// The command could not do its work, or not all of it. (0: all is right; 1: something is not.)
const UNABLE: u8 = 2;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let outcome = match Args::parse().command {
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
        #[cfg(feature = "instructor")]
        Some(Command::Selfcheck(command)) => command.run(),
        #[cfg(feature = "instructor")]
        Some(Command::Quote(command)) => command.run(),
        #[cfg(feature = "instructor")]
        Some(Command::Export(command)) => command.run(),
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
