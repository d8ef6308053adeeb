//! The recorder: watches unchanged student code from outside, and writes the trace.
//!
//! Nothing is asked of the code under test. Four sources are joined here:
//!
//! - tokio's own tracing (under `tokio_unstable`) tells of every sleep: where it was made, when it was first
//!   awaited and until when, that its time came, that it was dropped ([`crate::worker::watcher`]);
//! - the runtime's hooks ([`crate::worker::clock`]) tell of spawns, ends of tasks, and when the runtime waits;
//! - the [`Generator`](crate::worker::generator::Generator) tells of draws and of generators made;
//! - the panic hook ([`crate::worker`]) tells of panics.
//!
//! There is one recording at a time in a process, kept in a static: a generator is made by a static function
//! (`SeedableRng::from_seed`) and tracing has one global subscriber, so there is no other place that all four
//! can reach.

use std::collections::{HashMap, HashSet};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::task::{Context, Waker};
use std::time::{Duration, Instant as WallInstant};

use tokio::runtime::{Handle, Id as RuntimeId};
use tokio::time::Instant;
use tracing_core::Dispatch;

use crate::contract::scenario::Scenario;
use crate::trace::{Event, EventKind, GeneratorId, JobId, SleepId, SourceLocation, TaskId, Wall};
use crate::worker::watcher::Watcher;

/// What is known of the run that is going on.
#[derive(Default)]
pub(crate) struct Recording {
    scenario: Option<Arc<Scenario>>,
    /// The checker's runtime and the instant of the call on its clock.
    runtime: Option<(RuntimeId, Instant)>,
    /// Virtual time since the call. It changes only while the runtime waits.
    now: Duration,
    /// Whether the runtime was as late as the scenario has it.
    was_delayed: bool,
    /// The points of virtual time that the clock has jumped to, in order.
    jumps: Vec<Duration>,
    events: Vec<Event>,
    tasks: HashMap<tokio::task::Id, TaskId>,
    /// The number of each sleep, by its span.
    numbers: HashMap<u64, SleepId>,
    /// By number, from 1.
    sleeps: Vec<SleepState>,
    /// Jobs that have begun, and are neither done nor dropped.
    jobs_under_way: HashSet<JobId>,
    /// Whether sleeps are made by the checker itself.
    is_unrecorded: bool,
    generators: usize,
    /// Whether a scripted generator was asked for more draws than its script has.
    off_script: bool,
    /// How much has happened, what is not kept included.
    happened: u64,
    /// Whether there were more events than are kept.
    truncated: bool,
    panics: Vec<(String, Option<SourceLocation>)>,
    polls_of_tasks: usize,
    /// Woken when the tasks have been polled this often, so that the caller can end the run.
    wake_after: Option<(usize, Waker)>,
    running: Duration,
    running_since: Option<WallInstant>,
    /// Since when code has run without anything being recorded.
    quiet_since: Option<WallInstant>,
    blocked: Vec<(usize, Duration)>,
}

/// What is known of a sleep, so that no event has to be looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum SleepState {
    Made,
    /// It was polled (or reset) then, and waits until then.
    Waits {
        since: Duration,
        until: Duration,
    },
    Over,
}

/// Real time without an event from which on the thread counts as blocked: a solution needs microseconds.
const BLOCKED: Duration = Duration::from_millis(1);

/// A run of a thousand coroutines has some seven thousand events. What comes after this many is a loop, and more
/// of it would only fill the memory.
const MOST_EVENTS: usize = 100_000;

static RECORDING: Mutex<Option<Recording>> = Mutex::new(None);

/// Held for as long as a run lasts, so that unit tests, which run in parallel, take turns.
static TURN: Mutex<()> = Mutex::new(());

fn recording() -> MutexGuard<'static, Option<Recording>> {
    RECORDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the process's recorder to be free.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts recording a run under `scenario`.
pub(crate) fn start(scenario: &Scenario) {
    static WATCHER: Once = Once::new();
    WATCHER.call_once(|| {
        // fails only if a subscriber is set already; the canary test in `clock` notices that
        let _ = tracing_core::dispatcher::set_global_default(Dispatch::new(Watcher::default()));
    });
    *recording() =
        Some(Recording { scenario: Some(Arc::new(scenario.clone())), ..Recording::default() });
}

/// Tells the recorder which runtime the run has; called within it, at the moment of the call.
pub(crate) fn on_runtime(id: RuntimeId, origin: Instant) {
    with(|r| {
        r.runtime = Some((id, origin));
        r.resume_wall();
    });
}

/// Ends the recording and hands it over; what happens from now on is not recorded.
pub(crate) fn stop() -> Recording {
    let mut recording = recording().take().unwrap_or_default();
    recording.check_clock();
    recording.pause_wall();
    recording
}

/// Whether a run is being recorded.
pub(crate) fn is_on() -> bool {
    recording().is_some()
}

