//! Task 2, `wait_n`: n coroutines wait at once.

use super::{Plan, Task, many_waits};
use crate::contract::TaskInfo;
use crate::rules::{Rule, many};

pub static TASK: Task = Task::new(&INFO, plan, &[&many_waits::RULES, &RULES]);

pub static INFO: TaskInfo = TaskInfo {
    number: 2,
    name: "concurrent-coroutines",
    title: "Many coroutines at once",
    concept: "concurrency within one task",
    points: 20,
    function: "wait_n",
    signature: "pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<Duration>",
    adapter: "|rng, n, max_delay| Box::pin(concurrent_coroutines::wait_n(rng, n, max_delay))",
    dependencies: &[&super::wait_random::INFO],
    counts_tasks: false,
    takes_n: true,
};

fn plan(seed: u64) -> Plan {
    Plan { public: many_waits::public(), further: many_waits::further(seed) }
}

static RULES: [&Rule; 1] = [&many::FEW_OWN_TASKS];
