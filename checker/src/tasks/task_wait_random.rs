//! Task 4, `task_wait_random`: starts a wait as a task, which runs before anyone awaits it.

use std::time::Duration;

use super::waits::{Waits, one};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::manner::Manner;
use crate::contract::request::Depth;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::time;
use crate::rules::{Check, Rule, WaitRun, many, single};
use crate::trace::EventKind;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The task.
pub static TASK: Task = Task::of::<TaskWaitRandom>();

/// Its description.
pub static INFO: TaskInfo = TaskInfo {
    number: 4,
    name: "tasks",
    title: "A task runs before anyone awaits it",
    concept: "tokio::spawn, JoinHandle",
    points: 15,
    function: "task_wait_random",
    signature: "pub fn task_wait_random<R: Rng + Send + 'static>(rng: R, max_delay: Duration) -> JoinHandle<Duration>",
    adapter: "|rng, max_delay| tasks::task_wait_random(rng, max_delay)",
    dependencies: &[&super::wait_random::INFO],
    counts_tasks: true,
    takes_n: false,
};

struct TaskWaitRandom;

impl Waits for TaskWaitRandom {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] =
        &[&one::RULES, &[WAITS_THROUGH_DEPENDENCY, SCHEDULED_AT_ONCE, single::ONE_TASK]];

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        // it returns a handle, not a future of its own that could be polled late
        let manners = [Manner::BesideAnother, Manner::AfterAnother, Manner::AfterDropped];
        one::plan(seed, depth, &manners)
    }

    /// Several calls at the same time give their delays in the order of the calls.
    fn expected_return(scenario: &WaitScenario, _: Duration) -> Option<Vec<Duration>> {
        scenario.delays()
    }
}

/// The student's function, as the worker calls it.
#[cfg(tokio_unstable)]
pub fn subject(f: fn(OnlyRng<'static>, Duration) -> JoinHandle<Duration>) -> Subject {
    Subject::of_async("task_wait_random", Role::Draws, move |rng, input: WaitInput| {
        Box::pin(async move {
            let rngs = rng.for_calls(input.n).into_iter();
            let handles: Vec<_> = rngs.map(|rng| f(rng.into(), input.max_delay)).collect();
            record(EventKind::HandleReturned);
            let done = handles.into_iter().map(|handle| Box::pin(finished(handle)) as Boxed<_>);
            Durations(all_at_once(done.collect()).await)
        })
    })
}

/// The result of a task. If the task panicked, this panics in the same way.
#[cfg(tokio_unstable)]
async fn finished(handle: JoinHandle<Duration>) -> Duration {
    match handle.await {
        Ok(delay) => delay,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => panic!("the task was cancelled before it was done"),
    }
}

pub const WAITS_THROUGH_DEPENDENCY: Rule<WaitInput> = Rule {
    name: "waits_through_dependency",
    asks: "The wait comes from `wait_random`.",
    codes: &[Code::DependencyBypassed, Code::ReturnedEarly],
    silenced_by: &[],
    check: Check::Run(waits_through_dependency),
};

fn waits_through_dependency(case: &WaitRun) -> Option<Diagnosis> {
    if !case.source.mentions("wait_random") {
        let text = "`wait_random` is never called: task_wait_random must call it.";
        return Some(
            case.broken(Code::DependencyBypassed, text)
                .at(case.source.definition_of(case.task.function)),
        );
    }
    let own = case.done().next().filter(|_| case.done_by_dependency().is_empty())?;
    if let Some(cut) = case.cut_short().first() {
        let end = cut.dropped.unwrap_or(case.elapsed());
        let until = cut.span.map_or(end, |(_, until)| until);
        let text = format!(
            "Its `wait_random` was dropped after {}, {} before its end.",
            time(end),
            time(until.saturating_sub(end))
        );
        return Some(case.broken(Code::ReturnedEarly, text).at(Some(own.place.clone())));
    }
    if case.made_by_dependency() > 0 && case.all_are_zero() {
        // it was called, but had nothing to wait for
        return None;
    }
    if let Some(wait) = case.beaten_to_it() {
        let text = many::beaten(wait);
        return Some(case.broken(Code::ReturnedEarly, text).at(Some(own.place.clone())));
    }
    let text = "Its wait does not come from `wait_random`: it makes a sleep of its own. Call `wait_random` instead.";
    Some(case.broken(Code::DependencyBypassed, text).at(Some(own.place.clone())))
}

pub const SCHEDULED_AT_ONCE: Rule<WaitInput> = Rule {
    name: "scheduled_at_once",
    asks: "The wait runs in a task that is spawned before the function returns the handle, and it begins at once.",
    codes: &[Code::NotATask],
    silenced_by: &[],
    check: Check::Run(scheduled_at_once),
};

fn scheduled_at_once(case: &WaitRun) -> Option<Diagnosis> {
    if case.scenario.input.n != 1 {
        return None;
    }
    let events = &case.trace().events;
    let returned = events.iter().position(|event| event.what == EventKind::HandleReturned)?;
    let spawned =
        events[..returned].iter().any(|event| matches!(event.what, EventKind::Spawned { .. }));
    let place = case.source.definition_of(case.task.function);
    if !spawned {
        let text = "It returned a handle, but had not spawned a task on the current runtime.";
        return Some(case.broken(Code::NotATask, text).at(place));
    }
    let wait = case.done_by_dependency().into_iter().min_by_key(|wait| wait.span)?;
    if wait.task.is_caller() {
        let text = "The wait did not run in a task.";
        return Some(case.broken(Code::NotATask, text).at(place));
    }
    // a wait that was dropped and begun again began at once, too
    let theirs = case.waits.iter().filter(|wait| !case.is_own(&wait.place));
    let from = theirs.filter_map(|wait| wait.span).map(|(from, _)| from).min()?;
    let text = || {
        format!(
            "The wait began {} after the call, because it waited for something else first.",
            time(from)
        )
    };
    (!from.is_zero()).then(|| case.broken(Code::NotATask, text()).at(place))
}
