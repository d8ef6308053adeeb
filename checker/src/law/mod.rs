//! Laws: named properties of a trace that the contract asks for.
//!
//! A law looks at one run ([`Case`]) or at all of them together ([`Cases`]), and says nothing, or what is broken,
//! in a student's words and with this run's own numbers. This module holds the laws that hold for every task;
//! [`single`] those of one wait, [`many`] those of n waits, [`random`] those of randomness. Which waits are those of the
//! function that a task builds on is known from [`upstream`]. A task's file in [`crate::tasks`] puts the laws together.

use std::time::Duration;

use crate::code::Code;
use crate::course::Task;
use crate::scenario::{Sample, Scenario};
use crate::source::Source;
use crate::trace::{Place, Wait, What};
use crate::verdict::Diagnosis;
use crate::words;

pub use case::Case;
use ending::{End, ends, more_than_is_recorded, todo_reached};
pub use excuse::{Excuse, LISTED_IN_NO_TIME, excuse};

mod case;
pub mod chance;
mod ending;
mod excuse;
pub mod many;
pub mod random;
pub mod single;
mod spread;
#[cfg(test)]
pub mod trial;
pub mod upstream;
mod waits;

/// All that is known of a task when it is judged.
pub struct Cases<'a> {
    pub task: &'static Task,
    /// The scenarios that are planned, whether they were run yet or not.
    pub planned: Vec<&'a Scenario>,
    /// Whether all of them were run.
    pub complete: bool,
    pub runs: Vec<Case<'a>>,
    pub samples: Vec<(&'a Scenario, &'a [Sample])>,
    pub source: &'a Source,
}

impl<'a> Cases<'a> {
    /// A task of which nothing was run yet.
    pub fn none(task: &'static Task, source: &'a Source) -> Self {
        let (planned, runs, samples) = (Vec::new(), Vec::new(), Vec::new());
        Self { task, planned, complete: false, runs, samples, source }
    }
}

/// What a law about many runs needs to find anything. Without it, it would stay silent, and that must not look like
/// praise: a plan that has less is an error of the course.
pub struct Needs {
    /// The name of the law, for the error.
    pub law: &'static str,
    /// How much of what it needs a plan has.
    pub has: fn(&[&Scenario]) -> usize,
    pub least: usize,
}

/// What the laws found. Findings about one run come before those about all runs, and of one run the cause (by
/// the order of [`Code`]) before its symptoms.
#[derive(Default, Clone)]
pub struct Findings {
    found: Vec<(usize, Diagnosis)>,
    /// The stub's `todo!()` was reached before anything happened.
    pub untouched: bool,
    /// Laws that had too little to judge by, in words, although all that is planned was run.
    pub short: Vec<String>,
}

/// The rank of findings that speak of zero arguments: whatever else is wrong is wrong in general.
const AT_ZERO: usize = usize::MAX;
/// The rank of findings about all runs together.
const ALL_RUNS: usize = usize::MAX - 1;

impl Findings {
    /// Applies a law to every run that returned, and is known whole.
    pub fn each(&mut self, cases: &Cases, law: fn(&Case) -> Option<Diagnosis>) {
        self.each_of(cases, |case| !case.trace().cut, law);
    }

    /// Applies a law to every run that returned. It asks for nothing but what was returned, and when: that is known of
    /// those runs, too, of which not all events are.
    pub fn each_result(&mut self, cases: &Cases, law: fn(&Case) -> Option<Diagnosis>) {
        self.each_of(cases, |_| true, law);
    }

    fn each_of(
        &mut self,
        cases: &Cases,
        fits: fn(&Case) -> bool,
        law: fn(&Case) -> Option<Diagnosis>,
    ) {
        let returned = |(_, case): &(usize, &Case)| case.returned().is_some() && fits(case);
        for (index, case) in cases.runs.iter().enumerate().filter(returned) {
            if let Some(diagnosis) = law(case) {
                self.add(if diagnosis.code == Code::Zero { AT_ZERO } else { index }, diagnosis);
            }
        }
    }

    /// Applies a law to all runs together.
    pub fn all(&mut self, cases: &Cases, law: fn(&Cases) -> Option<Diagnosis>) {
        self.found.extend(law(cases).map(|diagnosis| (ALL_RUNS, diagnosis)));
    }

    /// Applies a law to all runs together that can't judge without enough of some kind.
    pub fn all_of(&mut self, cases: &Cases, needs: &Needs, law: fn(&Cases) -> Option<Diagnosis>) {
        let has = (needs.has)(&cases.planned);
        if cases.complete && has < needs.least {
            let Needs { law, least, .. } = needs;
            self.short.push(format!("the law `{law}` has {has} to judge by, and needs {least}"));
        }
        self.all(cases, law);
    }

