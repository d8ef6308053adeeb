//! Jobs: the work that a function of part two is given, as futures of the checker's own.
//!
//! A job records by itself when it begins, is done, or is dropped ([`crate::worker::job`]), so nobody has to guess whose wait a
//! wait is. What it yields can't be made by anybody else, so what a function returns shows which job it came from.

use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::contract::input::{Output, Returned};
use crate::trace::{JobId, nanos};

/// A list of jobs: how long each of them takes, in the order of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobList(#[serde(with = "nanos::list")] pub Vec<Duration>);

impl JobList {
    /// Jobs that take these times, in milliseconds.
    pub fn of(times_ms: &[u64]) -> Self {
        Self(times_ms.iter().copied().map(Duration::from_millis).collect())
    }

    /// `n` jobs whose times are drawn from a seed, uniform over `0..=longest_ms`.
    pub fn by_seed(seed: u64, n: usize, longest_ms: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let times: Vec<u64> = (0..n).map(|_| rng.random_range(0..=longest_ms)).collect();
        Self::of(&times)
    }

    pub fn longest(&self) -> Duration {
        self.0.iter().max().copied().unwrap_or_default()
    }
}

/// The jobs whose outputs were returned, in the order in which they were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobOutputs(pub Vec<JobId>);

impl Output for JobOutputs {
    fn shown(&self) -> Returned {
        if self.0.is_empty() {
            return Returned::Words("an empty list".into());
        }
        let all: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        Returned::Words(all.join(", "))
    }
}
