//! Looks closer at runs that are not as they should be. A run without events tells only that something is wrong, so it is
//! made again, and recorded. A run that held its thread is made again because the machine may have been the cause.

use std::time::Duration;

use super::{LookedAt, Seen, evidence};
use crate::contract::scenario::{RngMode, Scenario};
use crate::rules::Habits;
use crate::run::{Observations, Observed};
use crate::trace::Run;
use crate::verdict::Verdict;

/// The key of the generator in a run that is made again with a seeded one. Any key will do.
const KEY: [u8; 32] = [7; 32];

/// With a shorter longest wait, delays are often equal by chance.
const CLEAR: Duration = Duration::from_millis(20);

/// Runs that were made again and recorded, each with its scenario.
#[derive(Default)]
pub(super) struct MadeAgain {
    pub scenarios: Vec<Scenario>,
    pub observed: Vec<Observed>,
}

impl MadeAgain {
    /// So many suspects are recorded first. Mostly they show what is wrong, and the others need not be made.
    const FIRST: usize = 3;

    /// Records the next of the runs with these indices. Returns whether there were any.
    ///
    /// # Errors
    /// Those of `observe`.
    pub fn record<Error>(
        &mut self,
        suspects: &[usize],
        scenarios: &[Scenario],
        seen: &Seen,
        observe: &mut impl FnMut(&[Scenario]) -> Result<Observations, Error>,
    ) -> Result<bool, Error> {
        let shares_seeds = |index: usize| {
            let run = seen.observed.get(index).and_then(Observed::run);
            run.is_some_and(|run| run.trace.shared_seeds > 0)
        };
        let is_new = |scenario: &Scenario| !self.scenarios.iter().any(|s| s.same_run(scenario));
        let recorded = |index: &usize| {
            let scenario = &scenarios[*index];
            // coroutines that share a seed draw the same delays only if their generators are seeded
            let seeded = matches!(scenario.rng_mode, RngMode::Scripted(_))
                .then(|| Scenario { rng_mode: RngMode::Seeded(KEY), ..scenario.clone() });
            let seeded = seeded.filter(|_| shares_seeds(*index));
            [Some(scenario.recorded()), seeded.map(|scenario| scenario.recorded())]
        };
        let open = suspects.iter().flat_map(recorded).flatten();
        let mut open: Vec<Scenario> = open.filter(|scenario| is_new(scenario)).collect();
        if self.scenarios.is_empty() {
            // the simplest first, but with delays that differ
            let rarely_differ = |scenario: &Scenario| scenario.budget.longest_wait < CLEAR;
            open.sort_by_key(|scenario| (rarely_differ(scenario), scenario.budget.futures));
            open.truncate(Self::FIRST);
        }
        if open.is_empty() {
            return Ok(false);
        }
        let again = observe(&open)?;
        if again.ended_from_outside().is_some() || again.observed.is_empty() {
            // what is known without them still counts
            return Ok(false);
        }
        let made = again.observed.len();
        // if a run did not end, those after it were not made; they stay without events
        self.scenarios.extend(open.into_iter().take(made));
        self.observed.extend(again.observed);
        Ok(true)
    }
}

/// How long a run may hold its thread, or did. All runs of a right solution stay far below what is allowed.
#[derive(Clone, Copy)]
struct Held {
    /// Without computing anything: it sleeps, or it waits for something.
    idle: Duration,
    /// Processor time.
    computing: Duration,
}

impl Held {
    /// Below this, other causes can't be told from the solution.
    const LEAST: Duration = Duration::from_millis(1);

    /// The same for a run that stands still: even a busy machine leaves one of several short runs alone.
    const LEAST_IDLE: Duration = Duration::from_micros(500);

    /// For each future, a run may stand still for so long.
    const IDLE_FOR_EACH: Duration = Duration::from_micros(5);

    /// The longer a run computes, the longer a busy machine lets it wait: so many times as long.
    const WAITS_FOR_ITS_TURN: u32 = 4;

    /// A run that computes for less is mostly not interrupted.
    const INTERRUPTED_FROM: Duration = Duration::from_millis(1);

    /// A run may start a thread for each future, and wait for it. On a busy machine, that may take so many times as long as
    /// it takes to start a thread that does nothing.
    const THREADS_FOR_EACH: u32 = 3;

    /// For each future, a run may compute for so long.
    const COMPUTING_FOR_EACH: Duration = Duration::from_micros(60);

    /// For each millisecond of each future's range: a solution may list all delays.
    const COMPUTING_FOR_EACH_DELAY: Duration = Duration::from_micros(2);

    /// The same for a solution that wakes up often, perhaps in each millisecond.
    const COMPUTING_FOR_EACH_WAKE: Duration = Duration::from_micros(30);

    /// For each two futures: a solution may compare all delays with each other.
    const COMPUTING_FOR_EACH_PAIR: Duration = Duration::from_micros(6);

    /// What a run of `scenario` may do on a machine that needs `thread_start` to start a thread.
    fn allowed(scenario: &Scenario, thread_start: Duration, habits: Habits) -> Self {
        let futures = scenario.budget.futures as u32;
        let thread = Self::IDLE_FOR_EACH.max(thread_start * Self::THREADS_FOR_EACH);
        let times = |each: Duration, count: u128| {
            Duration::from_nanos((each.as_nanos() * count).min(u128::from(u64::MAX)) as u64)
        };
        let for_each = match habits.wakes_often {
            true => Self::COMPUTING_FOR_EACH_WAKE,
            false => Self::COMPUTING_FOR_EACH_DELAY,
        };
        let for_delays = times(for_each, scenario.budget.total_wait_ms());
        let pairs = u128::from(futures) * u128::from(futures);
        let for_futures =
            Self::COMPUTING_FOR_EACH * futures + times(Self::COMPUTING_FOR_EACH_PAIR, pairs);
        Self {
            idle: Self::LEAST_IDLE + thread * futures,
            computing: Self::LEAST + for_futures + for_delays,
        }
    }