/// How much has happened so far: it stands still while a program goes round without doing anything.
pub(crate) fn happened() -> (u64, Duration) {
    recording().as_ref().map_or_else(Default::default, |r| (r.happened, r.now))
}

/// Notes that a scripted generator has no more of its script.
pub(crate) fn off_script() {
    with(|r| r.off_script = true);
}

/// A copy of the recording as far as it goes, taken by the watchdog while the run hangs.
pub(crate) fn peek(total: Duration, cpu: Duration) -> (Vec<Event>, Duration, Wall) {
    let mut recording = recording();
    let Some(r) = recording.as_mut() else { return Default::default() };
    r.note_quiet();
    let running = r.running + r.running_since.map_or(Duration::ZERO, |since| since.elapsed());
    let wall = Wall { running, total, cpu, blocked: r.blocked.clone(), ..Wall::default() };
    (r.events.clone(), r.now, wall)
}

/// Records an event, if a run is going on.
pub(crate) fn record(what: EventKind) {
    with(|r| r.push(what));
}

/// The number of a generator that was just made, and the scenario it is made under.
pub(crate) fn generator_made() -> (GeneratorId, Option<Arc<Scenario>>) {
    let mut recording = recording();
    let Some(r) = recording.as_mut() else { return (GeneratorId::GIVEN, None) };
    r.generators += 1;
    let generator = GeneratorId(r.generators);
    r.push(EventKind::Seeded { generator });
    (generator, r.scenario.clone())
}

/// Records a panic; the first one of a run is its cause.
pub(crate) fn panicked(message: &str, place: Option<SourceLocation>) {
    let message = message.chars().take(LONGEST_MESSAGE).collect();
    with(|r| r.panics.push((message, place)));
}

/// So many characters of what a panic says are kept: more than anybody reads.
pub(crate) const LONGEST_MESSAGE: usize = 2000;

/// How often spawned tasks have been polled so far.
pub(crate) fn polls_of_tasks() -> usize {
    recording().as_ref().map_or(0, |r| r.polls_of_tasks)
}

/// Asks for `waker` to be woken as soon as tasks have been polled more than `polls` times.
pub(crate) fn wake_after(polls: usize, waker: &Waker) {
    with(|r| r.wake_after = Some((polls, waker.clone())));
}

/// Whether a sleep or a job is waiting for its time.
pub(crate) fn a_sleep_waits() -> bool {
    let waits = |sleep: &SleepState| matches!(sleep, SleepState::Waits { .. });
    recording().as_ref().is_some_and(|r| !r.jobs_under_way.is_empty() || r.sleeps.iter().any(waits))
}

/// Does something whose sleeps are the checker's own, and no part of the trace.
pub(crate) fn unrecorded<T>(make: impl FnOnce() -> T) -> T {
    with(|r| r.is_unrecorded = true);
    let made = make();
    with(|r| r.is_unrecorded = false);
    made
}

/// Does something with the recording of the run that is going on, if one is.
pub(crate) fn with(f: impl FnOnce(&mut Recording)) {
    if let Some(recording) = recording().as_mut() {
        f(recording);
    }
}

/// What the runtime's hooks report.
pub(crate) mod hook {
    use super::*;

    pub(crate) fn spawned(id: tokio::task::Id, at: &'static std::panic::Location<'static>) {
        with(|r| {
            let task = r.task_number(Some(id));
            let place = SourceLocation { file: at.file().into(), line: at.line() };
            r.push(EventKind::Spawned { task, place });
        });
    }

    pub(crate) fn polled() {
        let mut waker = None;
        with(|r| {
            r.polls_of_tasks += 1;
            let polls = r.polls_of_tasks;
            waker = r.wake_after.take_if(|(limit, _)| polls > *limit);
        });
        if let Some((_, waker)) = waker {
            waker.wake();
        }
    }

    pub(crate) fn ended(id: tokio::task::Id) {
        with(|r| {
            let task = r.task_number(Some(id));
            r.push(EventKind::Ended { task });
        });
    }

    /// The runtime has nothing to do and waits: from here on the clock may move.
    pub(crate) fn parked() {
        with(|r| {
            r.check_clock();
            r.pause_wall();
        });
    }

    /// The runtime goes on, perhaps at a later time.
    pub(crate) fn unparked() {
        with(|r| {
            if let Some((_, origin)) = r.runtime {
                let now = || Instant::now().saturating_duration_since(origin);
                if !now().is_zero() {
                    r.delay_timer();
                }
                let now = now();
                if now != r.now {
                    r.jumps.push(now);
                }
                r.now = now;
            }
            r.resume_wall();
        });
    }
}

impl Recording {
    pub(crate) fn events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    pub(crate) fn first_panic(&mut self) -> Option<(String, Option<SourceLocation>)> {
        (!self.panics.is_empty()).then(|| self.panics.remove(0))
    }

    pub(crate) fn is_truncated(&self) -> bool {
        self.truncated
    }

