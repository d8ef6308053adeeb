//! Ends the process when a run takes too long, after it has written down what happened until then.
//!
//! Three things look alike from outside: code that computes, a thread that is blocked, and a machine that is busy with
//! other things. Processor time tells the first from the others. The machine tells of itself by waking this thread late.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use super::Answers;
use crate::protocol::{Answer, Spent, times};
use crate::recorder;
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
    /// What it may take without anything happening.
    limit: Duration,
    meter: Meter,
    /// How much has happened.
    event: Last<u64>,
    /// The virtual clock.
    jump: Last<Duration>,
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
    cpu: ProcessTime,
    /// How late the machine has woken the watchdog in all, in nanoseconds; and how late until the moment.
    late: Arc<AtomicU64>,
    late_before: u64,
}

impl Meter {
    fn restart(&self) -> Self {
        Self {
            since: Instant::now(),
            cpu: ProcessTime::now(),
            late: Arc::clone(&self.late),
            late_before: self.late.load(Ordering::Relaxed),
        }
    }

    pub(super) fn spent(&self) -> Spent {
        let late = self.late.load(Ordering::Relaxed) - self.late_before;
        Spent {
            wall: self.since.elapsed(),
            cpu: self.cpu.elapsed(),
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
            cpu: ProcessTime::now(),
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
                if let Some(run) = guard.as_mut()
                    && let Some(busy) = run.takes_too_long()
                {
                    run.give_up(busy, &answers);
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

    /// A run begins. It may take `limit` of processor time (or of time in which it does nothing), and some times that for
    /// as long as something happens in it.
    pub(super) fn begin(&self, index: usize, limit: Duration) {
        let (event, jump) = (Last::default(), Last::default());
        let watched = Watched { index, limit, meter: self.meter.restart(), event, jump };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(watched);
    }

    /// The run has ended.
    pub(super) fn end(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Watched {
    /// Whether the run has to be ended, and then whether it keeps the processor busy.
    fn takes_too_long(&mut self) -> Option<bool> {
        let spent = self.meter.spent();
        let recently = |last: Duration| spent.cpu.saturating_sub(last) < self.limit / 2;
        let (happened, now) = recorder::happened();
        self.event.note(happened, spent.cpu);
        self.jump.note(now, spent.cpu);
        let over = match spent.is_busy() {
            // who gets somewhere has more time: most of all who waits, and goes on
            true if recently(self.jump.at) => spent.cpu >= self.limit * times::MOVING,
            true if recently(self.event.at) => spent.cpu >= self.limit * times::HAPPENING,
            true => spent.cpu >= self.limit,
            false => spent.own_wall() >= self.limit,
        };
        let over = over || spent.wall >= self.limit * times::WALL;
        over.then(|| spent.is_busy())
    }

    fn give_up(&self, busy: bool, answers: &Answers) -> ! {
        let spent = self.meter.spent();
        let (events, took, wall) = recorder::peek(spent.wall, spent.cpu);
        let trace = Trace { events, took, ..Trace::ended(Ending::WallLimit { busy }) };
        answers.write(&Answer::Ran(self.index, Run { trace, wall }));
        answers.write(&Answer::Done);
        std::process::exit(0);
    }
}
