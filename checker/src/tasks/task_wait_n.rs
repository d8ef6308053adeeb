//! Task 5, `task_wait_n`: n waits at once, each in a task of its own.

use super::{Plan, Task, many_waits};
use crate::contract::TaskInfo;
use crate::rules::{Rule, many};

pub static TASK: Task = Task::new(&INFO, plan, &[&many_waits::RULES, &RULES]);

pub static INFO: TaskInfo = TaskInfo {
    number: 5,
    name: "task-based-wait",
    title: "Many coroutines at once, as tasks",
    concept: "concurrency through tasks",
    points: 20,
    function: "task_wait_n",
    signature: "pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<Duration>",
    adapter: "|rng, n, max_delay| Box::pin(task_based_wait::task_wait_n(rng, n, max_delay))",
    dependencies: &[&super::task_wait_random::INFO, &super::wait_random::INFO],
    counts_tasks: true,
    takes_n: true,
};

fn plan(seed: u64) -> Plan {
    Plan { public: many_waits::public(), further: many_waits::further(seed) }
}

static RULES: [&Rule; 2] = [&many::EACH_IN_A_TASK, &many::NO_OWN_TASKS];
