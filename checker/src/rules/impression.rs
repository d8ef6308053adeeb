//! What a run tells by its result and its time alone. A run without events is judged by that first. If something is not as
//! it should be, the judge makes the run again, with its events, and the other rules say what is wrong.

use std::time::Duration;

use super::{Habits, WaitRun, excuse};

/// What a run tells by its result and its time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Impression {
    /// Whether the result and the time of the run don't fit each other.
    pub is_odd: bool,
    /// Whether the delays that the scenario prescribes came out; `None` if it prescribes none.
    pub as_prescribed: Option<bool>,
}

/// A solution may wait in pieces. After a late timer, each of them may begin within a millisecond, and then ends at the next
/// whole one.
const AFTER_A_LATE_TIMER: Duration = Duration::from_millis(25);

/// The impression of a run whose result is all of its delays.
pub fn of_delays(case: &WaitRun) -> Impression {
    let Some(returned) = case.returned() else { return Impression::default() };
    let longest = returned.iter().max().copied().unwrap_or_default();
    let late = case.scenario.timer_delay;
    let latest = if late.is_zero() { longest } else { longest + late + AFTER_A_LATE_TIMER };
    let in_time = (longest..=latest).contains(&case.elapsed());
    let is_odd = !in_time || returned.len() != case.scenario.input.n;
    let as_prescribed = prescribed(case).map(|mut delays| {
        if case.task.takes_n {
            delays.sort();
        }
        // on a late machine, a solution may return what it has measured
        let most = if late.is_zero() { Duration::ZERO } else { late + AFTER_A_LATE_TIMER };
        let fits =
            |(delay, returned): (&Duration, &Duration)| (*delay..=*delay + most).contains(returned);
        delays.len() == returned.len()
            && delays.iter().zip(returned).all(fits)
            && case.elapsed() >= delays.iter().max().copied().unwrap_or_default()
    });
    Impression { is_odd, as_prescribed }
}

/// The delays that the scenario of a call prescribes, if there is something to do.
pub fn prescribed(case: &WaitRun) -> Option<Vec<Duration>> {
    let delays = case.scenario.delays().filter(|_| !case.is_zero())?;
    case.returned().map(|_| delays)
}

/// What all runs of a task together tell about the script: whether the solution draws in such a way that the delays are
/// those that a script prescribes. Most do. One that puts a delay together bit by bit does not, or only now and then.
#[derive(Debug, Clone, Copy, Default)]
pub struct Following {
    /// How many runs had the delays that their script prescribes, and how many had others.
    all: (usize, usize),
    /// The same for runs with a short `max_delay`.
    short: (usize, usize),
}

impl Following {
    /// A solution that does not follow the script at all still follows it in some runs by chance, or in those that are
    /// simple: a shuffled list does in a third of them.
    const PERCENT: usize = 60;

    /// With a short `max_delay`, a solution that follows the script does so nearly always. Then a mistake with longer
    /// ones can't hide in their number.
    const PERCENT_SHORT: usize = 95;

    /// So many runs with a short `max_delay` are enough to tell.
    const ENOUGH: usize = 20;

    /// Up to this `max_delay`, a range counts as short.
    const SHORT: Duration = Duration::from_millis(200);

