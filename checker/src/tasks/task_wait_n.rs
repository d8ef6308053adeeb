//! Task 5, `task_wait_n`: n waits at once, each in a task of its own.

use super::{Plan, Rules, Task, many_waits, wait_n};
use crate::contract::TaskInfo;
use crate::rules::{Cases, Findings, many};

pub static TASK: Task = Task { info: &INFO, rules: Rules::new(plan, laws) };

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

fn laws(cases: &Cases, findings: &mut Findings) {
    wait_n::of_many_waits(cases, findings);
    findings.each(cases, many::each_in_a_task);
    findings.each(cases, |case| many::few_own_tasks(case, 0));
}
