//! The rules about the delays that are returned: n of them, as long as the waits, in ascending order.

use std::time::Duration;

use crate::contract::waits::WaitInput;
use crate::format::{count, time, times, told_apart};
use crate::rules::waits::{longest, sorted_lengths, waits};
use crate::rules::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const COMPLETE: Rule<WaitInput> = Rule {
    name: "complete",
    asks: "The function returns exactly n delays.",
    codes: &[Code::Zero, Code::Count],
    silenced_by: &[],
    check: Check::Result(complete),
};

pub(crate) fn complete(case: &WaitRun) -> Option<Diagnosis> {
    let (returned, n) = (case.returned()?, case.scenario.input.n);
    let code = if n == 0 { Code::Zero } else { Code::Count };
    let text = || format!("It returned {} for n = {n}.", count(returned.len(), "delay"));
    (returned.len() != n).then(|| case.broken(code, text()))
}

pub const TRUTHFUL: Rule<WaitInput> = Rule {
    name: "truthful",
    asks: "The function returns the delays that it has waited for.",
    codes: &[Code::Count, Code::ValueMismatch],
    silenced_by: &[],
    check: Check::Run(truthful),
};

pub(crate) fn truthful(case: &WaitRun) -> Option<Diagnosis> {
    let Untruth { returned, waited } = untruth(case)?;
    let place = case.source.call_of(case.task.dependency_function());
    if waited.len() > case.scenario.input.n {
        let (n, waits) = (case.scenario.input.n, waited.len());
        let text = format!("For n = {n} there were {waits} waits: {}.", times(&waited));
        return Some(case.broken(Code::Count, text).at(place));
    }
    let (said, true_ones) = (times(case.returned()?), times(&waited));
    let differ = returned.iter().zip(&waited).find(|(returned, waited)| returned != waited);
    let text = match differ {
        Some((returned, waited)) if said == true_ones => {
            let (returned, waited) = told_apart(*returned, *waited);
            format!("One of the delays that it returned is {returned}, but its wait took {waited}.")
        }
        _ => format!("It returned {said}, but its waits took {true_ones}."),
    };
    Some(case.broken(Code::ValueMismatch, text).at(place))
}

/// Returned delays and lengths of waits that differ. Both are sorted, and without zeros.
pub(super) struct Untruth {
    returned: Vec<Duration>,
    waited: Vec<Duration>,
}

/// Compares the returned delays with the waits. `None` if they are equal, or if another rule reports the waits.
pub(super) fn untruth(case: &WaitRun) -> Option<Untruth> {
    let mut returned: Vec<Duration> =
        case.returned()?.iter().copied().filter(|d| !d.is_zero()).collect();
    let waited = sorted_lengths(&waits(case));
    returned.sort();
    let waits_again =
        waited.len() > case.scenario.input.n && case.elapsed() > longest(&waits(case));
    let differs =
        returned != waited && !waited.is_empty() && !waits_again && case.scenario.input.n > 0;
    differs.then_some(Untruth { returned, waited })
}

pub const BOUNDED: Rule<WaitInput> = Rule {
    name: "bounded",
    asks: "No delay is longer than `max_delay`.",
    codes: &[Code::BoundExceeded],
    silenced_by: &[],
    check: Check::Result(bounded),
};

pub(crate) fn bounded(case: &WaitRun) -> Option<Diagnosis> {
    let over = case.returned()?.iter().find(|delay| **delay > case.max_delay())?;
    let text = format!(
        "One of its delays is {}, but `max_delay` is {}.",
        time(*over),
        time(case.max_delay())
    );
    Some(
        case.broken(Code::BoundExceeded, text)
            .at(case.source.call_of(case.task.dependency_function())),
    )
}

pub const ASCENDING: Rule<WaitInput> = Rule {
    name: "ascending",
    asks: "The delays are returned in ascending order.",
    codes: &[Code::Order],
    silenced_by: &[],
    check: Check::Result(ascending),
};

pub(crate) fn ascending(case: &WaitRun) -> Option<Diagnosis> {
    let returned = case.returned()?;
    if returned.is_sorted() {
        return None;
    }
    let how = match case.scenario.delays() {
        Some(delays) if delays == returned => ", the order in which the coroutines were made",
        _ if returned.iter().rev().is_sorted() => ", the longest first",
        _ => "",
    };
    let text = format!(
        "It returned {}{how}. They complete in ascending order: take each one when it completes.",
        times(returned)
    );
    Some(case.broken(Code::Order, text))
}

pub const NOT_SORTED: Rule<WaitInput> = Rule {
    name: "not_sorted",
    asks: "The delays are collected in the order in which the coroutines complete, so they need no sorting.",
    codes: &[Code::Sorted],
    silenced_by: &[],
    check: Check::All(Needs::NOTHING, not_sorted),
};

fn not_sorted(cases: &WaitRuns) -> Option<Diagnosis> {
    let place = cases.source.sorts()?;
    let text = "Something is sorted here. If it is the delays, you can remove the sort: delays that you take as the coroutines complete are in order already.";
    Some(Diagnosis { code: Code::Sorted, text: text.into(), place: Some(place), call: None })
}
