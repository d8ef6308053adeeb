//! The rules about the arguments of `wait_n`: it is run once, with the n and the `max_delay` that `measure_time` is
//! given.

use std::time::Duration;

use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::{count, time};
use crate::rules::{Check, Needs, Rule, WaitRun, WaitRuns, chance::too_many, random};
use crate::tasks::waits::DAY;
use crate::trace::{SourceLocation, Wait};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const WITH_THE_ARGUMENTS_GIVEN: Rule<WaitInput> = Rule {
    name: "with_the_arguments_given",
    asks: "The function runs `wait_n` once, with the n and the `max_delay` that it is given.",
    codes: &[Code::WrongTime],
    silenced_by: &[],
    check: Check::Run(with_the_arguments_given),
};

/// Checks the arguments, as far as a single run shows them.
pub(super) fn with_the_arguments_given(case: &WaitRun) -> Option<Diagnosis> {
    longer_than_max_delay(case).or_else(|| another_number_than_n(case))
}

fn longer_than_max_delay(case: &WaitRun) -> Option<Diagnosis> {
    // with late timers, a wait may end after `max_delay`
    let too_long =
        |wait: &&Wait| case.scenario.timer_delay.is_zero() && wait.length() > case.max_delay();
    let long = case.done_by_dependency().into_iter().find(too_long)?;
    let text = format!(
        "One of the waits of `wait_n` takes {}, but `max_delay` is {}. Pass the `max_delay` that you are given to `wait_n`.",
        time(long.length()),
        time(case.max_delay())
    );
    Some(case.broken(Code::WrongTime, text).at(case.source.call_of("wait_n")))
}

/// Compares the number of waits with n. With n = 0, another rule reports any wait.
fn another_number_than_n(case: &WaitRun) -> Option<Diagnosis> {
    let (waits, n) = (case.done_by_dependency().len(), case.scenario.input.n);
    let dependency = case.dependency;
    let is_known = dependency.waits_once() && dependency.takes_what_is_prescribed();
    if n == 0 || !is_known || case.elapsed().is_zero() {
        return None;
    }
    // a delay of zero makes no wait
    let zeros = n as f64 / (case.max_delay().as_millis() as f64 + 1.0);
    let all = count(waits, "wait");
    let were = if waits > n {
        all
    } else if too_many(n - waits, zeros) {
        format!("only {all}")
    } else {
        return None;
    };
    let text = format!(
        "For n = {n} there were {were}. Run `wait_n` once, with the n and the `max_delay` that you are given."
    );
    Some(case.broken(Code::WrongTime, text).at(case.source.call_of("wait_n")))
}

pub const ALL_WAITS_OF_WAIT_N: Rule<WaitInput> = Rule {
    name: "all_waits_of_wait_n",
    asks: "Over many runs, all waits come from one `wait_n` with the given n, and every delay is equally frequent.",
    codes: &[Code::WrongTime, Code::DependencyNotRun],
    silenced_by: &[],
    check: Check::All(NEEDS_ALL_WAITS, all_waits_of_wait_n),
};

/// With this `max_delay`, a delay is rarely zero.
const LONG: Duration = Duration::from_secs(5);

/// How many runs with n of at least 2 show whether all waits come from one `wait_n` of n.
const SEVERAL: usize = 10;

/// How many runs with n = 1 are needed for that.
const SINGLES: usize = 3;

/// From this n on, the waits of a second `wait_n` are recognised.
const MANY: usize = 5;

/// The values of `max_delay` whose waits are tested for being uniform. The large one shows a cap, and the small one
/// shows an end that is left out.
const MAXIMA: [Duration; 3] = [LONG, Duration::from_millis(DAY), Duration::from_millis(4)];

/// What the rule `all_waits_of_wait_n` needs: enough runs with the same `max_delay`, for n = 1 and for larger n.
const NEEDS_ALL_WAITS: Needs<WaitInput> = Needs {
    has: |planned| {
        let of = |fits: fn(usize) -> bool| {
            let long = |s: &&&WaitScenario| s.input.max_delay == LONG && fits(s.input.n);
            planned.iter().filter(long).count()
        };
        if of(|n| n == 1) < SINGLES { 0 } else { of(|n| n >= 2) }
    },
    least: SEVERAL,
};

pub(super) fn all_waits_of_wait_n(cases: &WaitRuns) -> Option<Diagnosis> {
    fewer_than_n(cases)
        .or_else(|| none_for_one(cases))
        .or_else(|| run_again(cases))
        .or_else(|| not_uniform(cases))
}

/// Where the source calls `wait_n`.
fn call(cases: &WaitRuns) -> Option<SourceLocation> {
    cases.source.call_of("wait_n")
}

