//! What a probe is asked, and what it answers.
//!
//! A probe is a program with a student's function linked in. Started with [`ANSWER`], it makes the runs of one
//! [`Request`] and writes [`Answer`]s, one JSON document a line, to the file named there. It never judges: it
//! doesn't know what is expected. Standard output and error belong to the student's code alone.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::scenario::{Sample, Scenario};
use crate::trace::{Run, nanos};

/// The argument that makes a probe answer a request, which it reads from standard input before any code of the
/// student's runs.
pub const ANSWER: &str = "--answer-request";

/// How many times the limit a run may take in which things still happen, or that gets little of a busy machine.
pub const PATIENCE: u32 = 4;

/// How many times the limit all runs of a request may take together, [`Spent::is_over`] says of what. A right solution
/// takes some hundredth of that.
pub const ALL_RUNS: u32 = 8;

/// How many times the limit the calls of one sample may take together.
pub const SAMPLE: u32 = 2;

/// What a probe is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which of the functions linked into the probe.
    pub function: String,
    pub scenarios: Vec<Scenario>,
    /// Wall time that each scenario may take.
    #[serde(with = "nanos")]
    pub limit: Duration,
    /// Where to write the answers.
    pub answers: PathBuf,
}

/// One line of what a probe answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// The scenario with this index begins.
    Began(usize),
    /// It was recorded.
    Ran(usize, Run),
    /// Its calls gave these samples, and took this.
    Sampled(usize, Vec<Sample>, Spent),
    /// The time for all runs is over, and those that are left are not made.
    OutOfTime(Spent),
    /// All scenarios are through. Without this line or the one above the process ended before its time.
    Done,
}

/// What runs have taken on the real clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Spent {
    #[serde(with = "nanos")]
    pub wall: Duration,
    /// Processor time of the process.
    #[serde(with = "nanos")]
    pub cpu: Duration,
    /// How much later than asked the machine has woken a thread that had nothing to do but to wait.
    #[serde(with = "nanos")]
    pub late: Duration,
}

impl Spent {
    /// Whether the processor was used. Who is blocked uses next to nothing; on a very busy machine, who is not gets little.
    pub fn is_busy(&self) -> bool {
        self.cpu * 30 > self.wall
    }

    /// Wall time without that in which the machine did not run the process at all.
    pub fn own_wall(&self) -> Duration {
        self.wall.saturating_sub(self.late)
    }

    /// Whether the machine had no time for the process in a good part of it.
    pub fn on_a_late_machine(&self) -> bool {
        self.late * 4 > self.wall
    }

    /// Whether `limit` is used up: in processor time, or in time in which the process did nothing though it could have. A
    /// machine that is slow has some times that.
    pub fn is_over(&self, limit: Duration) -> bool {
        self.cpu >= limit
            || self.wall >= limit * PATIENCE
            || self.own_wall() >= limit && !self.is_busy() && !self.on_a_late_machine()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_has_more_time_than_a_thread_that_does_nothing() {
        let limit = Duration::from_secs(16);
        let over = |wall, cpu, late| {
            let [wall, cpu, late] = [wall, cpu, late].map(Duration::from_secs);
            Spent { wall, cpu, late }.is_over(limit)
        };
        assert!(over(16, 0, 0) && !over(15, 0, 0), "the thread is blocked");
        assert!(over(16, 16, 0) && over(40, 16, 0), "it computes");
        assert!(!over(17, 8, 0) && !over(60, 8, 0), "others have the processor");
        assert!(!over(17, 0, 5) && !over(63, 0, 30), "the machine stood still now and then");
        assert!(over(64, 8, 0) && over(64, 0, 60), "nobody waits for ever");
    }
}