    /// The law of every program: it ends, by returning.
    pub fn ends(&mut self, cases: &Cases) {
        let returned = || cases.runs.iter().filter(|case| case.returned().is_some());
        let fine_but_for_zero = returned().any(|case| !case.is_zero());
        let fine_but_for_long = returned().any(|case| !case.is_long());
        for (index, case) in cases.runs.iter().enumerate() {
            if fine_but_for_long && excuse(case.scenario, case.trace()).is_some() {
                continue;
            }
            match ends(case, case.is_zero() && fine_but_for_zero) {
                Some(End::Untouched) if cases.runs.iter().all(|case| case.returned().is_none()) => {
                    self.untouched = true;
                }
                Some(End::Untouched) => self.add(index, todo_reached(case)),
                Some(End::Broken(diagnosis)) if diagnosis.code == Code::Zero => {
                    self.add(AT_ZERO, diagnosis)
                }
                Some(End::Broken(diagnosis)) => self.add(index, diagnosis),
                None => {
                    if let Some(diagnosis) = more_than_is_recorded(case) {
                        self.add(index, diagnosis);
                    }
                }
            }
        }
    }

    /// Applies a law to all runs together, if nothing else was found to be wrong in any of them.
    pub fn all_if_right(
        &mut self,
        cases: &Cases,
        needs: &Needs,
        law: fn(&Cases) -> Option<Diagnosis>,
    ) {
        let right = self.found.iter().all(|(_, diagnosis)| diagnosis.code.is_remark());
        self.all_of(cases, needs, if right { law } else { |_| None });
    }

    fn add(&mut self, index: usize, diagnosis: Diagnosis) {
        self.found.push((index, diagnosis));
    }

    /// Nothing was found so far that would make more runs pointless.
    pub fn go_on(&self) -> bool {
        self.found.iter().all(|(index, d)| *index == AT_ZERO || d.code.is_remark())
    }

    /// The diagnoses of the run that shows most clearly what is wrong, each code once, the most likely cause first;
    /// with the index of that run. (What other runs show may be another side of the same, and would only confuse.)
    pub fn diagnoses(self) -> Vec<(usize, Diagnosis)> {
        let mut found = self.broken();
        let first = found.iter().map(|(index, _)| *index).min();
        found.retain(|(index, _)| Some(*index) == first);
        let mut found = each_code_once(found);
        if let Some(cause) = found.first().map(|(_, diagnosis)| diagnosis.code) {
            found.retain(|(_, symptom)| !explains(cause, symptom.code));
        }
        found
    }

    /// The remarks, each code once.
    pub fn remarks(self) -> Vec<Diagnosis> {
        let remarks =
            self.found.into_iter().filter(|(_, diagnosis)| diagnosis.code.is_remark()).collect();
        each_code_once(remarks).into_iter().map(|(_, diagnosis)| diagnosis).collect()
    }

    fn broken(&self) -> Vec<(usize, Diagnosis)> {
        self.found.iter().filter(|(_, diagnosis)| !diagnosis.code.is_remark()).cloned().collect()
    }
}

/// Whether `symptom` is nothing that needs to be said where `cause` is: it would only lead astray.
fn explains(cause: Code, symptom: Code) -> bool {
    use Code::{
        BoundExcluded, Clock, Coarse, FixedDelay, Randomness, SameGenerator, Skewed, WrongTime,
    };
    match cause {
        // time that somebody moved tells nothing
        Clock => symptom != Clock,
        // nor does the spread of delays that come from another generator
        Randomness | SameGenerator => {
            [BoundExcluded, Coarse, FixedDelay, Skewed, WrongTime].contains(&symptom)
        }
        _ => false,
    }
}

fn each_code_once(mut found: Vec<(usize, Diagnosis)>) -> Vec<(usize, Diagnosis)> {
    found.sort_by_key(|(index, diagnosis)| (*index, diagnosis.code));
    let mut seen = Vec::new();
    found.retain(|(_, diagnosis)| {
        let new = !seen.contains(&diagnosis.code);
        seen.push(diagnosis.code);
        new
    });
    found
}

impl Diagnosis {
    /// The same, pointing at `place`, if it is one that a student has written.
    pub fn at(self, place: Option<Place>) -> Self {
        Self { place: place.filter(|place| place.task().is_some()), ..self }
    }
}

/// The clock is nobody's to move.
pub fn leaves_the_clock_alone(case: &Case) -> Option<Diagnosis> {
    let moved = case.trace().events.iter().find_map(|event| match event.what {
        What::ClockMoved { to } => Some(to),
        _ => None,
    })?;
    let place = ["advance", "resume", "pause"].iter().find_map(|name| case.source.call_of(name));
    let text = format!(
        "The clock moved on to {} although the program was not waiting: somebody moved it by hand.",
        words::time(moved)
    );
    Some(case.broken(Code::Clock, text).at(place))
}

/// All waiting is done on the runtime that the function was called on, or given.
pub fn stays_on_its_runtime(case: &Case) -> Option<Diagnosis> {
    let place = case.trace().events.iter().find_map(|event| match &event.what {
        What::Elsewhere { place } => Some(place.clone()),
        _ => None,
    })?;
    let own =
        case.source.call_of("Runtime").or_else(|| case.source.call_of("block_on")).unwrap_or(place);
    let text =
        "A wait took place on another runtime than the one at hand, with a clock of its own.";
    Some(case.broken(Code::OwnRuntime, text).at(Some(own)))
}

