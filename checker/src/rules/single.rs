//! The rules for `wait_random` and `task_wait_random`, which do one wait.

use std::time::Duration;

use super::{Check, Rule, WaitRun, blocks};
use crate::contract::waits::WaitInput;
use crate::format::{count, exact_ms, time, told_apart};
use crate::trace::SleepId;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// The delay that a run of one call returned.
fn delay(case: &WaitRun) -> Option<Duration> {
    let returned = case.returned()?;
    (case.scenario.input.n == 1).then(|| returned.first().copied())?
}

pub const SLEEPS: Rule<WaitInput> = Rule {
    name: "sleeps",
    asks: "The function sleeps for the delay that it returns, on tokio's timer.",
    codes: &[Code::SleepNotAwaited, Code::Blocking, Code::NoSleep],
    silenced_by: &[],
    check: Check::Run(sleeps),
};

pub(crate) fn sleeps(case: &WaitRun) -> Option<Diagnosis> {
    let delay = delay(case)?;
    if delay.is_zero() || !case.elapsed().is_zero() {
        return None;
    }
    if let Some(wait) = case.not_awaited() {
        if !wait.task.is_caller() && case.trace().leftover_tasks > 0 {
            // a task awaits the sleep, but nobody awaits that task
            return None;
        }
        let text = format!(
            "It returned {} at once: it made a sleep, but nobody awaited {}.",
            time(delay),
            if case.trace().leftover_tasks == 0 {
                "it. A sleep does nothing until it is awaited"
            } else {
                "the task that has the sleep"
            }
        );
        return Some(case.broken(Code::SleepNotAwaited, text).at(Some(wait.place.clone())));
    }
    if case.held_the_thread(delay) {
        return Some(blocks(case));
    }
    if !case.task.dependencies.is_empty()
        && let Some(place) = case.source.call_of(case.task.dependency_function())
    {
        let text = format!(
            "It returned {} at once: it made the future of `{}`, but never awaited it. A future does nothing until it is awaited.",
            time(delay),
            case.task.dependency_function()
        );
        return Some(case.broken(Code::SleepNotAwaited, text).at(Some(place)));
    }
    let text = format!("It returned {} at once: no time passed on the async timer.", time(delay));
    Some(case.broken(Code::NoSleep, text).at(case.source.definition_of(case.task.function)))
}

pub const WHOLE_MILLISECONDS: Rule<WaitInput> = Rule {
    name: "whole_milliseconds",
    asks: "A delay is a whole number of milliseconds.",
    codes: &[Code::SubMillisecond],
    silenced_by: &[],
    check: Check::Result(whole_milliseconds),
};

pub(crate) fn whole_milliseconds(case: &WaitRun) -> Option<Diagnosis> {
    let delay = delay(case)?;
    // if the slept and the returned time differ by more than rounding, that is another mistake
    let whole = delay.subsec_nanos().is_multiple_of(1_000_000)
        || case.elapsed().abs_diff(delay) >= Duration::from_millis(1);
    let text = || {
        // `time` may round
        let ms = exact_ms(delay);
        format!("It returned {ms} ms, which is not a whole number of milliseconds.")
    };
    (!whole).then(|| case.broken(Code::SubMillisecond, text()))
}

pub const TRUTHFUL: Rule<WaitInput> = Rule {
    name: "truthful",
    asks: "The delay that is returned is the one that was slept.",
    codes: &[Code::ValueMismatch],
    silenced_by: &[Code::SubMillisecond],
    check: Check::Run(truthful),
};

pub(crate) fn truthful(case: &WaitRun) -> Option<Diagnosis> {
    let (delay, elapsed) = (delay(case)?, case.elapsed());
    if delay == elapsed || case.is_zero() || case.done().next().is_none() {
        return None;
    }
    let place = case.done().next().map(|wait| wait.place.clone());
    // a number of 128 bits also takes two draws, so the source must contain two draws, too
    let twice = case.trace().draws().count() > 1 && case.source.draws() > 1;
    let hint = if twice { " Draw once, and use that number for both." } else { "" };
    let (waited, returned) = told_apart(elapsed, delay);
    let text = format!("It waited {waited}, but returned {returned}.{hint}");
    Some(case.broken(Code::ValueMismatch, text).at(place))
}

