//! Ends the process when a run takes too long, after it has written down what happened until then.
//!
//! Three things look alike from outside: code that computes, a thread that is blocked, and a machine that is busy with
//! other things. Processor time tells the first from the others. The machine tells of itself by waking this thread late.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Answers;
use super::recorder;
use crate::contract::protocol::{Answer, Spent, times};
use crate::system;
use crate::trace::{Ending, Run, Trace};

/// How often it looks.
const PERIOD: Duration = Duration::from_millis(20);

/// A wake-up that comes this much later than asked is the machine's doing. (Timers alone are late by less.)
const LATE: Duration = Duration::from_millis(5);

/// Looks after one run at a time, from a thread of its own.
pub(super) struct Watchdog {
    current: Arc<Mutex<Option<Watched>>>,
    meter: Meter,
}

struct Watched {
    index: usize,
    limits: RunLimits,
    meter: Meter,
    /// How much has happened.
    event: Last<u64>,
    /// The virtual clock.
    jump: Last<Duration>,
}

/// What one run may take.
#[derive(Clone, Copy)]
pub(super) struct RunLimits {
    /// Processor time without anything happening, or time in which nothing is done.
    pub standing: Duration,
    /// Processor time as long as its virtual clock moves.
    pub moving: Duration,
    /// Virtual time.
    pub virtual_time: Duration,
}

/// Something that changes, and how much processor time the run had used when it did so last.
#[derive(Default)]
struct Last<T> {
    value: T,
    at: Duration,
}

impl<T: PartialEq> Last<T> {
    fn note(&mut self, value: T, at: Duration) {
        if value != self.value {
            *self = Self { value, at };
        }
    }
}

/// Measures what is spent from some moment on.
#[derive(Clone)]
pub(super) struct Meter {
    since: Instant,
    /// What the process had used of the processor then.
    cpu: Duration,
    /// How late the machine has woken the watchdog in all, in nanoseconds; and how late until the moment.
    late: Arc<AtomicU64>,
    late_before: u64,
}

impl Meter {
    fn restart(&self) -> Self {
        Self {
            since: Instant::now(),
            cpu: system::cpu_time(),
            late: Arc::clone(&self.late),
            late_before: self.late.load(Ordering::Relaxed),
        }
    }

    pub(super) fn spent(&self) -> Spent {
        let late = self.late.load(Ordering::Relaxed) - self.late_before;
        Spent {
            wall: self.since.elapsed(),
            cpu: system::cpu_time().saturating_sub(self.cpu),
            late: Duration::from_nanos(late),
        }
    }
}

impl Watchdog {
    /// Starts it. It ends the process when one of the runs that it is told of takes too long.
    pub(super) fn start(answers: Answers) -> Self {
        let current: Arc<Mutex<Option<Watched>>> = Arc::default();
        let meter = Meter {
            since: Instant::now(),
            cpu: system::cpu_time(),
            late: Arc::default(),
            late_before: 0,
        };
        let (watched, late) = (Arc::clone(&current), Arc::clone(&meter.late));
        std::thread::spawn(move || {
            loop {
                let asleep = Instant::now();
                std::thread::sleep(PERIOD);
                let lateness = asleep.elapsed().saturating_sub(PERIOD);
                if lateness > LATE {
                    late.fetch_add(lateness.as_nanos() as u64, Ordering::Relaxed);
                }
                let mut guard = watched.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(run) = guard.as_mut() else { continue };
                if let Some(ending) = run.takes_too_long() {
                    run.give_up(ending, &answers);
                }
                if run.has_no_machine() {
                    // the run has not used up what it may take, so nothing is said of it
                    answers.write(&Answer::OutOfTime(run.meter.spent()));
                    std::process::exit(0);
                }
            }
        });
        Self { current, meter }
    }

    /// What all runs together have taken so far.
    pub(super) fn spent(&self) -> Spent {
        self.meter.spent()
    }

    /// What the run that is going on has taken so far.
    pub(super) fn spent_by_run(&self) -> Spent {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().map_or_else(Spent::default, |run| run.meter.spent())
    }

    /// A run begins.
    pub(super) fn begin(&self, index: usize, limits: RunLimits) {
        let (event, jump) = (Last::default(), Last::default());
        let watched = Watched { index, limits, meter: self.meter.restart(), event, jump };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(watched);
    }

    /// The run has ended.
    pub(super) fn end(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Watched {
    /// How the run has to be ended, if it has.
    fn takes_too_long(&mut self) -> Option<Ending> {
        let spent = self.meter.spent();
        let RunLimits { standing, moving, virtual_time } = self.limits;
        let recently = |last: Duration| spent.cpu.saturating_sub(last) < standing / 2;
        let (happened, now) = recorder::happened();
        self.event.note(happened, spent.cpu);
        self.jump.note(now, spent.cpu);
        if now > virtual_time {
            return Some(Ending::VirtualLimit);
        }
        let over = match spent.is_busy() {
            // who gets somewhere has more time: most of all who waits, and goes on
            true if recently(self.jump.at) => spent.cpu >= moving,
            true if recently(self.event.at) => spent.cpu >= standing * times::HAPPENING,
            true => spent.cpu >= standing,
            false => spent.own_wall() >= standing,
        };
        over.then(|| Ending::WallLimit { busy: spent.is_busy() })
    }

    /// Whether the machine had so little time for the run that waiting on is pointless.
    fn has_no_machine(&self) -> bool {
        self.meter.spent().wall >= self.limits.standing * times::WALL
    }

    fn give_up(&self, ending: Ending, answers: &Answers) -> ! {
        let spent = self.meter.spent();
        let (events, took, wall) = recorder::peek(spent.wall, spent.cpu);
        let trace = Trace { events, took, ..Trace::ended(ending) };
        answers.write(&Answer::Ran(self.index, Run { trace, wall }));
        answers.write(&Answer::Done);
        std::process::exit(0);
    }
}
