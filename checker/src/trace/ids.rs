//! Numbers of what takes part in a run. Each kind is a type of its own, and counts from 1 in the order in which its things
//! first appear.

use serde::{Deserialize, Serialize};

/// A task of the runtime. The caller of the function counts as one, too.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TaskId(pub usize);

impl TaskId {
    /// Whatever runs outside of any spawned task.
    pub const CALLER: Self = Self(0);

    pub fn is_caller(self) -> bool {
        self == Self::CALLER
    }
}

/// A sleep of tokio's timer. One that is reset and awaited again keeps its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SleepId(pub usize);

/// A random number generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GeneratorId(pub usize);

impl GeneratorId {
    /// The one that the function was given.
    pub const GIVEN: Self = Self(0);
}

/// A job that the function was given, by its place in the list: the first one is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub usize);

/// As drawings name it: `task 2`.
impl std::fmt::Display for TaskId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "task {}", self.0)
    }
}

/// As drawings and diagnoses name it, counted from 1: `job 1`.
impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "job {}", self.0 + 1)
    }
}
