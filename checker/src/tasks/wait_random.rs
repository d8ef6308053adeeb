//! Task 1, `wait_random`: draws one delay, sleeps for it, and returns it.

use std::time::Duration;

use super::waits::{Waits, one};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::manner::Manner;
use crate::contract::request::Depth;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::rules::{Rule, single};
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The task.
pub static TASK: Task = Task::of::<WaitRandom>();

/// Its description.
pub static INFO: TaskInfo = TaskInfo {
    number: 1,
    name: "basic-coroutine",
    title: "A coroutine that waits a random time",
    concept: "async fn, .await, random numbers",
    points: 10,
    function: "wait_random",
    signature: "pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration",
    adapter: "|rng, max_delay| Box::pin(basic_coroutine::wait_random(rng, max_delay))",
    dependencies: &[],
    counts_tasks: false,
    takes_n: false,
};

struct WaitRandom;

impl Waits for WaitRandom {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] = &[&one::RULES, &[single::NO_TASKS]];

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        one::plan(seed, depth, &Manner::OTHERS)
    }

    /// Several calls at the same time give their delays in the order of the calls.
    fn expected_return(scenario: &WaitScenario, _: Duration) -> Option<Vec<Duration>> {
        scenario.delays()
    }
}

/// The student's function, as the worker calls it. Its future must be `Send` if the generator is.
#[cfg(tokio_unstable)]
pub fn subject(f: for<'a> fn(OnlyRng<'a>, Duration) -> BoxedSend<'a, Duration>) -> Subject {
    Subject::of_async("wait_random", Role::Draws, move |rng, input: WaitInput| {
        Box::pin(async move {
            let rngs = rng.for_calls(input.n).into_iter();
            let calls = rngs.map(|rng| f(rng.into(), input.max_delay) as Boxed<'static, Duration>);
            Durations(awaited(all_at_once(calls.collect())).await)
        })
    })
}
