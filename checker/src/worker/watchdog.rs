//! The watchdog: when a run takes too long, it writes what was recorded until then, and ends the process.
//!
//! Three things look the same from outside: code that computes, a thread that is blocked, and a machine that is busy.
//! Processor time distinguishes the first from the other two. A busy machine shows in two other ways: it wakes this thread
//! late, or it lets the thread of the run wait for a processor.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Answers;
use super::recorder;
use crate::contract::protocol::{Answer, Spent, time_for_run, time_for_sample, times};
use crate::contract::scenario::Scenario;
use crate::system::{self, ProcessorQueue};
use crate::trace::{Run, Termination, Trace, Wall};

/// How often the watchdog looks.
const PERIOD: Duration = Duration::from_millis(20);

/// How often the watchdog looks in so much time, at most.
pub(super) fn looks_in(wall: Duration) -> u32 {
    (wall.as_millis() / PERIOD.as_millis()) as u32
}

/// If a wake-up is later than this, the machine is busy. (Timers alone are less late.)
const LATE: Duration = Duration::from_millis(5);

/// Watches one run at a time, from a thread of its own.
pub(super) struct Watchdog {
    current: Arc<Mutex<Option<Watched>>>,
    meter: Meter,
}

/// The run that is watched.
struct Watched {
    /// The index of its scenario.
    index: usize,
    limits: RunLimits,
    /// What the run has used so far.
    meter: Meter,
    /// The number of events, and when it grew last.
    event: Last<u64>,
    /// The virtual clock, and when it moved last.
    jump: Last<Duration>,
}

/// The limits of one run.
#[derive(Clone, Copy)]
pub(super) struct RunLimits {
    /// Processor time of a run without new events.
    pub standing: Duration,
    /// Processor time of a run whose virtual clock moves.
    pub moving: Duration,
    /// Wall time of a run that uses no processor time.
    pub idle: Duration,
    /// Virtual time.
    pub virtual_time: Duration,
}

impl RunLimits {
    /// The limits of a run of `scenario`, if an ordinary run has the limit `limit`.
    pub(super) fn of(scenario: &Scenario, limit: Duration) -> Self {
        // the calls of a sample are not recorded, so it never has new events; and its last call may take long
        let standing = match scenario.calls {
            1 => time_for_run(scenario, limit),
            _ => time_for_sample(scenario, limit) + time_for_run(scenario, limit) * times::SAMPLE,
        };
        // a run that goes through a day in very small steps does not end within any of these limits
        let moving = if scenario.has_a_long_wait() || scenario.brief {
            standing
        } else {
            standing * times::MOVING
        };
        // an idle run is never excused, so a long or brief run keeps the whole limit here
        let idle = if scenario.calls == 1 { limit } else { limit * times::IDLE_SAMPLE };
        Self { standing, moving, idle, virtual_time: scenario.budget.virtual_time() }
    }
}

/// A value that changes, and how much processor time the run had used at its last change.
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

/// Measures the time that the process uses from its start on.
#[derive(Clone)]
pub(super) struct Meter {
    /// The start of the measurement.
    since: Instant,
    /// The processor time that the process had used at the start.
    cpu: Duration,
    /// How late the machine has woken the watchdog in all.
    lateness: Arc<Mutex<Lateness>>,
    /// How late it had been at the start.
    stalled_before: Duration,
}

/// The time in which the machine was too busy to run this process. It shows in two ways: the watchdog's thread, which
/// looks every [`PERIOD`], is woken late, or the thread of the run waits for a processor.
struct Lateness {
    /// When the thread looked last.
    looked: Instant,
    /// The sum of this time until then.
    sum: Duration,
    /// For how long the thread of the run had waited for a processor until then.
    queued: Duration,
}

impl Lateness {
    fn new(now: Instant) -> Self {
        Self { looked: now, sum: Duration::ZERO, queued: Duration::ZERO }
    }

