#![doc = include_str!("../README.md")] // the lesson, for `cargo doc`: leave it as it is
#![allow(unused_imports, unused_variables)] // delete this line when you begin

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::Rng;
use tokio::task::JoinHandle;

/// Starts `wait_random` as a task, and returns the task's handle at once.
///
/// This is a regular function, not an `async` one: it waits for nothing. It schedules the task on
/// the runtime it is called on, and the task then runs by itself, whether or not somebody awaits
/// the handle.
///
/// - `rng` is a generator for this one task: hand it on to `wait_random`.
/// - `max_delay` is handed on to `wait_random` too. If it is zero, the task finishes with zero.
/// - Whoever awaits the handle gets the delay that `wait_random` returned.
///
/// # Good to know
///
/// - A task may outlive the function that started it, even on another thread. This is why the
///   signature asks for `Send + 'static`.
/// - The function's result is the handle itself, not what the handle will give.
///
/// Check your work with `cargo xtask check 4`.
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    todo!("start wait_random with rng and {max_delay:?} as a task, return its handle")
}
