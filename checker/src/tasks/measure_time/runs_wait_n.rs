//! The rules that `measure_time` runs `wait_n` to its end, and does nothing else.

use crate::contract::waits::WaitInput;
use crate::format::{count, time};
use crate::rules::{Check, Rule, WaitRun, blocks};
use crate::trace::SourceLocation;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

use super::value::value;

pub const RUNS_WAIT_N: Rule<WaitInput> = Rule {
    name: "runs_wait_n",
    asks: "The function runs `wait_n` to its end, and waits for nothing else.",
    codes: &[Code::DependencyBypassed, Code::DependencyNotRun, Code::WrongTime, Code::Blocking],
    silenced_by: &[],
    check: Check::Run(runs_wait_n),
};

fn runs_wait_n(case: &WaitRun) -> Option<Diagnosis> {
    if !case.scenario.timer_delay.is_zero() {
        // with late timers, a sleep of length zero after `wait_n` takes time, too, because it ends at the next tick
        return None;
    }
    MISTAKES.iter().find_map(|finds| finds(case))
}

/// What may be wrong, the most certain first.
const MISTAKES: [fn(&WaitRun) -> Option<Diagnosis>; 6] = [
    never_called,
    returned_too_soon,
    sleeps_instead,
    one_after_another,
    waits_for_something_else,
    no_time_passed,
];

/// Where the source calls `wait_n`, or where it should.
fn place(case: &WaitRun) -> Option<SourceLocation> {
    case.source.call_of("wait_n").or_else(|| case.source.definition_of(case.task.function))
}

/// Finds a source that does not mention `wait_n`.
fn never_called(case: &WaitRun) -> Option<Diagnosis> {
    let text = "`wait_n` is never called: measure_time must call it.";
    (!case.source.mentions("wait_n"))
        .then(|| case.broken(Code::DependencyBypassed, text).at(place(case)))
}

/// Finds a return while a wait was still running.
fn returned_too_soon(case: &WaitRun) -> Option<Diagnosis> {
    let text = || {
        format!(
            "It returned after {}, while a wait was still running: `wait_n` was not run to its end.",
            time(case.elapsed())
        )
    };
    (!case.cut_short().is_empty())
        .then(|| case.broken(Code::DependencyNotRun, text()).at(place(case)))
}

/// Finds sleeps of the function's own, if no wait comes from `wait_n`.
fn sleeps_instead(case: &WaitRun) -> Option<Diagnosis> {
    let nothing_to_wait_for = case.made_by_dependency() > 0 && !case.needs_some_time();
    if !case.done_by_dependency().is_empty() || nothing_to_wait_for {
        return None;
    }
    let own = case.done().next()?;
    let text =
        "None of its waits comes from `wait_n`: it makes sleeps of its own. Call `wait_n` instead.";
    Some(case.broken(Code::DependencyBypassed, text).at(Some(own.place.clone())))
}

/// Finds waits of which no two begin at the same time.
fn one_after_another(case: &WaitRun) -> Option<Diagnosis> {
    let (waits, n) = (case.done_by_dependency(), case.scenario.input.n);
    let mut starts: Vec<_> =
        waits.iter().filter_map(|wait| wait.span).map(|(from, _)| from).collect();
    starts.sort();
    let all_differ = starts.windows(2).all(|pair| pair[0] != pair[1]);
    if !(2..=n).contains(&waits.len()) || case.dependency.may_wait_several_times() || !all_differ {
        return None;
    }
    let all = count(waits.len(), "wait");
    let text = format!("Its {all} run one after another. Run `wait_n` once, for all {n} of them.");
    Some(case.broken(Code::WrongTime, text).at(place(case)))
}

/// Finds a return long after the last wait of `wait_n` was done.
fn waits_for_something_else(case: &WaitRun) -> Option<Diagnosis> {
    let waits = case.done_by_dependency();
    let last =
        waits.iter().filter_map(|wait| wait.span).map(|(_, to)| to).max().unwrap_or_default();
    if waits.is_empty() || case.elapsed() <= last {
        return None;
    }
    let text = format!(
        "`wait_n` was done after {}, but it returned only after {}: something else waits, too.",
        time(last),
        time(case.elapsed())
    );
    let own = case.done().find(|wait| case.is_own(&wait.place)).map(|wait| wait.place.clone());
    Some(case.broken(Code::WrongTime, text).at(own.or_else(|| place(case))))
}

/// Finds a return in no time, if a right solution has to wait.
fn no_time_passed(case: &WaitRun) -> Option<Diagnosis> {
    let drew = case.trace().draws().next().is_some();
    // `wait_n` draws bytes when it makes its first generator
    let nothing_drawn = case.scenario.input.n > 1 && !drew && case.all_zero_is_rarer_than(3.5);
    if !case.elapsed().is_zero() || !nothing_drawn && !case.needs_some_time() {
        return None;
    }
    let longest =
        case.scenario.delays().and_then(|delays| delays.into_iter().max()).unwrap_or_default();
    if case.held_the_thread(longest) {
        return Some(blocks(case));
    }
    let why = if drew {
        "either `wait_n` was not run to its end, or it got another n or `max_delay`"
    } else {
        "`wait_n` was never run to its end"
    };
    let text = format!(
        "It returned {} at once: no time passed on the runtime's clock, so {why}.",
        time(value(case)?)
    );
    Some(case.broken(Code::DependencyNotRun, text).at(place(case)))
}

pub const NO_OWN_TASK: Rule<WaitInput> = Rule {
    name: "no_own_task",
    asks: "The function spawns no task to run `wait_n`.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(no_own_task),
};

fn no_own_task(case: &WaitRun) -> Option<Diagnosis> {
    let (_, _, place) = *case.spawns_in_own_files().first()?;
    let text = "It spawns a task, but `block_on` can run the coroutine itself.";
    Some(case.broken(Code::NeedlessTask, text).at(Some(place.clone())))
}
