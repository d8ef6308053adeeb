#![doc = include_str!("../README.md")] // the lesson, for `cargo doc`: leave it as it is
#![allow(unused_imports, unused_variables)] // delete this line when you begin

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
///
/// Every coroutine is one call of `wait_random` with the same `max_delay`, and all of them wait
/// **at the same time**: the whole takes as long as the longest delay, not as long as their sum.
/// Collect each delay when its coroutine completes. The shortest completes first, so the list is
/// in ascending order without any sorting.
///
/// - `rng` is your generator. Give each coroutine a child of its own, `rng.fork()`, one after the
///   other.
/// - `n` is the number of coroutines. If it is zero, return an empty list at once.
/// - `max_delay` is handed on to `wait_random`.
///
/// # Good to know
///
/// - `fork` is a method of the trait `SeedableRng`, which is imported above. Children draw
///   different numbers, and they are the same children again when the parent has the same seed.
/// - The types that run many futures together are in the crate `futures`; the lesson shows two of
///   them.
///
/// Check your work with `cargo xtask check 2`.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    todo!("run {n} coroutines of at most {max_delay:?} at once, each with a fork of rng")
}
