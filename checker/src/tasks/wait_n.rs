//! Task 2, `wait_n`: n coroutines wait at the same time.

use super::waits::{Waits, many};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::request::Depth;
use crate::contract::waits::WaitInput;
use crate::rules::{self, Rule};
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The task.
pub static TASK: Task = Task::of::<WaitN>();

/// Its description.
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

struct WaitN;

impl Waits for WaitN {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] =
        &[&many::RULES, &[rules::many::FEW_OWN_TASKS]];

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        many::plan(seed, depth)
    }
}

/// The student's function, as the worker calls it.
#[cfg(tokio_unstable)]
pub fn subject(f: many::Function) -> Subject {
    many::subject("wait_n", f)
}
