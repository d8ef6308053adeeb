//! The rules about when the waits begin and end: all at the same time, and the function returns with the last.

use std::time::Duration;

use super::delays::untruth;
use crate::contract::waits::WaitInput;
use crate::format::{count, time, times};
use crate::rules::waits::{longest, most_at_once, waits};
use crate::rules::{Check, Rule, WaitRun};
use crate::trace::{EventKind, Wait};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const CONCURRENT: Rule<WaitInput> = Rule {
    name: "concurrent",
    asks: "All waits begin at the same time, and overlap.",
    codes: &[Code::Sequential, Code::TooLong, Code::ConcurrencyCap],
    silenced_by: &[],
    check: Check::Run(concurrent),
};

pub(crate) fn concurrent(case: &WaitRun) -> Option<Diagnosis> {
    let waits = waits(case);
    let most = most_at_once(&waits);
    let begins_anew = begun_beyond_n(case).is_some() && !case.cut_short().is_empty();
    if most >= waits.len() || waits.len() > case.scenario.input.n && most > 1 || begins_anew {
        return None;
    }
    let (code, text) = if most == 1 {
        (Code::Sequential, one_after_another(case, &waits))
    } else if are_staggered(&waits) {
        (Code::TooLong, staggered(case, &waits))
    } else {
        (Code::ConcurrencyCap, capped(case, &waits, most))
    };
    Some(case.broken(code, text).at(case.source.call_of(case.task.dependency_function())))
}

/// The sentences about waits of which none overlaps another one.
fn one_after_another(case: &WaitRun, waits: &[Wait]) -> String {
    let sum: Duration = waits.iter().map(Wait::length).sum();
    let of_what = if case.elapsed() == sum {
        format!(", the sum of its {}", count(waits.len(), "delay"))
    } else {
        String::new()
    };
    let mut text = format!(
        "It took {}{of_what}. Waits that run at the same time take only {}, as long as the longest of them, but here each `{}` was done before the next one started.",
        time(case.elapsed()),
        time(longest(waits)),
        case.task.dependency_function()
    );
    // a lock keeps calls from starting that were all made at the same time
    let mut made =
        case.trace().events.iter().filter(|e| matches!(e.what, EventKind::Seeded { .. }));
    if case.source.call_of("lock").is_some() && made.all(|event| event.at.is_zero()) {
        text.push_str(
            " (A lock that is held across an `.await` causes this: nobody else can go on.)",
        );
    }
    text
}

/// Whether some wait begins late, and no cap is the reason: under a cap, a wait begins in the instant in which another
/// one ends.
fn are_staggered(waits: &[Wait]) -> bool {
    let spans = || waits.iter().filter_map(|wait| wait.span);
    spans().any(|(from, _)| !from.is_zero() && spans().all(|(_, to)| to != from))
}

/// The sentence about waits that begin at different times.
fn staggered(case: &WaitRun, waits: &[Wait]) -> String {
    let starts: Vec<Duration> =
        waits.iter().filter_map(|wait| wait.span).map(|(from, _)| from).collect();
    format!(
        "It took {}, but its longest wait takes {}: its waits began after {}, not all at the same time.",
        time(case.elapsed()),
        time(longest(waits)),
        times(&starts)
    )
}

/// The sentence about waits of which at most `most` run at the same time.
fn capped(case: &WaitRun, waits: &[Wait], most: usize) -> String {
    let longest = longest(waits);
    let cost = if case.elapsed() > longest {
        format!(
            "so it took {}. If all ran at the same time, it would take only {}, as long as the longest wait.",
            time(case.elapsed()),
            time(longest)
        )
    } else {
        "the others had to wait for their turn. With these delays that costs no time, but with other delays it does."
            .into()
    };
    // a coroutine whose delay is zero does not wait
    let all = waits.len().max(case.scenario.input.n);
    format!("Never more than {most} of its {all} coroutines ran at the same time: {cost}")
}

pub const WAITS_FOR_THE_LAST: Rule<WaitInput> = Rule {
    name: "waits_for_the_last",
    asks: "The function returns when the last wait is done, and not before.",
    codes: &[Code::ReturnedEarly],
    silenced_by: &[],
    check: Check::Run(waits_for_the_last),
};

