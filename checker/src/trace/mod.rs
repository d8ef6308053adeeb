//! The trace: what a program did during one run, as plain data.
//!
//! In: nothing; this folder stands on its own. Out: [`Run`], [`Trace`], [`Event`], and what is put together from events:
//! [`Wait`] and [`JobSpan`].
//!
//! A trace holds facts only. The worker records it and sends it to the judge as JSON; the rules look at nothing else.
//! Two runs of a deterministic program under one scenario give equal traces. Wall time depends on the machine, so it is
//! kept apart, in [`Run::wall`].

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use ids::{GeneratorId, JobId, SleepId, TaskId};
pub use location::SourceLocation;
pub use spans::{JobSpan, Wait};
pub use termination::{Death, Termination};

mod ids;
mod location;
pub mod nanos;
mod spans;
mod termination;
#[cfg(test)]
mod tests;

/// The recording of one run: its trace, and its wall time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    pub trace: Trace,
    pub wall: Wall,
}

/// What a program did in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// What happened until the function returned, in order.
    pub events: Vec<Event>,
    /// How the run ended.
    pub ending: Termination,
    /// Virtual time from the call to the return, or to the end of the run if the function did not return.
    #[serde(with = "nanos")]
    pub elapsed: Duration,
    /// The number of tasks that were still alive after the function had returned.
    pub leftover_tasks: usize,
    /// The number of threads that the program started and left running; zero if the system can't count threads.
    pub leftover_threads: usize,
    /// Whether there were more events than are kept. `events` has only the first ones then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// Whether a scripted generator was asked for more draws than its script has. The script does not prescribe the
    /// delays of such draws.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off_script: bool,
    /// How many generators were made from a seed from which another one had been made in the same run.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shared_seeds: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// One thing that happened, at one point of virtual time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Virtual time since the call.
    #[serde(with = "nanos")]
    pub at: Duration,
    /// The task in which it happened.
    pub task: TaskId,
    /// What happened.
    pub what: EventKind,
}

/// The kinds of events. Generators, tasks and sleeps are numbered in the order in which they first appear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// A generator was made from a seed: forked, or seeded by hand.
    Seeded { generator: GeneratorId },
    /// A generator was asked for `bits` bits, `times` times in a row.
    Drew { generator: GeneratorId, bits: usize, times: usize },
    /// A task was spawned on the run's runtime.
    Spawned { task: TaskId, place: SourceLocation },
    /// A task ended: completed, cancelled or panicked.
    Ended { task: TaskId },
    /// A sleep was made. It does nothing yet.
    SleepMade { sleep: SleepId, place: SourceLocation },
    /// A sleep was polled for the first time (or reset), and waits until `until`.
    SleepStarted {
        sleep: SleepId,
        #[serde(with = "nanos")]
        until: Duration,
    },
    /// A sleep was polled, and was ready: the code that awaits it continues.
    SleepDone {
        sleep: SleepId,
        /// When its timer fired. That is earlier than the event if the sleep was polled later.
        #[serde(with = "nanos")]
        fired: Duration,
    },
    /// A sleep was dropped before it was done, or without ever being awaited.
    SleepDropped { sleep: SleepId },
    /// Work was moved to a thread of the blocking pool.
    BlockingSpawned,
    /// A sleep was made on another runtime than the run's.
    Elsewhere { place: SourceLocation },
    /// The clock moved although the program was not waiting.
    ClockMoved {
        #[serde(with = "nanos")]
        to: Duration,
    },
    /// A job was polled for the first time.
    JobBegan { job: JobId },
    /// A job has yielded its output.
    JobDone { job: JobId },
    /// A job was dropped before it was done, or without ever being polled.
    JobDropped { job: JobId },
    /// A job was polled after it was done.
    JobPolledAgain { job: JobId },
    /// The function returned a handle. (Only for functions that return one; the trace continues until the handle is
    /// done.)
    HandleReturned,
}

impl Event {
    /// Merges the next event into this one if both are the same draw: a hundred draws in a row are one event. Returns
    /// whether it did.
    pub(crate) fn takes_in(&mut self, next: &Event) -> bool {
        let (
            EventKind::Drew { generator, bits, times },
            EventKind::Drew { generator: g, bits: b, times: more },
        ) = (&mut self.what, &next.what)
        else {
            return false;
        };
        let same = (self.at, self.task, *generator, *bits) == (next.at, next.task, *g, *b);
        if same {
            *times += more;
        }
        same
    }
}

/// The real time of a run. It is noisy, so traces are compared without it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wall {
    /// Time in which code ran, without the time in which the runtime waited for its clock.
    #[serde(with = "nanos")]
    pub running: Duration,
    /// Time from the call to the return, including what the checker itself needs.
    #[serde(with = "nanos")]
    pub total: Duration,
    /// Processor time of the thread that made the run, from the call to the return. It is less than `running` if the
    /// thread slept, or if the machine was busy.
    #[serde(with = "nanos", default)]
    pub cpu: Duration,
    /// The part of `total` in which the machine did not run the process, as far as the watchdog can tell.
    #[serde(with = "nanos", default)]
    pub stalled: Duration,
    /// How long this machine needs to start a thread and to wait for its end. A solution may compute in threads, and wait for
    /// them. Zero if the run did not hold its thread for long, or if no other thread used the processor.
    #[serde(with = "nanos", default)]
    pub thread_start: Duration,
    /// Stretches in which code ran for long without a new event: after how many events, and for how long.
    #[serde(default)]
    pub blocked: Vec<(usize, Duration)>,
}

impl Trace {
    /// The trace of a run of which only the end is known.
    pub fn ended(ending: Termination) -> Self {
        Self {
            events: Vec::new(),
            ending,
            elapsed: Duration::ZERO,
            leftover_tasks: 0,
            leftover_threads: 0,
            truncated: false,
            off_script: false,
            shared_seeds: 0,
        }
    }

    /// Whether the function returned.
    pub fn has_returned(&self) -> bool {
        matches!(self.ending, Termination::Returned(_))
    }

    /// What the function returned; `None` if it did not return, or if the value does not fit this type.
    pub fn output<O: DeserializeOwned>(&self) -> Option<O> {
        match &self.ending {
            Termination::Returned(value) => O::deserialize(value).ok(),
            _ => None,
        }
    }

    /// The tasks that were spawned during the run: the number, the time and the place of each spawn.
    pub fn spawns(&self) -> impl Iterator<Item = (TaskId, Duration, &SourceLocation)> {
        self.events.iter().filter_map(|event| match &event.what {
            EventKind::Spawned { task, place } => Some((*task, event.at, place)),
            _ => None,
        })
    }

    /// All draws: the generator, and how many bits it was asked for.
    pub fn draws(&self) -> impl Iterator<Item = (GeneratorId, usize)> {
        self.events.iter().flat_map(|event| match event.what {
            EventKind::Drew { generator, bits, times } => {
                std::iter::repeat_n((generator, bits), times)
            }
            _ => std::iter::repeat_n((GeneratorId::GIVEN, 0), 0),
        })
    }
}
