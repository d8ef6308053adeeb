//! Task 3, `measure_time`: an async program is run to its end, and timed on the runtime's clock.

use std::time::Duration;

use super::{Plan, Task, further_seed, many_waits};
use crate::contract::TaskInfo;
use crate::contract::scenario::{RngMode, Scenario};
use crate::format::{count, time};
use crate::rules::{
    AllRuns, Check, Needs, Rule, RunView, blocks, chance::too_many, every, many, random,
};
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::Wait;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

use value::{THE_TIME_THAT_PASSED, ZERO_FOR_NONE, close, value};

mod value;

pub static TASK: Task = Task::new(&INFO, plan, &[&RULES])
    .shaped(|picture, scenario| picture.returned = Some(vec![mean(picture, scenario)]))
    .evened_out(|picture, scenario| {
        let exact = mean(picture, scenario);
        if let Some([value]) = picture.returned.as_deref_mut()
            && close(*value, exact)
        {
            *value = exact;
        }
    });

pub static INFO: TaskInfo = TaskInfo {
    number: 3,
    name: "measure-runtime",
    title: "Run it, and time it",
    concept: "runtimes, block_on, clocks",
    points: 15,
    function: "measure_time",
    signature: "pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(runtime: &Runtime, rng: &mut R, n: usize, max_delay: Duration) -> Duration",
    adapter: "measure_runtime::measure_time",
    dependencies: &[&super::wait_n::INFO, &super::wait_random::INFO],
    counts_tasks: false,
    takes_n: true,
};

fn mean(picture: &NormalizedTrace, scenario: &Scenario) -> Duration {
    picture.took / (scenario.n as u32).max(1)
}

fn plan(seed: u64) -> Plan {
    let mut further = many_waits::further(seed);
    // who returns what it should have taken, instead of what it took, is told by runs that take a little longer
    further.extend((0..3).map(|i| Scenario::seeded(further_seed(seed, i), 4, 300).late()));
    Plan { public: many_waits::public(), further }
}

/// As for other tasks; but zeros are another rule's matter.
static VARIED: Rule = Rule {
    check: Check::All(random::NEEDS_VARIED, |cases| {
        random::varied(cases).filter(|found| found.code != Code::NoSleep)
    }),
    ..random::VARIED
};

static RULES: [&Rule; 16] = [
    &every::ENDS,
    &every::LEAVES_THE_CLOCK_ALONE,
    &every::STAYS_ON_ITS_RUNTIME,
    &RUNS_WAIT_N,
    &WITH_THE_ARGUMENTS_GIVEN,
    &ALL_WAITS_OF_WAIT_N,
    &THE_TIME_THAT_PASSED,
    &ZERO_FOR_NONE,
    &every::LEAVES_NOTHING_RUNNING,
    &every::NEVER_BLOCKS,
    &random::REPRODUCIBLE,
    &VARIED,
    &random::DRAWS_FROM_THE_GENERATOR,
    &many::NO_NEEDLESS_SLEEP,
    &every::NO_BLOCKING_THREAD,
    &NO_OWN_TASK,
];

pub static RUNS_WAIT_N: Rule = Rule {
    name: "runs_wait_n",
    asks: "`wait_n` is run to its end, and nothing else waits.",
    codes: &[Code::DependencyBypassed, Code::DependencyNotRun, Code::WrongTime, Code::Blocking],
    silenced_by: &[],
    check: Check::Run(runs_wait_n),
};

