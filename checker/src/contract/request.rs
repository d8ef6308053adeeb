//! What a harness can be asked about its own task, and how it is to judge.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::scenario::Scenario;
use crate::trace::nanos;

/// What a harness can be asked about its own task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum JudgeRequest {
    /// To judge itself: a [`Verdict`](crate::verdict::Verdict).
    Verdict(Options),
    /// To make one run: a [`Verdict`](crate::verdict::Verdict) on how it ended, with the run as its evidence.
    Run(Arguments),
    /// To make runs, and judge nothing: [`Observations`](crate::run::Observations).
    Observe { scenarios: Vec<Scenario>, limits: Limits },
}

/// The arguments of one run, with delays made from a seed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Arguments {
    pub seed: u64,
    /// How many coroutines; the function is called so often if it takes no `n`.
    pub n: usize,
    /// Whole milliseconds.
    #[serde(with = "nanos")]
    pub max_delay: Duration,
    /// Whether every way of drawing yields the same delays, so that two programs can be compared; otherwise the
    /// generator is as random as its seed.
    pub prescribed: bool,
    pub limits: Limits,
}

/// How to judge.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Options {
    /// What the further scenarios are made from.
    pub seed: u64,
    pub limits: Limits,
    /// Whether lawful but new normalized traces are written as pending snapshots.
    pub write_pending: bool,
}

impl Default for Options {
    /// Writes nothing.
    fn default() -> Self {
        Self { seed: 0, limits: Limits::default(), write_pending: false }
    }
}

/// What a harness may take.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// Wall time of one scenario.
    #[serde(with = "nanos")]
    pub scenario: Duration,
    /// Bytes that one call may print.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { scenario: Duration::from_secs(2), output: 1 << 20 }
    }
}
