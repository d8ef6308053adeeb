#![doc = include_str!("../README.md")]
#![allow(unused_imports, unused_variables)] // delete this line when you begin

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
///
/// This is `wait_n` once more, but each of the `n` waits is a task, started by `task_wait_random`.
/// All of them wait **at the same time**, so the whole takes as long as the longest delay. Collect
/// each delay when its task completes: this gives the ascending order without any sorting.
///
/// - `rng` is your generator. Give each task a child of its own, `rng.fork()`, one after the
///   other.
/// - `n` is the number of tasks. If it is zero, return an empty list at once.
/// - `max_delay` is handed on to `task_wait_random`.
///
/// When the function returns, none of its tasks may still be running.
///
/// # Good to know
///
/// - A `JoinHandle` is a future, so whatever runs many futures together takes handles as well.
/// - Awaiting a handle gives a `Result`, an `Err` if the task panicked. `.unwrap()` or
///   `.expect(…)` takes the delay out of it.
///
/// Check your work with `cargo xtask check 5`.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    todo!("start {n} tasks of at most {max_delay:?} at once, each with a fork of rng")
}
