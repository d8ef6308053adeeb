//! The recorder: observes a student's unchanged code from outside, and writes the trace.
//!
//! It combines four sources:
//!
//! - tokio's own tracing (under `tokio_unstable`) reports every sleep: where it was made, when it was first awaited,
//!   until when it waits, when it was done, and when it was dropped ([`crate::worker::watcher`]);
//! - the runtime's hooks ([`hook`]) report spawns, ends of tasks, and when the runtime waits;
//! - the [`Generator`](crate::worker::generator::Generator) reports draws, and new generators;
//! - the panic hook ([`crate::worker`]) reports panics.
//!
//! A process has one recording at a time, in a static. All four sources must reach it, and there is no other way: a
//! static function makes generators (`SeedableRng::from_seed`), and tracing has one global subscriber.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant as WallInstant};

use tokio::runtime::Id as RuntimeId;
use tokio::time::Instant;
use tracing_core::Dispatch;

use crate::contract::manner::Manner;
use crate::contract::scenario::Scenario;
use crate::trace::{Event, EventKind, GeneratorId, JobId, SleepId, SourceLocation, TaskId, Wall};
use crate::worker::watcher::Watcher;
use sleeps::SleepState;

mod clocks;
pub mod hook;
mod sleeps;
#[cfg(test)]
mod tests;

/// The recording of the current run.
#[derive(Default)]
pub(crate) struct Recording {
    scenario: Option<Arc<Scenario>>,
    /// Whether events are kept.
    keeps_events: bool,
    /// How long the call took, if that is not the time of the run.
    call_took: Option<Duration>,
    /// The run's runtime, and the instant of the call on its clock.
    runtime: Option<(RuntimeId, Instant)>,
    /// Virtual time since the call. It changes only while the runtime waits.
    now: Duration,
    /// Whether the delay of timers that the scenario asks for has taken place.
    was_delayed: bool,
    /// The points of virtual time to which the clock has jumped, in order.
    jumps: Vec<Duration>,
    events: Vec<Event>,
    tasks: HashMap<tokio::task::Id, TaskId>,
    /// The number of each sleep, by its span.
    numbers: BTreeMap<u64, SleepId>,
    /// The state of each sleep: that of number 1 comes first.
    sleeps: Vec<SleepState>,
    /// Jobs that have begun, and are neither done nor dropped.
    jobs_under_way: BTreeSet<JobId>,
    /// Whether sleeps are made by the checker itself.
    is_unrecorded: bool,
    /// How many generators were made so far.
    generators: usize,
    /// The seeds from which they were made, and how many of them were made from a seed of another one.
    seeds: (HashSet<[u8; 32]>, usize),
    /// Whether a scripted generator was asked for more draws than its script has.
    off_script: bool,
    /// The number of events, including those that are not kept.
    happened: u64,
    /// Whether there were more events than are kept.
    truncated: bool,
    /// The message and the place of each panic, in order.
    panics: Vec<(String, Option<SourceLocation>)>,
    /// How often spawned tasks were polled.
    polls_of_tasks: usize,
    /// A waker that is woken when tasks were polled more often than this, so that the caller can end the run.
    wake_after: Option<(usize, Waker)>,
    /// Real time in which code ran, without the current stretch.
    running: Duration,
    /// When the current stretch began; `None` while the runtime waits.
    running_since: Option<WallInstant>,
    /// Since when code has run without a new event.
    quiet_since: Option<WallInstant>,
    /// Stretches without a new event that were long: after how many events, and how long in real time.
    blocked: Vec<(usize, Duration)>,
}

/// How many events are kept. A run with a thousand futures has some seven thousand. More events mostly come from a
/// loop, and would only fill the memory.
const MOST_EVENTS: usize = 100_000;

/// Whether a run is being recorded with its events. The watcher asks for each event of tokio's tracing.
static KEEPS_EVENTS: AtomicBool = AtomicBool::new(false);

static RECORDING: Mutex<Option<Recording>> = Mutex::new(None);

/// A lock that is held during a run, so that unit tests, which run in parallel, take turns.
static TURN: Mutex<()> = Mutex::new(());

fn recording() -> MutexGuard<'static, Option<Recording>> {
    RECORDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until the recorder of this process is free.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts to record a run of `scenario`.
pub(crate) fn start(scenario: &Scenario) {
    static WATCHER: Once = Once::new();
    WATCHER.call_once(|| {
        // fails only if a subscriber is set already; the canary test in `clock` notices that
        let _ = tracing_core::dispatcher::set_global_default(Dispatch::new(Watcher::default()));
    });
    KEEPS_EVENTS.store(scenario.recorded, Ordering::Relaxed);
    *recording() = Some(Recording {
        scenario: Some(Arc::new(scenario.clone())),
        keeps_events: scenario.recorded,
        ..Recording::default()
    });
}

/// Tells the recorder the runtime of the run, and the instant of the call. Must be called within that runtime.
pub(crate) fn on_runtime(id: RuntimeId, origin: Instant) {
    with(|r| {
        r.runtime = Some((id, origin));
        r.resume_wall();
    });
}

/// Ends the recording and returns it. Nothing is recorded after that.
pub(crate) fn stop() -> Recording {
    KEEPS_EVENTS.store(false, Ordering::Relaxed);
    let mut recording = recording().take().unwrap_or_default();
    recording.check_clock();
    recording.pause_wall();
    recording
}

/// Whether a run is being recorded with its events.
pub(crate) fn is_on() -> bool {
    KEEPS_EVENTS.load(Ordering::Relaxed)
}

/// In which manner the function is called in the current run.
pub(crate) fn manner() -> Manner {
    let recording = recording();
    let scenario = recording.as_ref().and_then(|r| r.scenario.as_ref());
    scenario.map_or(Manner::Alone, |scenario| scenario.manner)
}

