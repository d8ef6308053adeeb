//! `cargo xtask bench`: measures how long things take, side by side with the alternatives.

#[cfg(unix)]
mod class;
mod edit;
mod first;
mod measure;
mod report;
mod resident;
mod runs;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use xtask::say;
use xtask::workspace::Workspace;

use report::Results;

/// Measure how long checks take, side by side with cargo alone
///
/// Close other programs first. The things that are compared take turns, so a busy machine matters less, but it still
/// matters.
#[derive(Args)]
pub struct Bench {
    /// What to measure [default: everything]
    #[arg(value_enum)]
    items: Vec<Item>,
    /// How often to measure each; the median counts
    #[arg(long, default_value_t = 9, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Keep the results as docs/bench/DATE.json
    #[arg(long)]
    keep: bool,
    /// Print the results as JSON instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Item {
    /// The time from an edit to its verdict, and the least possible time
    Edit,
    /// The time from an edit that does not compile to the compiler's message
    Error,
    /// A class of a hundred submissions
    #[cfg(unix)]
    Class,
    /// One run, with and without recording
    Runs,
    /// The time from a fresh clone to the first verdict, and of a check without changes
    First,
}

impl Bench {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let rounds = self.rounds as usize;
        let asked = |item| self.items.is_empty() || self.items.contains(&item);
        let mut results = Results::new(rounds)?;
        if asked(Item::Edit) {
            results.add(edit::verdict(&workspace, rounds)?);
        }
        if asked(Item::Error) {
            results.add(edit::error(&workspace, rounds)?);
        }
        #[cfg(unix)]
        if asked(Item::Class) {
            results.add(class::measure(&workspace, rounds)?);
        }
        if asked(Item::Runs) {
            results.extend(runs::measure(rounds)?);
        }
        if asked(Item::First) {
            results.extend(first::measure(&workspace, rounds)?);
        }
        if self.json {
            say(&(serde_json::to_string_pretty(&results)? + "\n"));
        } else {
            say(&results.table());
        }
        if self.keep {
            let path = results.keep(&workspace)?;
            say(&format!("\n  kept as {}\n", workspace.shown(&path)));
        }
        Ok(ExitCode::SUCCESS)
    }
}