    /// Notes that the thread looks now. `queued`: for how long the thread of the run has waited for a processor since the process began.
    fn look(&mut self, now: Instant, queued: Duration) {
        // the same time may count in both ways
        let in_queue = self.sum + queued.saturating_sub(self.queued);
        self.sum = self.until(now).max(in_queue);
        (self.looked, self.queued) = (now, queued);
    }

    /// The sum of the delays up to `now`. A thread that should have looked before `now` counts as late already: when a
    /// stopped process continues, its other threads may run before this one.
    fn until(&self, now: Instant) -> Duration {
        let late = now.saturating_duration_since(self.looked).saturating_sub(PERIOD);
        self.sum + if late > LATE { late } else { Duration::ZERO }
    }
}

impl Meter {
    fn start() -> Self {
        let since = Instant::now();
        let lateness = Arc::new(Mutex::new(Lateness::new(since)));
        Self { since, cpu: system::cpu_time(), lateness, stalled_before: Duration::ZERO }
    }

    fn restart(&self) -> Self {
        let (since, stalled_before) = self.now();
        let lateness = Arc::clone(&self.lateness);
        Self { since, cpu: system::cpu_time(), lateness, stalled_before }
    }

    pub(super) fn spent(&self) -> Spent {
        let cpu = system::cpu_time().saturating_sub(self.cpu);
        let (now, stalled) = self.now();
        let stalled = stalled.saturating_sub(self.stalled_before);
        Spent { wall: now.saturating_duration_since(self.since), cpu, stalled }
    }

    /// The time now, and how late the machine was until then. Both are taken under one lock. Otherwise, if the process
    /// was stopped between the two, the stop would count in only one of them.
    fn now(&self) -> (Instant, Duration) {
        let lateness = self.lateness();
        let now = Instant::now();
        (now, lateness.until(now))
    }

