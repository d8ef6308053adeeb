//! The rule that all waits come from the function that a task builds on.

use std::time::Duration;

use crate::contract::waits::WaitInput;
use crate::format::{count, time, times};
use crate::rules::waits::{sorted_lengths, waits};
use crate::rules::{Check, Rule, WaitRun, blocks};
use crate::trace::Wait;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const WAITS_THROUGH_DEPENDENCY: Rule<WaitInput> = Rule {
    name: "waits_through_dependency",
    asks: "All waits come from the function that the task builds on.",
    codes: &[
        Code::DependencyBypassed,
        Code::ReturnedEarly,
        Code::SleepNotAwaited,
        Code::Blocking,
        Code::NoSleep,
    ],
    silenced_by: &[],
    check: Check::Run(waits_through_dependency),
};

pub(crate) fn waits_through_dependency(case: &WaitRun) -> Option<Diagnosis> {
    case.returned()?;
    if case.is_zero() || case.trace().leftover_tasks > 0 {
        return None;
    }
    if !waits(case).is_empty() {
        return never_called(case).or_else(|| half_of_its_own(case));
    }
    if let Some(own) = case.done().next() {
        return waits_by_itself(case, own);
    }
    if may_be_zero_by_chance(case) { None } else { nothing_waited(case) }
}

/// The dependency's name stands nowhere in the source.
fn never_called(case: &WaitRun) -> Option<Diagnosis> {
    let (function, dependency) = (case.task.function, case.task.dependency_function());
    let text = || format!("`{dependency}` is never called: {function} must call it.");
    let place = || case.source.definition_of(function);
    (!case.source.mentions(dependency))
        .then(|| case.broken(Code::DependencyBypassed, text()).at(place()))
}

/// All waits are the task's own; `own` is the first of them.
fn waits_by_itself(case: &WaitRun, own: &Wait) -> Option<Diagnosis> {
    let (function, dependency) = (case.task.function, case.task.dependency_function());
    let called = case.made_by_dependency() > 0;
    let missing = case.returned()?.len() != case.scenario.input.n;
    if called && (missing || case.all_are_zero() || !case.cut_short().is_empty()) {
        // it was called, but nobody awaited it, or it had nothing to wait for: other rules report that
        return None;
    }
    if let Some(wait) = case.beaten_to_it() {
        let text = beaten(wait);
        return Some(case.broken(Code::ReturnedEarly, text).at(Some(own.place.clone())));
    }
    let krate = case.task.dependencies.first().map_or("", |up| up.name).replace('-', "_");
    let mut text = format!(
        "None of its waits comes from `{dependency}` of the crate `{krate}`: {function} made a sleep of its own. Call `{dependency}` instead."
    );
    if let Some(place) = case.source.definition_of(dependency) {
        text.push_str(&format!(" (The `{dependency}` at {place} is another function.)"));
    }
    Some(case.broken(Code::DependencyBypassed, text).at(Some(own.place.clone())))
}

/// Whether n delays of zero were returned.
fn returned_zeros(case: &WaitRun) -> bool {
    case.returned().is_some_and(|returned| {
        returned.len() == case.scenario.input.n && returned.iter().all(Duration::is_zero)
    })
}

/// Whether nothing waited because all delays were zero. A few short delays may be that by chance; another rule reports
/// delays that are always zero. (In scripted mode, a delay that is put together bit by bit is always zero.)
fn may_be_zero_by_chance(case: &WaitRun) -> bool {
    let drew = case.trace().draws().next().is_some();
    let by_chance = !case.needs_some_time() && (drew || !case.all_zero_is_rarer_than(3.5));
    returned_zeros(case) && (case.all_are_zero() || by_chance)
}

/// Delays were returned, and no time passed for them.
fn nothing_waited(case: &WaitRun) -> Option<Diagnosis> {
    let (returned, dependency) = (case.returned()?, case.task.dependency_function());
    if let Some(wait) = case.not_awaited() {
        let text =
            "It made a sleep, but nobody awaited it. A sleep does nothing until it is awaited.";
        return Some(case.broken(Code::SleepNotAwaited, text).at(Some(wait.place.clone())));
    }
    let longest = returned.iter().max().copied().unwrap_or_default();
    if case.held_the_thread(longest) {
        return Some(blocks(case));
    }
    if returned.len() < case.scenario.input.n
        && let Some(place) = case.source.call_of(dependency)
    {
        let text = dropped_unawaited(case);
        return Some(case.broken(Code::SleepNotAwaited, text).at(Some(place)));
    }
    let why = if returned_zeros(case) && case.trace().draws().next().is_some() {
        format!("either `{dependency}` was not run to its end, or it got another `max_delay`")
    } else {
        format!("`{dependency}` was never run to its end")
    };
    let text = format!("It returned {}, but nothing waited: {why}.", times(returned));
    Some(case.broken(Code::NoSleep, text).at(case.source.call_of(dependency)))
}

/// The sentence about a dependency whose futures or tasks were made, and not awaited.
fn dropped_unawaited(case: &WaitRun) -> String {
    let dependency = case.task.dependency_function();
    if case.task.dependencies.first().is_some_and(|up| up.returns_a_handle()) {
        format!(
            "No wait reached its end: the tasks of `{dependency}` began, and then they were aborted, or nobody awaited their handles."
        )
    } else {
        format!(
            "Nothing waited: it made the futures of `{dependency}`, but never awaited them. A future does nothing until it is awaited."
        )
    }
}

/// The sentence about a wait that was cancelled in the instant in which it was due.
pub fn beaten(wait: &Wait) -> String {
    let (from, until) = wait.span.unwrap_or_default();
    format!(
        "A wait of {} was cancelled at its deadline: a timeout of the same length fired first.",
        time(until - from)
    )
}

/// Finds a solution that waits for some of the delays with the dependency's function, and for the others with sleeps of
/// its own.
fn half_of_its_own(case: &WaitRun) -> Option<Diagnosis> {
    let own: Vec<&Wait> = case.done().filter(|wait| case.is_own(&wait.place)).collect();
    let mut positive = case.returned()?.to_vec();
    positive.retain(|delay| !delay.is_zero());
    positive.sort();
    let theirs = waits(case);
    let all: Vec<Wait> = theirs.iter().chain(own.iter().copied()).cloned().collect();
    // an own sleep that ends a wait early is a timeout, which another rule reports
    let limited = !case.cut_short().is_empty();
    let explained = sorted_lengths(&all) == positive && sorted_lengths(&theirs) != positive;
    if own.is_empty() || limited || !explained {
        return None;
    }
    let text = format!(
        "{} of its {} waits {} from `{}`: it made {} itself.",
        own.len(),
        all.len(),
        if own.len() == 1 { "does not come" } else { "do not come" },
        case.task.dependency_function(),
        count(own.len(), "sleep")
    );
    Some(case.broken(Code::DependencyBypassed, text).at(Some(own[0].place.clone())))
}
