//! The numbers of tasks, sleeps, generators and jobs in a run. Each kind has a type of its own. Numbers count in the order of
//! first appearance, from 1 if nothing else is said.

use serde::{Deserialize, Serialize};

/// A task of the runtime. The caller of the function also has a number: 0.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TaskId(pub usize);

impl TaskId {
    /// The code that runs outside of all spawned tasks.
    pub const CALLER: Self = Self(0);

    /// Whether it is the caller.
    pub fn is_caller(self) -> bool {
        self == Self::CALLER
    }
}

/// A sleep of tokio's timer. A sleep that is reset and awaited again keeps its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SleepId(pub usize);

/// A random number generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GeneratorId(pub usize);

impl GeneratorId {
    /// The generator that the function was given.
    pub const GIVEN: Self = Self(0);
}

/// A job that the function was given, by its index in the list: the first one is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub usize);

/// The name in drawings: `task 2`.
impl std::fmt::Display for TaskId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "task {}", self.0)
    }
}

/// The name in drawings and diagnoses, counted from 1: `job 1`.
impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "job {}", self.0 + 1)
    }
}
