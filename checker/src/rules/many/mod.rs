//! The rules for `wait_n` and `task_wait_n`, which do n waits at the same time.

use std::time::Duration;

use super::waits::{longest, most_at_once, sorted_lengths, waits};
use super::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::contract::waits::WaitInput;
use crate::format::{count, time, times, told_apart};
use crate::trace::{EventKind, Wait};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

#[cfg(test)]
pub(crate) use through_dependency::waits_through_dependency;
pub use through_dependency::{WAITS_THROUGH_DEPENDENCY, beaten};

mod through_dependency;

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
    // under a cap, a wait starts in the instant in which another one ends; any other start has another cause
    let spans = || waits.iter().filter_map(|wait| wait.span);
    let staggered = spans().any(|(from, _)| !from.is_zero() && spans().all(|(_, to)| to != from));
    let dependency = case.task.dependency_function();
    let place = case.source.call_of(dependency);
    let (elapsed, longest) = (time(case.elapsed()), time(longest(&waits)));
    let sum: Duration = waits.iter().map(Wait::length).sum();
    let all = count(waits.len(), "delay");
    if most == 1 {
        let elapsed = if case.elapsed() == sum {
            format!("{elapsed}, the sum of its {all}")
        } else {
            elapsed
        };
        let mut text = format!(
            "It took {elapsed}. Waits that run at the same time take only {longest}, as long as the longest of them, but here each `{dependency}` was done before the next one started."
        );
        // a lock keeps calls from starting that were all made at the same time
        let mut made =
            case.trace().events.iter().filter(|e| matches!(e.what, EventKind::Seeded { .. }));
        if case.source.call_of("lock").is_some() && made.all(|event| event.at.is_zero()) {
            text.push_str(
                " (A lock that is held across an `.await` causes this: nobody else can go on.)",
            );
        }
        return Some(case.broken(Code::Sequential, text).at(place));
    }
    if staggered {
        let starts: Vec<Duration> = spans().map(|(from, _)| from).collect();
        let text = format!(
            "It took {elapsed}, but its longest wait takes {longest}: its waits began after {}, not all at the same time.",
            times(&starts)
        );
        return Some(case.broken(Code::TooLong, text).at(place));
    }
    let cost = if case.elapsed() > self::longest(&waits) {
        format!(
            "so it took {elapsed}. If all ran at the same time, it would take only {longest}, as long as the longest wait."
        )
    } else {
        "the others had to wait for their turn. With these delays that costs no time, but with other delays it does."
            .into()
    };
    // a coroutine whose delay is zero does not wait
    let all = waits.len().max(case.scenario.input.n);
    let text =
        format!("Never more than {most} of its {all} coroutines ran at the same time: {cost}");
    Some(case.broken(Code::ConcurrencyCap, text).at(place))
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

/// The delays that were returned, and the lengths of the waits, where the two differ: both sorted, and without zeros.
struct Untruth {
    returned: Vec<Duration>,
    waited: Vec<Duration>,
}

fn untruth(case: &WaitRun) -> Option<Untruth> {
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

pub const NO_NEEDLESS_SLEEP: Rule<WaitInput> = Rule {
    name: "no_needless_sleep",
    asks: "The function makes no sleeps of its own.",
    codes: &[Code::NeedlessStep],
    silenced_by: &[],
    check: Check::Run(no_needless_sleep),
};

pub(crate) fn no_needless_sleep(case: &WaitRun) -> Option<Diagnosis> {
    let own =
        case.waits.iter().find(|wait| wait.span.is_some() && case.is_in_own_file(&wait.place))?;
    let dependency = case.task.dependency_function();
    let text = format!("It makes a sleep of its own. The sleeps of `{dependency}` are enough.");
    Some(case.broken(Code::NeedlessStep, text).at(Some(own.place.clone())))
}

pub const FEW_OWN_TASKS: Rule<WaitInput> = Rule {
    name: "few_own_tasks",
    asks: "The function spawns at most n tasks of its own.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| own_tasks(case, case.scenario.input.n)),
};

pub const NO_OWN_TASKS: Rule<WaitInput> = Rule {
    name: "no_own_tasks",
    asks: "The function spawns no tasks of its own: the tasks of the function that it builds on are enough.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| own_tasks(case, 0)),
};

fn own_tasks(case: &WaitRun, needed: usize) -> Option<Diagnosis> {
    let own = case.spawns_in_own_files();
    let place = own.last().map(|(_, _, place)| (*place).clone());
    let text = || {
        let enough =
            if needed == 0 { "it needs none".into() } else { format!("it needs only {needed}") };
        format!("It spawned {} of its own, but {enough}.", count(own.len(), "task"))
    };
    (own.len() > needed).then(|| case.broken(Code::NeedlessTask, text()).at(place))
}

pub const EACH_IN_A_TASK: Rule<WaitInput> = Rule {
    name: "each_in_a_task",
    asks: "Every wait runs in a task that was spawned by the function that the task builds on.",
    codes: &[Code::DependencyBypassed],
    silenced_by: &[],
    check: Check::Run(each_in_a_task),
};

pub(crate) fn each_in_a_task(case: &WaitRun) -> Option<Diagnosis> {
    let dependency = case.task.dependency_function();
    let (waits, own) = (waits(case), case.own_spawns());
    let in_own_task =
        |wait: &&Wait| wait.task.is_caller() || own.iter().any(|(task, ..)| *task == wait.task);
    let outside = waits.iter().filter(in_own_task).count();
    if outside == 0 {
        return None;
    }
    let all = count(waits.len(), "wait");
    let text = match own.first() {
        Some((_, _, place)) => {
            format!(
                "`{dependency}` must start the task of every wait, but for {outside} of {all} it did not: their tasks are spawned at {place}."
            )
        }
        None => format!(
            "`{dependency}` must start the task of every wait, but for {outside} of {all} it did not."
        ),
    };
    let place = own.first().map(|(_, _, place)| (*place).clone());
    Some(
        case.broken(Code::DependencyBypassed, text)
            .at(place.or_else(|| case.source.call_of("wait_random"))),
    )
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