    /// Counts these runs, each with its impression. A run that was asked for more draws than its script has does not
    /// count.
    pub fn of<'a>(runs: impl Iterator<Item = (&'a WaitRun<'a>, Impression)>) -> Self {
        let mut following = Self::default();
        for (case, impression) in runs {
            let Some(as_prescribed) = impression.as_prescribed else { continue };
            // who puts a delay together bit by bit gets zero if zero is prescribed
            if case.trace().off_script || !case.is_plain() || case.all_are_zero() {
                continue;
            }
            let count = |counts: &mut (usize, usize)| {
                if as_prescribed { counts.0 += 1 } else { counts.1 += 1 }
            };
            count(&mut following.all);
            if case.max_delay() <= Self::SHORT {
                count(&mut following.short);
            }
        }
        following
    }

    /// Whether the delays of a script must come out in every run.
    pub fn is_expected(&self) -> bool {
        let share = |(yes, no): (usize, usize), percent| yes * 100 >= percent * (yes + no);
        let (yes, no) = self.short;
        let mostly = share(self.all, Self::PERCENT) && share(self.short, Self::PERCENT);
        self.all.0 > 0 && mostly
            || yes + no >= Self::ENOUGH && share(self.short, Self::PERCENT_SHORT)
    }

    /// Whether the solution follows the script so often that it must not need more draws than the script has.
    pub fn needs_no_more_draws(&self, off_script: usize) -> bool {
        self.is_expected() && off_script * 20 <= self.all.0
    }
}

/// Runs, each with its impression, and whether each has delays that its script does not prescribe although it should.
pub struct Impressions<'a> {
    runs: &'a [WaitRun<'a>],
    of_runs: Vec<Impression>,
    following: Following,
    /// Whether no run may need more draws than its script has.
    strict: bool,
}

impl<'a> Impressions<'a> {
    /// The impressions of these runs, which `of` gives.
    pub fn of(runs: &'a [WaitRun<'a>], of: impl Fn(&WaitRun) -> Impression) -> Self {
        let of_runs: Vec<Impression> = runs.iter().map(of).collect();
        let following = Following::of(runs.iter().zip(of_runs.iter().copied()));
        let off_script = runs.iter().filter(|case| case.trace().off_script).count();
        let strict = following.needs_no_more_draws(off_script);
        Self { runs, of_runs, following, strict }
    }

    fn each(&self) -> impl Iterator<Item = (&'a WaitRun<'a>, Impression)> {
        self.runs.iter().zip(self.of_runs.iter().copied())
    }

    /// The runs that have other delays than their script prescribes, although the solution follows the script in others.
    pub fn unlike_script(&self) -> impl Iterator<Item = &'a WaitRun<'a>> {
        let unlike = |case: &WaitRun, impression: Impression| {
            let counts = self.following.is_expected() && !case.trace().off_script || self.strict;
            counts && impression.as_prescribed == Some(false)
        };
        self.each()
            .filter(move |(case, impression)| unlike(case, *impression))
            .map(|(case, _)| case)
    }

    /// The runs whose result and time don't fit each other.
    pub fn odd(&self) -> impl Iterator<Item = &'a WaitRun<'a>> {
        self.each().filter(|(_, impression)| impression.is_odd).map(|(case, _)| case)
    }

    /// The runs in which generators share seeds, if the solution does not do that in others. (A generator that is forked
    /// from a scripted one gets the same seed again and again.)
    fn share_seeds(&self) -> impl Iterator<Item = &'a WaitRun<'a>> {
        let shares = |case: &&WaitRun| case.trace().shared_seeds > 0;
        let several = self.runs.iter().filter(|case| case.scenario.input.n > 1);
        let (all, sharing) = (several.clone().count(), several.filter(shares).count());
        let is_rare = sharing * 2 <= all;
        self.runs.iter().filter(move |case| is_rare && shares(case))
    }

    /// The indices of runs that are not as they should be, and whose events are not known, but would tell why.
    pub fn suspects(&self) -> Vec<usize> {
        let habits = Habits::of(self.runs.iter().map(|case| (case.scenario, case.run)));
        let did_not_return = |case: &&WaitRun| {
            let excused = || excuse(case.scenario, case.trace(), habits).is_some();
            !case.trace().has_returned() && !excused()
        };
        let ended = self.runs.iter().filter(did_not_return);
        let all = ended.chain(self.odd()).chain(self.unlike_script()).chain(self.share_seeds());
        let mut suspects: Vec<usize> = all
            .filter(|case| !case.is_recorded() && case.is_plain())
            .map(|case| case.index)
            .collect();
        suspects.sort_unstable();
        suspects.dedup();
        suspects
    }
}