/// The runs with n of at least 2 and a long `max_delay`.
fn several<'a>(cases: &'a WaitRuns) -> Vec<&'a WaitRun<'a>> {
    let long = |case: &&WaitRun| {
        case.scenario.input.n >= 2 && case.max_delay() == LONG && is_known_whole(case)
    };
    cases.runs.iter().filter(long).collect()
}

/// Finds fewer waits than n, in most of the runs.
fn fewer_than_n(cases: &WaitRuns) -> Option<Diagnosis> {
    let runs = several(cases);
    let few = |case: &&&WaitRun| case.done_by_dependency().len() < case.scenario.input.n;
    if runs.len() < SEVERAL || runs.iter().filter(few).count() * 2 <= runs.len() {
        return None;
    }
    let case = runs.iter().find(few)?;
    let text = format!(
        "For n = {} there were only {}. Run `wait_n` with the n that you are given.",
        case.scenario.input.n,
        count(case.done_by_dependency().len(), "wait")
    );
    Some(case.broken(Code::WrongTime, text).at(call(cases)))
}

/// Finds that no run with n = 1 takes any time.
fn none_for_one(cases: &WaitRuns) -> Option<Diagnosis> {
    let single = |case: &&WaitRun| {
        case.returned().is_some() && case.scenario.input.n == 1 && case.max_delay() == LONG
    };
    let singles: Vec<&WaitRun> = cases.runs.iter().filter(single).collect();
    if singles.len() < SINGLES || singles.iter().any(|case| !case.elapsed().is_zero()) {
        return None;
    }
    let text = "For n = 1 no time passes, so `wait_n` is not run to its end there.";
    Some(singles[0].broken(Code::DependencyNotRun, text).at(call(cases)))
}

/// Finds waits that begin after all others are done, in most of the runs.
fn run_again(cases: &WaitRuns) -> Option<Diagnosis> {
    let mut runs = several(cases);
    runs.retain(|case| case.scenario.input.n >= MANY);
    // if a wait consists of several sleeps, these may all begin together
    let again = |case: &&&WaitRun| !case.dependency.may_wait_several_times() && begins_again(case);
    if runs.iter().filter(again).count() * 2 <= runs.len() {
        return None;
    }
    let text = "After all its waits were done, others began. Run `wait_n` only once.";
    Some(runs.iter().find(again)?.broken(Code::WrongTime, text).at(call(cases)))
}

/// Whether n waits begin together, after all earlier ones are done.
fn begins_again(case: &WaitRun) -> bool {
    let spans: Vec<_> = case.done_by_dependency().iter().filter_map(|wait| wait.span).collect();
    spans.iter().any(|(begin, _)| {
        let together = spans.iter().filter(|(from, _)| from == begin).count();
        let under_way = spans.iter().any(|(from, to)| from < begin && to > begin);
        let earlier = spans.iter().any(|(from, _)| from < begin);
        earlier && together >= case.scenario.input.n && !under_way
    })
}

/// Finds a `max_delay` up to which the waits are not uniform.
fn not_uniform(cases: &WaitRuns) -> Option<Diagnosis> {
    let waits_once = cases.runs.first().is_some_and(|case| case.dependency.waits_once());
    let is_of_use = |max: &Duration| waits_once || max.as_secs() > 0;
    MAXIMA.into_iter().filter(is_of_use).find_map(|max_delay| {
        let whole = |case: &&WaitRun| {
            let waits_of_n = || case.done_by_dependency().len() <= case.scenario.input.n;
            case.max_delay() == max_delay && is_known_whole(case) && waits_of_n()
        };
        let runs: Vec<&WaitRun> = random::each_seed_once(cases).filter(whole).collect();
        let lengths = runs.iter().flat_map(|case| {
            let waits = case.done_by_dependency().into_iter().map(Wait::length);
            // a delay of zero makes no wait
            let zeros = if waits_once { case.scenario.input.n } else { 0 };
            let zeros = std::iter::repeat_n(Duration::ZERO, zeros.saturating_sub(waits.len()));
            waits.chain(zeros)
        });
        let (_, text) = random::spread_of(&lengths.collect::<Vec<_>>(), max_delay)?;
        let text = format!("`wait_n` was not run with the `max_delay` that you are given. {text}");
        Some(runs.first()?.broken(Code::WrongTime, text).at(call(cases)))
    })
}

/// Whether it returned, and all of its waits are recorded.
fn is_known_whole(case: &WaitRun) -> bool {
    case.returned().is_some() && case.is_recorded() && !case.trace().truncated
}
