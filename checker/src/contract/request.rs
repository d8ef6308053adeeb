//! The requests to a harness about its own task, and the options of judging.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::scenario::Scenario;
use crate::trace::nanos;

/// A request to a harness about its own task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum JudgeRequest {
    /// Judge the task. The answer is a [`Verdict`](crate::verdict::Verdict).
    Verdict(Options),
    /// Make one run. The answer is a [`Verdict`](crate::verdict::Verdict) on how it ended, with the run as evidence.
    Run(Arguments),
    /// Make runs, but judge nothing. The answer is [`Observations`](crate::run::Observations).
    Observe { scenarios: Vec<Scenario>, limits: Limits },
}

/// The arguments of one run, whose delays are made from a seed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Arguments {
    /// The seed of the delays.
    pub seed: u64,
    /// The number of coroutines. A function that takes no `n` is called `n` times.
    pub n: usize,
    /// The longest delay, in whole milliseconds.
    #[serde(with = "nanos")]
    pub max_delay: Duration,
    /// Whether the generator is scripted, so that every way of drawing gives the same delays, and two programs can be
    /// compared. Otherwise the generator is seeded.
    pub prescribed: bool,
    pub limits: Limits,
}

/// How closely to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Depth {
    /// As in a student's own check: a quick answer after each edit.
    #[default]
    Quick,
    /// As in a class: more runs, and each small n.
    Thorough,
}

/// How to judge.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Options {
    /// The seed of the further scenarios.
    pub seed: u64,
    pub depth: Depth,
    pub limits: Limits,
    /// Whether a new normalized trace that keeps all rules is written as a pending snapshot.
    pub write_pending: bool,
}

impl Default for Options {
    /// Seed 0, a quick check, the usual limits, and no pending snapshots.
    fn default() -> Self {
        let (depth, limits) = (Depth::default(), Limits::default());
        Self { seed: 0, depth, limits, write_pending: false }
    }
}

/// The limits of a worker.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// The limit of one run: processor time, or wall time in which its thread does nothing.
    #[serde(with = "nanos")]
    pub scenario: Duration,
    /// How many bytes one call may print.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { scenario: Duration::from_secs(2), output: 1 << 20 }
    }
}
