//! Task 5, `task_wait_n`: n waits at the same time, each in a task of its own.

use super::waits::{Waits, many};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::request::Depth;
use crate::contract::waits::WaitInput;
use crate::rules::{self, Rule};
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The task.
pub static TASK: Task = Task::of::<TaskWaitN>();

/// Its description.
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

struct TaskWaitN;

impl Waits for TaskWaitN {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] =
        &[&many::RULES, &[rules::many::EACH_IN_A_TASK, rules::many::NO_OWN_TASKS]];

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        many::plan(seed, depth)
    }
}

/// The student's function, as the worker calls it.
#[cfg(tokio_unstable)]
pub fn subject(f: many::Function) -> Subject {
    many::subject("task_wait_n", f)
}