/// Notes how long the call took, if that is not the time of the run.
pub(crate) fn call_took(elapsed: Duration) {
    with(|r| r.call_took = Some(elapsed));
}

/// The number of events so far, and the virtual time. Both stand still while a program is in a loop that does nothing.
pub(crate) fn happened() -> (u64, Duration) {
    recording().as_ref().map_or_else(Default::default, |r| (r.happened, r.now))
}

/// Notes that a scripted generator was asked for more draws than its script has.
pub(crate) fn off_script() {
    with(|r| r.off_script = true);
}

/// A copy of the recording so far: events, virtual time and wall time. The watchdog takes it while a run hangs.
pub(crate) fn peek(total: Duration, cpu: Duration) -> (Vec<Event>, Duration, Wall) {
    let mut recording = recording();
    let Some(r) = recording.as_mut() else { return Default::default() };
    r.note_quiet();
    let running = r.running + r.running_since.map_or(Duration::ZERO, |since| since.elapsed());
    let wall = Wall { running, total, cpu, blocked: r.blocked.clone(), ..Wall::default() };
    (r.events.clone(), r.now, wall)
}

/// Records an event, if a run is being recorded.
pub(crate) fn record(what: EventKind) {
    with(|r| r.push(what));
}

/// Records a new generator, which was made from `seed`. Returns its number, and the scenario of the run.
pub(crate) fn generator_made(seed: [u8; 32]) -> (GeneratorId, Option<Arc<Scenario>>) {
    let mut recording = recording();
    let Some(r) = recording.as_mut() else { return (GeneratorId::GIVEN, None) };
    r.generators += 1;
    if !r.seeds.0.insert(seed) {
        r.seeds.1 += 1;
    }
    let generator = GeneratorId(r.generators);
    r.push(EventKind::Seeded { generator });
    (generator, r.scenario.clone())
}

/// Records a panic. The first panic of a run is its cause.
pub(crate) fn panicked(message: &str, place: Option<SourceLocation>) {
    let message = message.chars().take(LONGEST_MESSAGE).collect();
    with(|r| r.panics.push((message, place)));
}

/// How many characters of a panic message are kept: more than anybody reads.
pub(crate) const LONGEST_MESSAGE: usize = 2000;

/// How often spawned tasks were polled so far.
pub(crate) fn polls_of_tasks() -> usize {
    recording().as_ref().map_or(0, |r| r.polls_of_tasks)
}

/// Wakes `waker` as soon as spawned tasks were polled more than `polls` times.
pub(crate) fn wake_after(polls: usize, waker: &Waker) {
    with(|r| r.wake_after = Some((polls, waker.clone())));
}

/// Whether a sleep or a job is waiting for its time.
pub(crate) fn a_sleep_waits() -> bool {
    recording().as_ref().is_some_and(|r| {
        // a timer that has fired wakes nobody any more
        let waits =
            |sleep: &SleepState| matches!(sleep, SleepState::Waits { until, .. } if *until >= r.now);
        !r.jobs_under_way.is_empty() || r.sleeps.iter().any(waits)
    })
}

/// Does something whose sleeps are the checker's own, and no part of the trace.
pub(crate) fn unrecorded<T>(make: impl FnOnce() -> T) -> T {
    with(|r| r.is_unrecorded = true);
    let made = make();
    with(|r| r.is_unrecorded = false);
    made
}

/// Calls `f` with the current recording, if there is one.
pub(crate) fn with(f: impl FnOnce(&mut Recording)) {
    if let Some(recording) = recording().as_mut() {
        f(recording);
    }
}

impl Recording {
    /// Takes the events.
    pub(crate) fn events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Takes the message and the place of the first panic.
    pub(crate) fn first_panic(&mut self) -> Option<(String, Option<SourceLocation>)> {
        (!self.panics.is_empty()).then(|| self.panics.remove(0))
    }

    /// Whether there were more events than are kept.
    pub(crate) fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Whether a scripted generator was asked for more draws than its script has.
    pub(crate) fn is_off_script(&self) -> bool {
        self.off_script
    }

    /// How many generators were made from a seed of another one.
    pub(crate) fn shared_seeds(&self) -> usize {
        self.seeds.1
    }

    /// How long the call took, if that is not the time of the run.
    pub(crate) fn call_took(&self) -> Option<Duration> {
        self.call_took
    }

    /// Virtual time since the call.
    pub(crate) fn now(&self) -> Duration {
        self.now
    }

    /// Adds an event, at this virtual time and in this task.
    fn push(&mut self, what: EventKind) {
        self.happened += 1;
        self.count_jobs(&what);
        if self.truncated {
            return;
        }
        if !self.keeps_events {
            return;
        }
        self.check_clock();
        self.note_quiet();
        let event = Event { at: self.now, task: self.task_number(tokio::task::try_id()), what };
        if self.events.last_mut().is_some_and(|last| last.takes_in(&event)) {
            return;
        }
        if self.events.len() >= MOST_EVENTS {
            self.truncated = true;
            return;
        }
        self.events.push(event);
    }

    fn count_jobs(&mut self, what: &EventKind) {
        match what {
            EventKind::JobBegan { job } => {
                self.jobs_under_way.insert(*job);
            }
            EventKind::JobDone { job } | EventKind::JobDropped { job } => {
                self.jobs_under_way.remove(job);
            }
            _ => {}
        }
    }

    /// The number of a task, by its id in tokio. A task that is new gets the next number.
    fn task_number(&mut self, id: Option<tokio::task::Id>) -> TaskId {
        let next = TaskId(self.tasks.len() + 1);
        id.map_or(TaskId::CALLER, |id| *self.tasks.entry(id).or_insert(next))
    }
}