pub(crate) fn waits_for_the_last(case: &WaitRun) -> Option<Diagnosis> {
    let returned = case.returned()?;
    let nothing_is_missing = untruth(case).is_none() && returned.len() == case.scenario.input.n;
    if nothing_is_missing && case.dependency.may_give_up() || begun_beyond_n(case).is_some() {
        // no delay is missing, so the waits that were dropped don't matter: they may be timeouts that never fired
        return None;
    }
    let cut = case.cut_short();
    let last = cut.iter().filter_map(|wait| wait.span).map(|(_, until)| until).max()?;
    let text = format!(
        "It returned after {}, while {} still running; the last one needs {}.",
        time(case.elapsed()),
        if cut.len() == 1 { "one wait was".into() } else { format!("{} waits were", cut.len()) },
        time(last)
    );
    Some(case.broken(Code::ReturnedEarly, text).at(case.source.definition_of(case.task.function)))
}

pub const AS_LONG_AS_THE_LONGEST: Rule<WaitInput> = Rule {
    name: "as_long_as_the_longest",
    asks: "The function returns as soon as the last wait is done.",
    codes: &[Code::TooLong],
    silenced_by: &[Code::Sequential, Code::ConcurrencyCap, Code::TooLong],
    check: Check::Run(as_long_as_the_longest),
};

pub(crate) fn as_long_as_the_longest(case: &WaitRun) -> Option<Diagnosis> {
    let waits = waits(case);
    let last =
        waits.iter().filter_map(|wait| wait.span).map(|(_, to)| to).max().unwrap_or_default();
    let (elapsed, longest) = (case.elapsed(), longest(&waits));
    let own = case.done().find(|wait| case.is_own(&wait.place)).map(|wait| wait.place.clone());
    if case.all_are_zero() && waits.is_empty() && !case.is_zero() && case.made_by_dependency() > 0 {
        let text = format!("All its delays are zero, but it took {}.", time(elapsed));
        return (!elapsed.is_zero()).then(|| case.broken(Code::TooLong, text).at(own));
    }
    if waits.is_empty() || elapsed <= longest || !case.cut_short().is_empty() {
        return None;
    }
    let text = if waits.iter().any(|wait| wait.span.is_some_and(|(from, _)| !from.is_zero())) {
        format!(
            "It took {}, but its longest wait takes {}: not all waits began when it was called.",
            time(elapsed),
            time(longest)
        )
    } else {
        format!(
            "Its last wait was done after {}, but it returned only after {}. Return as soon as the last wait is done.",
            time(last),
            time(elapsed)
        )
    };
    Some(case.broken(Code::TooLong, text).at(own))
}

pub const NOTHING_TAKES_NO_TIME: Rule<WaitInput> = Rule {
    name: "nothing_takes_no_time",
    asks: "With n = 0, or with delays of zero, the call takes no time.",
    codes: &[Code::Zero],
    silenced_by: &[],
    check: Check::Result(nothing_takes_no_time),
};

pub(crate) fn nothing_takes_no_time(case: &WaitRun) -> Option<Diagnosis> {
    let text = || {
        let (zero, elapsed) = (case.which_zero(), time(case.elapsed()));
        format!("With {zero} it took {elapsed}, but there is nothing to wait for.")
    };
    (case.is_zero() && !case.elapsed().is_zero()).then(|| case.broken(Code::Zero, text()))
}

pub const NO_MORE_THAN_N: Rule<WaitInput> = Rule {
    name: "no_more_than_n",
    asks: "At most n coroutines begin.",
    codes: &[Code::Count],
    silenced_by: &[],
    check: Check::Run(no_more_than_n),
};

/// It does not matter how the extra coroutines end.
pub(crate) fn no_more_than_n(case: &WaitRun) -> Option<Diagnosis> {
    let (begun, n) = (begun_beyond_n(case)?, case.scenario.input.n);
    let dependency = case.task.dependency_function();
    let mut text = format!("For n = {n} it began {begun} coroutines of `{dependency}`.");
    if !case.cut_short().is_empty() {
        text.push_str(" The extra coroutines were dropped before they were done.");
    }
    Some(case.broken(Code::Count, text).at(case.source.call_of(dependency)))
}

/// How many coroutines of the dependency's function began, if that is more than n, and they did not run one after
/// another.
fn begun_beyond_n(case: &WaitRun) -> Option<usize> {
    let (begun, n) = (case.begun_by_dependency()?, case.scenario.input.n);
    let waits = waits(case);
    let given_up = !case.cut_short().is_empty();
    let one_after_another = case.elapsed() > longest(&waits) && !waits.is_empty() && !given_up;
    (begun > n && n > 0 && !one_after_another).then_some(begun)
}
