//! The protocol between the judge and a worker.
//!
//! A harness that is started with [`ANSWER`] is a worker. It makes the runs of one [`Request`], and writes [`Answer`]s,
//! one JSON document in each line, to the file that the request names. It never judges, because it does not know which
//! results are expected. Its standard output and standard error belong to the student's code alone.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::scenario::{Sample, Scenario};
use crate::trace::{Run, nanos};

/// The argument that makes a harness a worker. It reads its request from standard input before any of the student's
/// code runs.
pub const ANSWER: &str = "--answer-request";

/// Factors for the limit of one run. A right solution needs about a hundredth of each limit. The rest is for programs
/// that do much more than they need to, and for slow machines.
pub mod times {
    /// Processor time of a run whose virtual clock still moves, for example with thousands of short waits.
    pub const MOVING: u32 = 8;
    /// Processor time of a run that still has new events, while its virtual clock stands still.
    pub const HAPPENING: u32 = 2;
    /// Wall time of one run, however busy the machine is.
    pub const WALL: u32 = 24;
    /// Wall time of all runs of a request in which their thread did nothing.
    pub const ALL_IDLE: u32 = 8;
    /// Processor time of all runs of a request.
    pub const ALL_BUSY: u32 = 20;
    /// Wall time of all runs of a request.
    pub const ALL_WALL: u32 = 48;
    /// Processor time of the calls of one sample.
    pub const SAMPLE: u32 = 2;
    /// Wall time of a sample in which its thread does nothing.
    pub const IDLE_SAMPLE: u32 = 3;
    /// A divisor: a long run has this fraction of the processor time of others. There are many long runs. A right run
    /// without an excuse takes a hundredth of that.
    pub const LONG: u32 = 2;
    /// A divisor: a brief run has this fraction of the processor time of others.
    pub const BRIEF: u32 = 80;
}

/// The processor time for one run of `scenario`, if an ordinary run may take `limit`.
pub fn time_for_run(scenario: &Scenario, limit: Duration) -> Duration {
    match scenario {
        Scenario { brief: true, .. } => limit / times::BRIEF,
        scenario if scenario.has_a_long_wait() => limit / times::LONG,
        _ => limit,
    }
}

/// The processor time for the calls of a sample, if one run may take `limit`. If the delays are hours long, a solution
/// that needs more has an excuse anyway.
pub fn time_for_sample(scenario: &Scenario, limit: Duration) -> Duration {
    if scenario.is_long() { time_for_run(scenario, limit) } else { limit * times::SAMPLE }
}

/// A request to a worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The name of one of the functions that are linked into the harness.
    pub function: String,
    /// The runs to make, in order.
    pub scenarios: Vec<Scenario>,
    /// The limit of one run: processor time, or wall time in which its thread does nothing.
    #[serde(with = "nanos")]
    pub limit: Duration,
    /// The file for the answers.
    pub answers: PathBuf,
}

/// One line of a worker's answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// The scenario with this index begins.
    Began(usize),
    /// The recording of the scenario with this index.
    Ran(usize, Run),
    /// The samples of the scenario with this index, and the time that they used.
    Sampled(usize, Vec<Sample>, Spent),
    /// The time for all runs is over, so the remaining runs are not made.
    OutOfTime(Spent),
    /// All scenarios are done. Without this line or the one above, the process ended too early.
    Done,
}

/// The real time that runs have used.
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
    /// Whether the process used the processor in the time in which the machine ran it. A blocked thread uses nearly
    /// none. On a very busy machine, even a thread that computes gets little.
    pub fn is_busy(&self) -> bool {
        self.cpu * 30 > self.own_wall()
    }

    /// The wall time without the time in which the machine did not run the process at all.
    pub fn own_wall(&self) -> Duration {
        self.wall.saturating_sub(self.stalled)
    }

    /// Whether the machine had no time for the process in more than a quarter of the wall time.
    pub fn on_a_stalled_machine(&self) -> bool {
        self.stalled * 4 > self.wall
    }

    /// Whether the time for all runs together is over, if each of them may take `limit`. What counts is processor time,
    /// or time in which the process could have run but did nothing. A slow machine has more time.
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
        assert!(over(96, 8, 0) && over(96, 0, 60), "there is an upper limit");
    }

    #[test]
    fn a_process_that_computes_is_busy_however_long_the_machine_stops_it() {
        let busy = |wall, cpu, stalled| {
            let [wall, cpu, stalled] = [wall, cpu, stalled].map(Duration::from_millis);
            Spent { wall, cpu, stalled }.is_busy()
        };
        assert!(busy(3000, 3000, 0) && busy(103_000, 3000, 100_000));
        assert!(!busy(3000, 9, 0) && !busy(103_000, 9, 100_000), "its thread is blocked");
        assert!(busy(3000, 9, 3010), "it had no time at all, so it may have wanted to compute");
    }
}
