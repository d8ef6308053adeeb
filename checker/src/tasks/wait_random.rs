//! Task 1, `wait_random`: one delay is drawn, slept, and returned.

use super::{Plan, Task, one_wait};
use crate::contract::TaskInfo;
use crate::rules::{Rule, single};

// several calls at once return in the order of the calls
pub static TASK: Task = Task::new(&INFO, plan, &[&one_wait::RULES, &RULES])
    .shaped(|picture, scenario| picture.returned = scenario.delays());

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

fn plan(seed: u64) -> Plan {
    let mut further = one_wait::further(seed);
    further.extend(one_wait::samples(seed));
    Plan { public: one_wait::public(), further }
}

static RULES: [&Rule; 1] = [&single::NO_TASKS];