fn runs_wait_n(case: &RunView) -> Option<Diagnosis> {
    if !case.scenario.late.is_zero() {
        // a sleep of no length after it takes time there, between two ticks of the timers, and does no harm
        return None;
    }
    let place =
        case.source.call_of("wait_n").or_else(|| case.source.definition_of(case.task.function));
    if !case.source.mentions("wait_n") {
        let text = "`wait_n` is called nowhere: measure_time is to be built on it.";
        return Some(case.broken(Code::DependencyBypassed, text).at(place));
    }
    let waits = case.done_upstream();
    if !case.cut_short().is_empty() {
        let text = format!(
            "It returned after {}, while a wait was still under way: `wait_n` was not run to its end.",
            time(case.took())
        );
        return Some(case.broken(Code::DependencyNotRun, text).at(place));
    }
    let nothing_to_wait_for = case.made_upstream() > 0 && !case.needs_some_time();
    if let Some(own) = case.done().next().filter(|_| waits.is_empty() && !nothing_to_wait_for) {
        let text = "None of its waits is one of `wait_n`: it makes sleeps of its own.";
        return Some(case.broken(Code::DependencyBypassed, text).at(Some(own.place.clone())));
    }
    let starts = waits.iter().filter_map(|wait| wait.span).map(|(from, _)| from);
    let n = case.scenario.n;
    if (2..=n).contains(&waits.len())
        && !case.upstream.may_wait_several_times()
        && starts.clone().all(|from| starts.clone().filter(|other| *other == from).count() == 1)
    {
        let text = format!(
            "Its {} follow one another: `wait_n` is to be run once, for all {n} of them.",
            count(waits.len(), "wait")
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let last =
        waits.iter().filter_map(|wait| wait.span).map(|(_, to)| to).max().unwrap_or_default();
    if !waits.is_empty() && case.took() > last {
        let text = format!(
            "`wait_n` was done after {}, and it returned only after {}: something else waits as well.",
            time(last),
            time(case.took())
        );
        let own = case.done().find(|wait| case.is_own(&wait.place)).map(|wait| wait.place.clone());
        return Some(case.broken(Code::WrongTime, text).at(own.or(place)));
    }
    // bytes are drawn as soon as `wait_n` makes its first generator
    let nothing_drawn =
        n > 1 && case.trace().draws().next().is_none() && case.all_zero_is_rarer_than(3.5);
    if !case.took().is_zero() || !nothing_drawn && !case.needs_some_time() {
        return None;
    }
    let longest =
        case.scenario.delays().and_then(|delays| delays.into_iter().max()).unwrap_or_default();
    if case.held_the_thread(longest) {
        return Some(blocks(case));
    }
    let why = if case.trace().draws().next().is_some() {
        "either `wait_n` was not run to its end, or it was given another n or `max_delay`"
    } else {
        "`wait_n` was never run to its end"
    };
    let text = format!(
        "It returned {} at once: no time passed on the runtime's clock, so {why}.",
        time(value(case)?)
    );
    Some(case.broken(Code::DependencyNotRun, text).at(place))
}

pub static WITH_THE_ARGUMENTS_GIVEN: Rule = Rule {
    name: "with_the_arguments_given",
    asks: "`wait_n` is run once, for n, with the `max_delay` given.",
    codes: &[Code::WrongTime],
    silenced_by: &[],
    check: Check::Run(with_the_arguments_given),
};

/// As far as a single run tells.
fn with_the_arguments_given(case: &RunView) -> Option<Diagnosis> {
    let (waits, n, place) = (case.done_upstream(), case.scenario.n, case.source.call_of("wait_n"));
    // where the machine is late, so is the end of a wait
    let too_long = |wait: &&&Wait| case.scenario.late.is_zero() && wait.length() > case.max_delay();
    if let Some(long) = waits.iter().find(too_long) {
        let text = format!(
            "One of the waits of `wait_n` takes {}, and `max_delay` is {}: it is to be run with the `max_delay` given.",
            time(long.length()),
            time(case.max_delay())
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let upstream = case.upstream;
    if n == 0 {
        // there is nothing to wait for: that is another rule's matter
        return None;
    }
    if !upstream.waits_once() || !upstream.takes_what_is_prescribed() || case.took().is_zero() {
        return None;
    }
    // a delay may be zero, and is no wait then
    let zeros = n as f64 / (case.max_delay().as_millis() as f64 + 1.0);
    let text = if waits.len() > n {
        format!("For n = {n} there were {}", count(waits.len(), "wait"))
    } else if too_many(n - waits.len(), zeros) {
        format!("For n = {n} there were only {}", count(waits.len(), "wait"))
    } else {
        return None;
    };
    let text =
        format!("{text}: `wait_n` is to be run once, for n, and with the `max_delay` given.");
    Some(case.broken(Code::WrongTime, text).at(place))
}

/// So many runs of several coroutines, and of one, tell whether all that is waited for is a `wait_n` of n.
const SEVERAL: usize = 10;
const SINGLES: usize = 3;

/// What [`all_waits_of_wait_n`] needs.
const NEEDS_ALL_WAITS: Needs = Needs {
    has: |planned| {
        let of = |fits: fn(usize) -> bool| {
            let long = |s: &&&Scenario| s.max_delay == Duration::from_secs(5) && fits(s.n);
            planned.iter().filter(long).count()
        };
        if of(|n| n == 1) < SINGLES { 0 } else { of(|n| n >= 2) }
    },
    least: SEVERAL,
};

pub static ALL_WAITS_OF_WAIT_N: Rule = Rule {
    name: "all_waits_of_wait_n",
    asks: "Over many runs, all waits are those of one `wait_n` for n, and every delay comes equally often.",
    codes: &[Code::WrongTime, Code::DependencyNotRun],
    silenced_by: &[],
    check: Check::All(NEEDS_ALL_WAITS, all_waits_of_wait_n),
};

fn all_waits_of_wait_n(cases: &AllRuns) -> Option<Diagnosis> {
    let long = |case: &&RunView| {
        case.scenario.n >= 2 && case.max_delay() == Duration::from_secs(5) && is_known_whole(case)
    };
    let runs: Vec<&RunView> = cases.runs.iter().filter(long).collect();
    let place = cases.source.call_of("wait_n");
    let few = |case: &&&RunView| case.done_upstream().len() < case.scenario.n;
    if let Some(case) = runs
        .iter()
        .find(few)
        .filter(|_| runs.len() >= SEVERAL && runs.iter().filter(few).count() * 2 > runs.len())
    {
        let text = format!(
            "For n = {} there were only {}: `wait_n` is to be run for n.",
            case.scenario.n,
            count(case.done_upstream().len(), "wait")
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let single = |case: &&RunView| {
        let returned = case.returned().is_some();
        returned && case.scenario.n == 1 && case.max_delay() == Duration::from_secs(5)
    };
    let singles = || cases.runs.iter().filter(single);
    if singles().count() >= SINGLES && singles().all(|case| case.took().is_zero()) {
        let text = "For n = 1 no time passes: `wait_n` is not run to its end then.";
        return Some(singles().next()?.broken(Code::DependencyNotRun, text).at(place));
    }
    let many = || runs.iter().filter(|case| case.scenario.n >= 5);
    // the pieces of its waits may all begin together
    let again = |case: &&&RunView| {
        case.scenario.n >= 5 && !case.upstream.may_wait_several_times() && begins_again(case)
    };
    if let Some(case) =
        runs.iter().find(again).filter(|_| runs.iter().filter(again).count() * 2 > many().count())
    {
        let text = "When all its waits were done, others began: `wait_n` is to be run once.";
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    // a cap shows where it is reached, and an end that is left out where it comes often
    let maxima = [5000, 86_400_000, 4].map(Duration::from_millis);
    let waits_once = cases.runs.first().is_some_and(|case| case.upstream.waits_once());
    maxima.into_iter().filter(|max| waits_once || max.as_secs() > 0).find_map(|max_delay| {
        let whole = |case: &&RunView| {
            let plain = matches!(case.scenario.rng_mode, RngMode::Seeded(_));
            let waits_of_n = || case.done_upstream().len() <= case.scenario.n;
            plain && case.max_delay() == max_delay && is_known_whole(case) && waits_of_n()
        };
        let runs: Vec<&RunView> = cases.runs.iter().filter(whole).collect();
        let lengths = runs.iter().flat_map(|case| {
            let waits = case.done_upstream().into_iter().map(|wait| wait.length());
            // those of no length are no waits
            let zeros = if waits_once { case.scenario.n } else { 0 };
            let zeros = std::iter::repeat_n(Duration::ZERO, zeros.saturating_sub(waits.len()));
            waits.chain(zeros)
        });
        let (_, text) = random::spread_of(&lengths.collect::<Vec<_>>(), max_delay)?;
        let text = format!("`wait_n` was not run with the `max_delay` given. {text}");
        Some(runs.first()?.broken(Code::WrongTime, text).at(place.clone()))
    })
}

/// Whether it returned, and all that it has waited for is recorded.
fn is_known_whole(case: &RunView) -> bool {
    case.returned().is_some() && !case.trace().cut
}

/// Whether n waits begin together, in an instant in which earlier ones are done, all of them.
fn begins_again(case: &RunView) -> bool {
    let spans: Vec<_> = case.done_upstream().iter().filter_map(|wait| wait.span).collect();
    spans.iter().any(|(begin, _)| {
        let together = spans.iter().filter(|(from, _)| from == begin).count();
        let under_way = spans.iter().any(|(from, to)| from < begin && to > begin);
        let earlier = spans.iter().any(|(from, _)| from < begin);
        earlier && together >= case.scenario.n && !under_way
    })
}

pub static NO_OWN_TASK: Rule = Rule {
    name: "no_own_task",
    asks: "`wait_n` need not be a task to be run.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(no_own_task),
};

fn no_own_task(case: &RunView) -> Option<Diagnosis> {
    let (_, _, place) = *case.spawns_in_own_files().first()?;
    let text = "It spawns a task, though `block_on` runs the coroutine itself.";
    Some(case.broken(Code::NeedlessTask, text).at(Some(place.clone())))
}

#[cfg(test)]
mod tests;