pub const ZERO_FOR_ZERO: Rule<WaitInput> = Rule {
    name: "zero_for_zero",
    asks: "With a `max_delay` of zero, the delay is zero.",
    codes: &[Code::Zero],
    silenced_by: &[],
    check: Check::Result(zero_for_zero),
};

pub(crate) fn zero_for_zero(case: &WaitRun) -> Option<Diagnosis> {
    let (delay, elapsed) = (delay(case)?, case.elapsed());
    let text = || {
        format!(
            "It waited {} and returned {}, but `max_delay` is zero.",
            time(elapsed),
            time(delay)
        )
    };
    (case.is_zero() && !(delay + elapsed).is_zero()).then(|| case.broken(Code::Zero, text()))
}

pub const SIDE_BY_SIDE: Rule<WaitInput> = Rule {
    name: "side_by_side",
    asks: "Any number of calls at the same time also wait at the same time.",
    codes: &[Code::Sequential, Code::ConcurrencyCap],
    silenced_by: &[],
    check: Check::Result(side_by_side),
};

pub(crate) fn side_by_side(case: &WaitRun) -> Option<Diagnosis> {
    let longest = case.returned()?.iter().max().copied()?;
    if case.scenario.input.n == 1 || case.elapsed() == longest {
        return None;
    }
    let sum: Duration = case.returned()?.iter().sum();
    let (code, how) = if case.elapsed() >= sum {
        (Code::Sequential, "each call prevents the next one from starting")
    } else {
        (
            Code::ConcurrencyCap,
            "only some of them wait at a time, and the others have to wait for their turn",
        )
    };
    let text = format!(
        "{} calls at the same time took {}, but the longest of them waits {}: {how}.",
        case.scenario.input.n,
        time(case.elapsed()),
        time(longest)
    );
    Some(case.broken(code, text).at(case.source.definition_of(case.task.function)))
}

pub const BOUNDED: Rule<WaitInput> = Rule {
    name: "bounded",
    asks: "No delay is longer than `max_delay`.",
    codes: &[Code::BoundExceeded],
    silenced_by: &[],
    check: Check::Result(bounded),
};

pub(crate) fn bounded(case: &WaitRun) -> Option<Diagnosis> {
    let (delay, max) = (delay(case)?, case.max_delay());
    let text = || format!("It waited {}, but `max_delay` is {}.", time(delay), time(max));
    (delay > max && !case.is_zero()).then(|| case.broken(Code::BoundExceeded, text()))
}

pub const ONE_SLEEP: Rule<WaitInput> = Rule {
    name: "one_sleep",
    asks: "One sleep is enough for one wait.",
    codes: &[Code::NeedlessStep],
    silenced_by: &[],
    check: Check::Run(one_sleep),
};

pub(crate) fn one_sleep(case: &WaitRun) -> Option<Diagnosis> {
    let mut sleeps: Vec<SleepId> =
        case.waits.iter().filter(|wait| wait.span.is_some()).map(|wait| wait.sleep).collect();
    sleeps.dedup();
    if sleeps.len() <= 1 || delay(case)?.is_zero() {
        return None;
    }
    // prefer a sleep of the task's own file, because the others belong to the dependency
    let own = case.waits.iter().rev().find(|wait| case.is_in_own_file(&wait.place));
    let place = own.or(case.waits.last()).map(|wait| wait.place.clone());
    let text = format!("It made {}, but one is enough.", count(sleeps.len(), "sleep"));
    Some(case.broken(Code::NeedlessStep, text).at(place))
}

pub const NO_TASKS: Rule<WaitInput> = Rule {
    name: "no_tasks",
    asks: "No task is needed.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| few_tasks(case, 0)),
};

pub const ONE_TASK: Rule<WaitInput> = Rule {
    name: "one_task",
    asks: "One task is enough for one call.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| few_tasks(case, case.scenario.input.n)),
};

fn few_tasks(case: &WaitRun, needed: usize) -> Option<Diagnosis> {
    let spawns: Vec<_> = case.trace().spawns().collect();
    let place = spawns.last().map(|(_, _, place)| (*place).clone());
    let text = || {
        let enough = if needed == 0 {
            "it needs none".to_string()
        } else {
            format!("it needs only {needed}")
        };
        format!("It spawned {}, but {enough}.", count(spawns.len(), "task"))
    };
    (spawns.len() > needed).then(|| case.broken(Code::NeedlessTask, text()).at(place))
}