    fn by(run: &Run) -> Self {
        let computing = run.wall.cpu.min(run.wall.running);
        let idle = run.wall.running.saturating_sub(computing).saturating_sub(run.wall.stalled);
        Self { idle, computing }
    }

    /// By how much the run held its thread for longer than it may; at most 1 if it did not.
    fn excess(self, run: &Run) -> f64 {
        let (held, allowed) = (Self::by(run), self);
        let ratio = |held: Duration, allowed: Duration| held.as_secs_f64() / allowed.as_secs_f64();
        let turns =
            held.computing.saturating_sub(Self::INTERRUPTED_FROM) * Self::WAITS_FOR_ITS_TURN;
        ratio(held.idle, allowed.idle + turns).max(ratio(held.computing, allowed.computing))
    }
}

/// What larger runs of the same solution compute. A run with fewer futures and a shorter `max_delay` needs no more.
struct Larger<'a> {
    runs: Vec<(&'a Scenario, &'a Run)>,
}

impl Larger<'_> {
    /// So many larger runs must need less: any one of them may have had little to do by chance.
    const ENOUGH: usize = 3;

    /// With more futures, it matters in which order they complete: a solution may sort as it goes.
    const MOST_FUTURES: usize = 100;

    /// Differences up to this come from the machine.
    const SLACK: Duration = Duration::from_millis(3);

    /// How long a run of `scenario` may compute, by what larger ones do; `None` if there are too few.
    fn allow(&self, scenario: &Scenario) -> Option<Duration> {
        if scenario.budget.futures > Self::MOST_FUTURES {
            return None;
        }
        let is_larger = |other: &Scenario| {
            other.recorded == scenario.recorded
                && other.calls == 1
                && other.budget.futures >= scenario.budget.futures
                && other.budget.longest_wait >= scenario.budget.longest_wait
        };
        let larger = self.runs.iter().filter(|(other, _)| is_larger(other));
        let mut computing: Vec<Duration> = larger.map(|(_, run)| Held::by(run).computing).collect();
        computing.sort_unstable();
        // the run itself may be among them, but it is not one of the quickest if it matters
        computing.get(Self::ENOUGH - 1).map(|third| *third + Self::SLACK)
    }
}

/// How often a run that held its thread is made again. On a busy machine, each run is slow now and then, but not so often
/// in a row.
const AGAIN: usize = 8;

/// How many of the runs that held their thread are made again: those that did so for longest.
const MOST: usize = 4;

impl LookedAt<'_> {
    /// The verdict on a solution some of whose runs hold their thread each time they are made; `None` if there is no such
    /// run. It looks at the runs from the one with the index `first` on.
    pub(super) fn holds_each_time<Error>(
        &self,
        seen: &Seen,
        first: usize,
        observe: &mut impl FnMut(&[Scenario]) -> Result<Observations, Error>,
    ) -> Result<Option<Verdict>, Error> {
        let runs = || {
            let all = self.scenarios.iter().zip(&seen.observed);
            all.filter_map(|(scenario, observed)| Some((scenario, observed.run()?)))
        };
        let habits = Habits::of(runs());
        let larger = Larger { runs: runs().filter(|(_, run)| run.trace.has_returned()).collect() };
        let allowed = |scenario: &Scenario, thread_start| {
            let allowed = Held::allowed(scenario, thread_start, habits);
            // who wakes up often computes for as long as the delays are, which chance decides
            let by_larger = larger.allow(scenario).filter(|_| !habits.wakes_often);
            let computing = by_larger.map_or(allowed.computing, |by| by.min(allowed.computing));
            Held { computing: computing.max(Held::LEAST), ..allowed }
        };
        let mut held: Vec<(f64, &Scenario)> = runs()
            .skip(first)
            .filter(|(scenario, run)| run.trace.has_returned() && !scenario.brief)
            .map(|(scenario, run)| (allowed(scenario, Duration::ZERO).excess(run), scenario))
            .filter(|(excess, _)| *excess > 1.0)
            .collect();
        held.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        for (_, scenario) in held.into_iter().take(MOST) {
            // mostly, a single run shows that it was the machine
            let once = observe(std::slice::from_ref(scenario))?;
            let holds = |run: &Run| allowed(scenario, Duration::ZERO).excess(run) > 1.0;
            if !once.observed.iter().filter_map(Observed::run).all(holds) {
                continue;
            }
            let again = observe(&vec![scenario.clone(); AGAIN])?;
            let runs: Vec<&Run> = again.observed.iter().filter_map(Observed::run).collect();
            // the machine may be busy now and then, so the quickest of them counts; who waits for threads of its own waits
            // for a busy machine each time
            let thread_start = runs.iter().map(|run| run.wall.thread_start).max();
            let allowed = allowed(scenario, thread_start.unwrap_or_default());
            let excess = |run: &&Run| allowed.excess(run);
            let quickest = runs.iter().copied().min_by(|a, b| excess(a).total_cmp(&excess(b)));
            let all_made = runs.len() == AGAIN && runs.iter().all(|run| run.trace.has_returned());
            if let Some(run) = quickest.filter(|run| all_made && excess(run) > 1.0) {
                let diagnosis = self.task.blocks(scenario, run, self.source);
                let evidence = evidence::of_run(self.task, scenario, run, true);
                return Ok(Some(Verdict { evidence: Some(evidence), ..Verdict::of(diagnosis) }));
            }
        }
        Ok(None)
    }
}