    pub(crate) fn is_off_script(&self) -> bool {
        self.off_script
    }

    pub(crate) fn now(&self) -> Duration {
        self.now
    }

    /// The wall time of the run, which took `total` in all, and `cpu` of the processor.
    pub(crate) fn wall(&mut self, total: Duration, cpu: Duration) -> Wall {
        let blocked = std::mem::take(&mut self.blocked);
        Wall { running: self.running, total, cpu, blocked, ..Wall::default() }
    }

    fn push(&mut self, what: EventKind) {
        self.happened += 1;
        self.count_jobs(&what);
        if self.truncated {
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

    /// Virtual time stands still while code runs; if it moved, somebody moved it.
    fn check_clock(&mut self) {
        let Some((id, origin)) = self.runtime else { return };
        if !Handle::try_current().is_ok_and(|handle| handle.id() == id) {
            return;
        }
        let to = Instant::now().saturating_duration_since(origin);
        if to != self.now {
            self.now = to;
            let task = self.task_number(tokio::task::try_id());
            self.events.push(Event { at: to, task, what: EventKind::ClockMoved { to } });
        }
    }

    /// Lets the time pass by which the runtime is to be late, once.
    fn delay_timer(&mut self) {
        let timer_delay =
            self.scenario.as_ref().map_or(Duration::ZERO, |scenario| scenario.timer_delay);
        if !timer_delay.is_zero() && !std::mem::replace(&mut self.was_delayed, true) {
            // the clock is moved by the first poll
            let moved = pin!(tokio::time::advance(timer_delay));
            let _ = moved.poll(&mut Context::from_waker(Waker::noop()));
        }
    }

    fn task_number(&mut self, id: Option<tokio::task::Id>) -> TaskId {
        let next = TaskId(self.tasks.len() + 1);
        id.map_or(TaskId::CALLER, |id| *self.tasks.entry(id).or_insert(next))
    }

    fn resume_wall(&mut self) {
        self.running_since = Some(WallInstant::now());
        self.quiet_since = self.running_since;
    }

    /// Notes that the code has run for long since the last event, if it has.
    fn note_quiet(&mut self) {
        let Some(since) = &mut self.quiet_since else { return };
        let quiet = since.elapsed();
        *since = WallInstant::now();
        if quiet >= BLOCKED {
            self.blocked.push((self.events.len(), quiet));
        }
    }

    fn pause_wall(&mut self) {
        self.note_quiet();
        self.quiet_since = None;
        if let Some(since) = self.running_since.take() {
            self.running += since.elapsed();
        }
    }

    pub(crate) fn sleep_made(&mut self, span: u64, place: SourceLocation) {
        if self.is_unrecorded {
            return;
        }
        let elsewhere = match (self.runtime, Handle::try_current()) {
            (Some((ours, _)), Ok(handle)) => handle.id() != ours,
            (Some(_), Err(_)) => false,
            (None, _) => return,
        };
        if elsewhere {
            return self.push(EventKind::Elsewhere { place });
        }
        self.sleeps.push(SleepState::Made);
        let sleep = SleepId(self.sleeps.len());
        self.numbers.insert(span, sleep);
        self.push(EventKind::SleepMade { sleep, place });
    }

    pub(crate) fn sleep_started(&mut self, span: u64, ms: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        // tokio counts whole ticks from its own origin, which is the call's
        let since = self.now;
        let until = Duration::from_millis(since.as_millis() as u64 + ms);
        self.sleeps[sleep.0 - 1] = match state {
            SleepState::Waits { since, .. } => SleepState::Waits { since, until },
            _ => SleepState::Waits { since, until },
        };
        self.push(EventKind::SleepStarted { sleep, until });
    }

    pub(crate) fn sleep_done(&mut self, span: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        let fired = match state {
            SleepState::Waits { since, until } => self.fired(until).max(since),
            // one of no length was over when it was made
            SleepState::Made | SleepState::Over => self.now,
        };
        self.sleeps[sleep.0 - 1] = SleepState::Over;
        self.push(EventKind::SleepDone { sleep, fired });
    }

    pub(crate) fn sleep_closed(&mut self, span: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        self.numbers.remove(&span);
        if state != SleepState::Over {
            self.sleeps[sleep.0 - 1] = SleepState::Over;
            self.push(EventKind::SleepDropped { sleep });
        }
    }

    /// When a timer that was set to `until` has fired: when the clock first stood there. (Its sleep may be polled later.)
    fn fired(&self, until: Duration) -> Duration {
        let jump = self.jumps.partition_point(|jump| *jump < until);
        self.jumps.get(jump).copied().unwrap_or(self.now)
    }

    /// The number and the state of the sleep with this span.
    fn sleep(&self, span: u64) -> Option<(SleepId, SleepState)> {
        let sleep = *self.numbers.get(&span)?;
        Some((sleep, self.sleeps[sleep.0 - 1]))
    }
}

#[cfg(test)]
mod tests;
