//! The trace: what a program did during one run, as plain data.
//!
//! In: nothing; this folder stands on its own. Out: [`Run`], [`Trace`], [`Event`], [`SourceLocation`].
//!
//! A trace holds facts only. The worker records it and sends it to the judge as JSON; the rules look at nothing else. Two
//! runs of a deterministic program under one scenario give equal traces. Wall time depends on the machine, so it is kept
//! apart, in [`Run::wall`].

use std::collections::BTreeMap;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use ids::{GeneratorId, JobId, SleepId, TaskId};

mod ids;
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
    /// Whether a scripted generator was asked for more draws than its script has. The script does not prescribe the delays of
    /// such draws.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off_script: bool,
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
    /// The function returned a handle. (Only for functions that return one; the trace continues until the handle is done.)
    HandleReturned,
}

impl Event {
    /// Merges the next event into this one if both are the same draw: a hundred draws in a row are one event. Returns whether
    /// it did.
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

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceLocation {
    /// The path of the file, as the compiler names it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

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
    /// A signal (or, on Windows, an exception) ended it for something that it did. The text is for people: "signal 6, abort".
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

/// The real time of a run. It is noisy, so traces are compared without it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wall {
    /// Time in which code ran, without the time in which the runtime waited for its clock.
    #[serde(with = "nanos")]
    pub running: Duration,
    /// Time from the call to the return, including what the checker itself needs.
    #[serde(with = "nanos")]
    pub total: Duration,
    /// Processor time of the thread that made the run, from the call to the return. It is less than `running` if the thread
    /// slept, or if the machine was busy.
    #[serde(with = "nanos", default)]
    pub cpu: Duration,
    /// The part of `total` in which the machine did not run the process, as far as the watchdog can tell.
    #[serde(with = "nanos", default)]
    pub stalled: Duration,
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

    /// All waits of the run, in the order in which the sleeps were made.
    pub fn waits(&self) -> Vec<Wait> {
        let mut waits: Vec<Wait> = Vec::new();
        // the last wait on each sleep
        let mut last: BTreeMap<SleepId, usize> = BTreeMap::new();
        for event in &self.events {
            match &event.what {
                EventKind::SleepMade { sleep, place } => {
                    last.insert(*sleep, waits.len());
                    waits.push(Wait {
                        sleep: *sleep,
                        task: event.task,
                        place: place.clone(),
                        made: event.at,
                        span: None,
                        done: false,
                        dropped: None,
                    });
                }
                EventKind::SleepStarted { sleep, until } => {
                    let Some(&at) = last.get(sleep) else { continue };
                    let span = Some((event.at, *until));
                    if waits[at].done {
                        // a timer that is reset (an interval) is a further wait
                        let again = Wait { span, done: false, made: event.at, ..waits[at].clone() };
                        last.insert(*sleep, waits.len());
                        waits.push(again);
                    } else {
                        let start = waits[at].span.map_or(event.at, |(start, _)| start);
                        waits[at].span = Some((start, *until));
                        waits[at].task = event.task;
                    }
                }
                EventKind::SleepDone { sleep, fired } => {
                    if let Some(&at) = last.get(sleep) {
                        let wait = &mut waits[at];
                        wait.done = true;
                        // the task that began the wait may have given the sleep to another task
                        wait.task = event.task;
                        wait.span = wait.span.map(|(start, _)| (start, *fired));
                    }
                }
                EventKind::SleepDropped { sleep } => {
                    if let Some(&at) = last.get(sleep) {
                        waits[at].dropped = Some(event.at);
                    }
                }
                _ => {}
            }
        }
        waits
    }

    /// Every job of which something is known, in the order of the list.
    pub fn jobs(&self) -> Vec<JobSpan> {
        let mut jobs: BTreeMap<JobId, JobSpan> = BTreeMap::new();
        for event in &self.events {
            let (EventKind::JobBegan { job }
            | EventKind::JobDone { job }
            | EventKind::JobDropped { job }) = event.what
            else {
                continue;
            };
            let span = jobs.entry(job).or_insert(JobSpan {
                job,
                task: event.task,
                began: None,
                done: None,
                dropped: None,
            });
            match event.what {
                EventKind::JobBegan { .. } => {
                    (span.began, span.task) = (Some(event.at), event.task)
                }
                EventKind::JobDone { .. } => span.done = Some(event.at),
                _ => span.dropped = Some(event.at),
            }
        }
        jobs.into_values().collect()
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

/// One wait on the async timer, from the events of one sleep.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// The sleep. A sleep that is reset has several waits.
    pub sleep: SleepId,
    /// The task that waited.
    pub task: TaskId,
    /// Where the sleep was made.
    pub place: SourceLocation,
    /// When it was made.
    pub made: Duration,
    /// From when to when it waited. If it is `done`, the end is when its timer fired, and otherwise when its timer was due.
    /// `None` if it was never awaited.
    pub span: Option<(Duration, Duration)>,
    /// Whether it was awaited to its end.
    pub done: bool,
    /// When it was dropped, if that was before its end.
    pub dropped: Option<Duration>,
}

/// What became of one job, put together from its events. Times are virtual, since the call.
#[derive(Debug, Clone, PartialEq)]
pub struct JobSpan {
    pub job: JobId,
    /// The task that polled it first; the one that dropped it, if it was never polled.
    pub task: TaskId,
    /// When it was polled for the first time.
    pub began: Option<Duration>,
    /// When it yielded its output.
    pub done: Option<Duration>,
    /// When it was dropped without having done so.
    pub dropped: Option<Duration>,
}

impl Wait {
    /// How long it waited; zero if it was not awaited to its end.
    pub fn length(&self) -> Duration {
        match self.span {
            Some((start, end)) if self.done => end.saturating_sub(start),
            _ => Duration::ZERO,
        }
    }
}

impl SourceLocation {
    /// Calls `find` with the name of each folder on the path that is followed by `src`, the outermost first, until it returns
    /// something. `..` is resolved before. (This is called for every wait of every run, so it makes no strings and decodes no
    /// characters.)
    pub fn find_source_folder<T>(&self, find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let mut parts: Vec<&[u8]> = Vec::with_capacity(16);
        for part in self.file.as_bytes().split(|byte| matches!(byte, b'/' | b'\\')) {
            match part {
                b".." => drop(parts.pop()),
                b"." | b"" => {}
                part => parts.push(part),
            }
        }
        parts.windows(2).filter(|pair| pair[1] == b"src").find_map(|pair| find(pair[0]))
    }
}

impl std::fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Serializes durations as whole nanoseconds, which is exact, and short in JSON.
pub(crate) mod nanos {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(clamp(*duration))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_nanos)
    }

    /// At most 584 years. A student may return `Duration::MAX`, and no rule distinguishes the two.
    fn clamp(duration: Duration) -> u64 {
        u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
    }

    pub mod list {
        use super::*;

        pub fn serialize<S: Serializer>(durations: &[Duration], to: S) -> Result<S::Ok, S::Error> {
            to.collect_seq(durations.iter().map(|d| clamp(*d)))
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Duration>, D::Error> {
            let nanos = Vec::<u64>::deserialize(from)?;
            Ok(nanos.into_iter().map(Duration::from_nanos).collect())
        }
    }
}