    fn lateness(&self) -> MutexGuard<'_, Lateness> {
        self.lateness.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watchdog {
    /// Starts the watchdog. It ends the process when a run between [`begin`](Self::begin) and [`end`](Self::end) takes
    /// too long.
    pub(super) fn start(answers: Answers) -> Self {
        let current: Arc<Mutex<Option<Watched>>> = Arc::default();
        let meter = Meter::start();
        let (watched, looks) = (Arc::clone(&current), meter.clone());
        let queue = ProcessorQueue::of_this_process();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(PERIOD);
                let queued = queue.waited().unwrap_or_default();
                looks.lateness().look(Instant::now(), queued);
                let mut guard = watched.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(run) = guard.as_mut() else { continue };
                if let Some(ending) = run.takes_too_long() {
                    run.give_up(ending, &answers);
                }
                if run.has_no_machine() {
                    // the run did not reach any of its limits, so it gets no ending
                    answers.write(&Answer::OutOfTime(run.meter.spent()));
                    std::process::exit(0);
                }
            }
        });
        Self { current, meter }
    }

    /// The time that all runs together have used so far.
    pub(super) fn spent(&self) -> Spent {
        self.meter.spent()
    }

    /// The time that the current run has used so far; zero if there is none.
    pub(super) fn spent_by_run(&self) -> Spent {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().map_or_else(Spent::default, |run| run.meter.spent())
    }

    /// Watches a new run from now on.
    pub(super) fn begin(&self, index: usize, limits: RunLimits) {
        let (event, jump) = (Last::default(), Last::default());
        let watched = Watched { index, limits, meter: self.meter.restart(), event, jump };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(watched);
    }

    /// Stops watching, because the run has ended.
    pub(super) fn end(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Watched {
    /// How the run ends if it has reached one of its limits.
    fn takes_too_long(&mut self) -> Option<Termination> {
        let spent = self.meter.spent();
        let RunLimits { standing, moving, idle, virtual_time } = self.limits;
        let recently = |last: Duration| spent.cpu.saturating_sub(last) < standing / 2;
        let (happened, now) = recorder::happened();
        self.event.note(happened, spent.cpu);
        self.jump.note(now, spent.cpu);
        if now > virtual_time {
            return Some(Termination::VirtualLimit);
        }
        let over = match spent.is_busy() {
            // a run that makes progress has more time, and one whose clock moves has the most
            true if recently(self.jump.at) => spent.cpu >= moving,
            true if recently(self.event.at) => spent.cpu >= standing * times::HAPPENING,
            true => spent.cpu >= standing,
            false => spent.own_wall() >= idle,
        };
        over.then(|| Termination::WallLimit { busy: spent.is_busy() })
    }

    /// Whether the machine had so little time for the run that it is pointless to wait longer.
    fn has_no_machine(&self) -> bool {
        self.meter.spent().wall >= self.limits.idle * times::WALL
    }

    fn give_up(&self, ending: Termination, answers: &Answers) -> ! {
        let spent = self.meter.spent();
        let (events, elapsed, wall) = recorder::peek(spent.wall, spent.cpu);
        let wall = Wall { stalled: spent.stalled, ..wall };
        let trace = Trace { events, elapsed, ..Trace::ended(ending) };
        answers.write(&Answer::Ran(self.index, Run { trace, wall }));
        answers.write(&Answer::Done);
        std::process::exit(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::waits::WaitScenario;

    #[test]
    fn a_long_or_brief_run_has_only_less_processor_time() {
        let limit = Duration::from_secs(2);
        let of = |scenario: &Scenario| {
            let RunLimits { standing, moving, idle, virtual_time } = RunLimits::of(scenario, limit);
            ([standing, moving].map(|time| time.as_millis()), idle.as_secs(), virtual_time)
        };
        let (run, sample) = (
            WaitScenario::seeded(1, 1, 86_400_000).erased(),
            WaitScenario::sampled(1, 86_400_000, 9).erased(),
        );
        let virtual_time = run.budget.virtual_time();
        assert_eq!(of(&run), ([1000, 1000], 2, virtual_time));
        assert_eq!(of(&run.brief()), ([25, 25], 2, virtual_time));
        assert_eq!(of(&sample), ([3000, 3000], 6, virtual_time));
        assert_eq!(of(&sample.brief()), ([75, 75], 6, virtual_time));
    }

    #[test]
    fn a_stop_of_the_process_counts_before_the_watchdog_looks_again() {
        let ms = Duration::from_millis;
        let start = Instant::now();
        let mut lateness = Lateness::new(start);
        lateness.look(start + ms(22), ms(0));
        assert_eq!(lateness.until(start + ms(44)), ms(0), "timers are never quite exact");
        // the process is stopped for ten seconds, and another thread continues before the watchdog
        assert_eq!(lateness.until(start + ms(10_042)), ms(10_000));
        lateness.look(start + ms(10_043), ms(0));
        assert_eq!(lateness.until(start + ms(10_044)), ms(10_001), "and no second counts twice");
        lateness.look(start + ms(10_063), ms(0));
        assert_eq!(lateness.sum, ms(10_001));
    }

    #[test]
    fn time_in_which_a_run_waits_for_a_processor_counts_even_if_the_watchdog_has_one() {
        let ms = Duration::from_millis;
        let start = Instant::now();
        let mut lateness = Lateness::new(start);
        lateness.look(start + ms(20), ms(19));
        lateness.look(start + ms(40), ms(38));
        assert_eq!(lateness.sum, ms(38));
        lateness.look(start + ms(100), ms(88));
        assert_eq!(
            lateness.sum,
            ms(88),
            "it was late by 40 ms in these 60, and the run waited for 50"
        );
        lateness.look(start + ms(220), ms(98));
        assert_eq!(
            lateness.sum,
            ms(188),
            "it was late by 100 ms, and the run waited for 10 of them"
        );
    }

    #[test]
    fn a_busy_process_is_seen_to_wait_for_a_processor_where_the_system_tells() {
        let queue = ProcessorQueue::of_this_process();
        let first = queue.waited();
        assert_eq!(first.is_some(), cfg!(target_os = "linux"), "{first:?}");
        assert!(queue.waited() >= first, "it never becomes less");
    }
}
