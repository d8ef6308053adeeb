//! What a harness is asked, and what it answers.
//!
//! A harness is a program with a student's function linked in. Started with [`ANSWER`], it makes the runs of one
//! [`Request`] and writes [`Answer`]s, one JSON document a line, to the file named there. It never judges: it
//! doesn't know what is expected. Standard output and error belong to the student's code alone.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::scenario::{Sample, Scenario};
use crate::trace::{Run, nanos};

/// The argument that makes a harness answer a request, which it reads from standard input before any code of the
/// student's runs.
pub const ANSWER: &str = "--answer-request";

/// How many times the limit of one run its parts may take. A right solution takes some hundredth of any of these; the rest is
/// for programs that do much more than they need to, and for machines that are slow.
pub mod times {
    /// Processor time of a run whose virtual clock still moves: thousands of short waits, say.
    pub const MOVING: u32 = 8;
    /// Processor time of a run in which something still happens, while its clock stands still.
    pub const HAPPENING: u32 = 2;
    /// Wall time of one run, whatever the machine is busy with.
    pub const WALL: u32 = 24;
    /// Time of all runs of a request in which their thread did nothing.
    pub const ALL_IDLE: u32 = 8;
    /// Processor time of all runs of a request.
    pub const ALL_BUSY: u32 = 20;
    /// Wall time of all runs of a request.
    pub const ALL_WALL: u32 = 48;
    /// Processor time of the calls of one sample.
    pub const SAMPLE: u32 = 2;
    /// A brief run has this part of the processor time of others. A right run that is not excused takes a thousandth.
    pub const BRIEF: u32 = 10;
}

/// Processor time for one run under `scenario`, if most of them may take `limit`.
pub fn time_for_run(scenario: &Scenario, limit: Duration) -> Duration {
    if scenario.brief { limit / times::BRIEF } else { limit }
}

/// Processor time for the calls of a sample, if one run may take `limit`. Where the delays are hours long, whoever needs more
/// is excused anyway.
pub fn time_for_sample(scenario: &Scenario, limit: Duration) -> Duration {
    if scenario.is_long() { time_for_run(scenario, limit) } else { limit * times::SAMPLE }
}

/// What a harness is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which of the functions linked into the harness.
    pub function: String,
    pub scenarios: Vec<Scenario>,
    /// Wall time that each scenario may take.
    #[serde(with = "nanos")]
    pub limit: Duration,
    /// Where to write the answers.
    pub answers: PathBuf,
}

/// One line of what a harness answers.
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
    /// For how long the machine did not run what could have run: it woke a thread later than asked, or let the thread of the run
    /// wait for a processor.
    #[serde(with = "nanos")]
    pub stalled: Duration,
}

impl Spent {
    /// Whether the processor was used, in the time in which the machine ran the process. A blocked thread uses next to
    /// nothing of it; on a very busy machine, one that computes gets little.
    pub fn is_busy(&self) -> bool {
        self.cpu * 30 > self.own_wall()
    }

    /// Wall time without that in which the machine did not run the process at all.
    pub fn own_wall(&self) -> Duration {
        self.wall.saturating_sub(self.stalled)
    }

    /// Whether the machine had no time for the process in a good part of it.
    pub fn on_a_stalled_machine(&self) -> bool {
        self.stalled * 4 > self.wall
    }

    /// Whether the time of many runs together is over, of which each may take `limit`: processor time, or time in which the
    /// process did nothing though it could have. A machine that is slow has more.
    pub fn is_over(&self, limit: Duration) -> bool {
        let idle = !self.is_busy() && !self.on_a_stalled_machine();
        self.cpu >= limit * times::ALL_BUSY
            || self.wall >= limit * times::ALL_WALL
            || idle && self.own_wall() >= limit * times::ALL_IDLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_has_more_time_than_a_thread_that_does_nothing() {
        let over = |wall, cpu, stalled| {
            let [wall, cpu, stalled] = [wall, cpu, stalled].map(Duration::from_secs);
            Spent { wall, cpu, stalled }.is_over(Duration::from_secs(2))
        };
        assert!(over(16, 0, 0) && !over(15, 0, 0), "the thread is blocked");
        assert!(over(40, 40, 0) && over(80, 40, 0) && !over(39, 39, 0), "it computes");
        assert!(!over(17, 8, 0) && !over(95, 8, 0), "others have the processor");
        assert!(!over(17, 0, 5) && !over(95, 0, 30), "the machine stood still now and then");
        assert!(over(96, 8, 0) && over(96, 0, 60), "nobody waits for ever");
    }

    #[test]
    fn a_process_that_computes_is_busy_however_long_the_machine_stops_it() {
        let busy = |wall, cpu, stalled| {
            let [wall, cpu, stalled] = [wall, cpu, stalled].map(Duration::from_millis);
            Spent { wall, cpu, stalled }.is_busy()
        };
        assert!(busy(3000, 3000, 0) && busy(103_000, 3000, 100_000));
        assert!(!busy(3000, 9, 0) && !busy(103_000, 9, 100_000), "its thread is blocked");
        assert!(busy(3000, 9, 3010), "if it had no time at all, nobody knows that it did nothing");
    }
}
