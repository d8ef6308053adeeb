//! How a run ended, and how a process died before its run was over.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::SourceLocation;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Termination {
    /// The function returned this value, in the JSON form of the task's output type.
    Returned(Value),
    /// It panicked. `place` is the place of the first panic.
    Panicked { message: String, place: Option<SourceLocation> },
    /// It was waiting, and nothing could wake it.
    Deadlock,
    /// It was still sleeping at the limit of virtual time.
    VirtualLimit,
    /// It was polled more often than any solution needs.
    PollLimit,
    /// It reached a limit of real time. `busy`: it was computing; otherwise its thread was blocked.
    WallLimit { busy: bool },
    /// The process ended before the run was over.
    Died(Death),
}

impl Termination {
    /// Whether a limit ended the run.
    pub fn is_a_limit(&self) -> bool {
        matches!(
            self,
            Termination::VirtualLimit | Termination::PollLimit | Termination::WallLimit { .. }
        )
    }
}

/// How a process ended before its run was over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Death {
    /// It exited with this code.
    Exited(i32),
    /// A signal (or, on Windows, an exception) ended it for something that it did. The text is for people: "signal 6,
    /// abort".
    Killed(String),
    /// A signal ended it that it can't have sent itself. So it is not known what the program would have done.
    FromOutside(String),
    /// It used up all memory.
    OutOfMemory,
    /// Its stack overflowed, according to its last output.
    StackOverflow,
    /// The judge ended it because it had printed this many bytes, which is too much.
    Flood(u64),
}
