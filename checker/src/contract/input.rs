//! What every call of a task's function has in common, whatever its arguments are.
//!
//! Each task (or each family of tasks) has its own types for the arguments and the result of its function. The rest of
//! the checker uses them through these traits. Between processes, both are JSON.

use std::fmt::Debug;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contract::TaskInfo;
use crate::trace::nanos;

/// The arguments of one call.
pub trait Input: Serialize + DeserializeOwned + Clone + PartialEq + Debug + 'static {
    /// The result of the call, as the rules see it.
    type Output: Output;

    /// The call as a person writes it: `wait_n(n = 4, max_delay = 50 ms)`.
    fn call(&self, task: &TaskInfo) -> String;

    /// What a right solution needs for the call.
    fn budget(&self) -> Budget;

    /// The argument that leaves nothing to do, for example `n = 0`; `None` if there is something to do.
    fn nothing_to_do(&self) -> Option<&'static str>;
}

/// The result of a call.
pub trait Output: Serialize + DeserializeOwned + Clone + PartialEq + Debug + 'static {
    /// The result, ready to be shown to a person.
    fn shown(&self) -> Returned;
}

/// What a right solution needs for a call. The limits of a run are computed from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// How many futures have to run.
    pub futures: usize,
    /// The longest time that one of them may wait.
    #[serde(with = "nanos")]
    pub longest_wait: Duration,
}

impl Budget {
    /// A wait counts as long if it is longer than this. A right solution that wakes up every millisecond may then need
    /// more polls or more processor time than the limits allow. See [`crate::rules::excuse`].
    const LONG: Duration = Duration::from_secs(60);

    /// The same holds if all waits together may take longer than this, in milliseconds.
    const HEAVY_MS: u128 = 200_000;

    /// How many polls a run may take, however few futures it has. A yield loop reaches this in a fraction of a second.
    /// A wait takes two or three polls, and some thousand if it wakes up every millisecond.
    const POLLS: usize = 100_000;
    /// How many polls a run may take for each future, in addition.
    const POLLS_FOR_EACH: usize = 10_000;

    /// Whether the waits may be long: one of them, or all of them together.
    pub fn is_long(&self) -> bool {
        self.has_a_long_wait() || self.total_wait_ms() > Self::HEAVY_MS
    }

    /// Whether one of the waits may be long.
    pub fn has_a_long_wait(&self) -> bool {
        self.longest_wait > Self::LONG
    }

    /// How much virtual time a run may take: all waits one after another, and a minute. A program that needs more time
    /// waits for something else.
    pub fn virtual_time(&self) -> Duration {
        self.longest_wait * (self.futures as u32 + 2) + Duration::from_secs(60)
    }

    /// How many polls a run may take, of the caller and of all tasks together.
    pub fn polls(&self) -> usize {
        Self::POLLS + Self::POLLS_FOR_EACH * self.futures
    }

    /// The longest time that all waits may take together, in milliseconds.
    pub fn total_wait_ms(&self) -> u128 {
        self.futures as u128 * self.longest_wait.as_millis()
    }
}

/// The result of a call, ready to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Returned {
    /// A list of durations.
    #[serde(rename = "returned_ns", with = "nanos::list")]
    Durations(Vec<Duration>),
    /// Anything else, in words: `job 2, job 1`.
    #[serde(rename = "returned")]
    Words(String),
}

impl Returned {
    /// The result in words. A long list is cut to what fits a line.
    pub fn words(&self) -> String {
        match self {
            Self::Durations(durations) if durations.is_empty() => "an empty list".into(),
            Self::Durations(durations) => crate::format::times(durations),
            Self::Words(words) => words.clone(),
        }
    }

    /// The result in words, exact and complete, as a snapshot has it.
    pub fn exact(&self) -> String {
        match self {
            Self::Durations(durations) if durations.is_empty() => "an empty list".into(),
            Self::Durations(durations) => {
                let all: Vec<_> = durations.iter().map(|d| crate::format::exact_ms(*d)).collect();
                format!("{} ms", all.join(" "))
            }
            Self::Words(words) => words.clone(),
        }
    }
}
