//! The recorder: observes a student's unchanged code from outside, and writes the trace.
//!
//! It combines four sources:
//!
//! - tokio's own tracing (under `tokio_unstable`) reports every sleep: where it was made, when it was first awaited,
//!   until when it waits, when it was done, and when it was dropped ([`crate::worker::watcher`]);
//! - the runtime's hooks ([`crate::worker::clock`]) report spawns, ends of tasks, and when the runtime waits;
//! - the [`Generator`](crate::worker::generator::Generator) reports draws, and new generators;
//! - the panic hook ([`crate::worker`]) reports panics.
//!
//! A process has one recording at a time, in a static. All four sources must reach it, and there is no other way: a
//! static function makes generators (`SeedableRng::from_seed`), and tracing has one global subscriber.

use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// The recording of the current run.
#[derive(Default)]
pub(crate) struct Recording {
    scenario: Option<Arc<Scenario>>,
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

/// The state of a sleep, so that the events need not be searched.
#[derive(Debug, Clone, Copy, PartialEq)]
enum SleepState {
    /// It was not polled yet.
    Made,
    /// It was polled (or reset) at `since`, and waits until `until`.
    Waits { since: Duration, until: Duration },
    /// It is done, or it was dropped.
    Over,
}

/// The thread counts as blocked after so much real time without an event. A right solution needs microseconds.
const BLOCKED: Duration = Duration::from_millis(1);

/// How many events are kept. A run with a thousand futures has some seven thousand. More events mostly come from a
/// loop, and would only fill the memory.
const MOST_EVENTS: usize = 100_000;

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
    *recording() =
        Some(Recording { scenario: Some(Arc::new(scenario.clone())), ..Recording::default() });
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
    let mut recording = recording().take().unwrap_or_default();
    recording.check_clock();
    recording.pause_wall();
    recording
}

/// Whether a run is being recorded.
pub(crate) fn is_on() -> bool {
    recording().is_some()
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

/// Records a new generator. Returns its number, and the scenario of the run.
pub(crate) fn generator_made() -> (GeneratorId, Option<Arc<Scenario>>) {
    let mut recording = recording();
    let Some(r) = recording.as_mut() else { return (GeneratorId::GIVEN, None) };
    r.generators += 1;
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

/// Calls `f` with the current recording, if there is one.
pub(crate) fn with(f: impl FnOnce(&mut Recording)) {
    if let Some(recording) = recording().as_mut() {
        f(recording);
    }
}

/// The hooks of the runtime.
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

    /// The runtime has nothing to do and waits. From now on, the clock may move.
    pub(crate) fn parked() {
        with(|r| {
            r.check_clock();
            r.pause_wall();
        });
    }

    /// The runtime continues, perhaps at a later virtual time.
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

    /// The wall time of the run, given its time from the call to the return, and its processor time.
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

    /// Virtual time stands still while code runs. If it moved, the student's code moved it, and that is recorded.
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

    /// Advances the clock by the delay of timers that the scenario asks for, once in a run.
    fn delay_timer(&mut self) {
        let timer_delay =
            self.scenario.as_ref().map_or(Duration::ZERO, |scenario| scenario.timer_delay);
        if !timer_delay.is_zero() && !std::mem::replace(&mut self.was_delayed, true) {
            // the first poll moves the clock
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

    /// Notes a blocked thread, if code has run for long since the last event.
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
        // tokio counts whole ticks from the start of its clock, which is the instant of the call
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
            // a sleep of length zero was over when it was made
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

    /// When a timer that was set to `until` fired: when the clock first reached that time. (Its sleep may be polled
    /// later.)
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