/// Remark: nothing here needs a thread that may block.
pub fn no_blocking_thread(case: &Case) -> Option<Diagnosis> {
    let text = "It hands work to a thread of the blocking pool, which is not needed.";
    case.used_a_blocking_thread()
        .then(|| case.broken(Code::NeedlessTask, text).at(case.source.call_of("spawn_blocking")))
}

/// When the function has returned, nothing of it goes on.
pub fn leaves_nothing_running(case: &Case) -> Option<Diagnosis> {
    let trace = case.trace();
    if trace.leftover_tasks > 0 {
        let ended: Vec<usize> = trace
            .events
            .iter()
            .filter_map(|event| match event.what {
                What::Ended { task } => Some(task),
                _ => None,
            })
            .collect();
        let place = trace
            .spawns()
            .find(|(task, ..)| !ended.contains(task))
            .map(|(_, _, place)| place.clone());
        let tasks = words::count(trace.leftover_tasks, "task");
        let verb = if trace.leftover_tasks == 1 { "was" } else { "were" };
        let mut text = format!(
            "{tasks} of its making {verb} still alive after {} had returned.",
            case.task.function
        );
        let waits_on = |wait: &Wait| !wait.done && wait.task != 0 && !case.is_own(&wait.place);
        let one_call = case.scenario.n == 1 && case.task.counts_tasks && !case.task.takes_n;
        if one_call && case.waits.iter().any(waits_on) {
            text.push_str(" The handle that it returned is another task's.");
        }
        return Some(case.broken(Code::LeftoverTasks, text).at(place));
    }
    if trace.leftover_threads > 0 {
        let threads = words::count(trace.leftover_threads, "thread");
        let text =
            format!("{threads} of its making still ran after {} had returned.", case.task.function);
        return Some(case.broken(Code::LeftoverThreads, text).at(case.source.call_of("spawn")));
    }
    None
}

/// Runs that take about as long as each other on the real clock.
struct Comparable {
    max_delay: Duration,
    /// Coroutines.
    most: usize,
    /// What the quickest of them may take. Where the range is large, drawing from a list of all delays takes some time
    /// too, so there only a clear case counts.
    limit: Duration,
}

const COMPARABLE: [Comparable; 2] = [
    Comparable { max_delay: Duration::from_millis(50), most: 12, limit: Duration::from_millis(1) },
    Comparable { max_delay: Duration::from_secs(5), most: 2, limit: Duration::from_millis(8) },
];

impl Comparable {
    /// In fewer runs, the machine may have been busy with something else each time.
    const LEAST: usize = 5;

    fn has(&self, scenario: &Scenario) -> bool {
        scenario.calls == 1
            && (1..=self.most).contains(&scenario.n)
            && scenario.max_delay == self.max_delay
    }

    /// Whether a run that takes so long is one of them: where little is waited, whoever blocks instead of it blocks little.
    fn is_waited_for(&self, took: Duration) -> bool {
        took * 5 >= self.max_delay
    }

    /// Whether a run under this scenario will be one of them, as far as its delays are prescribed.
    fn will_have(&self, scenario: &Scenario) -> bool {
        let longest = scenario.delays().and_then(|delays| delays.into_iter().max());
        self.has(scenario) && longest.is_none_or(|longest| self.is_waited_for(longest))
    }
}

/// What [`never_blocks`] needs: runs in one of the two kinds.
pub const NEVER_BLOCKS: Needs = Needs {
    law: "never_blocks",
    has: |planned| {
        let of = |kind: &Comparable| planned.iter().filter(|s| kind.will_have(s)).count();
        COMPARABLE.iter().map(of).min().unwrap_or_default()
    },
    least: Comparable::LEAST,
};

/// The thread is never held. Judged by the quickest of many runs with one `max_delay`: one slow run may be the
/// machine's doing, a slow quickest run is not.
pub fn never_blocks(cases: &Cases) -> Option<Diagnosis> {
    COMPARABLE.iter().find_map(|kind| {
        let comparable = |case: &&Case| {
            case.returned().is_some() && kind.has(case.scenario) && kind.is_waited_for(case.took())
        };
        let runs: Vec<&Case> = cases.runs.iter().filter(comparable).collect();
        let quickest = runs.iter().min_by_key(|case| case.run.wall.running)?;
        // who wakes often, works often
        let limit = kind.limit + Duration::from_micros(20) * quickest.waits.len() as u32;
        let blocks_each_time = quickest.run.wall.running >= limit;
        (runs.len() >= Comparable::LEAST && blocks_each_time).then(|| blocks(quickest))
    })
}

/// The diagnosis of a thread that was held.
pub fn blocks(case: &Case) -> Diagnosis {
    let held = words::time(Duration::from_millis(case.run.wall.running.as_millis() as u64));
    let function = case.task.function;
    let text = if case.used_a_blocking_thread() {
        format!(
            "{function} handed its wait to a thread that blocks: that costs a thread for each wait, and the runtime can't see it."
        )
    } else {
        format!(
            "{function} held its thread for {held} of real time; while it does, no other coroutine can run."
        )
    };
    case.broken(Code::Blocking, text).at(case.source.call_of("sleep"))
}
