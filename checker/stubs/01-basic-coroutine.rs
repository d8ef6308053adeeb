#![doc = include_str!("../README.md")] // the lesson, for `cargo doc`: leave it as it is
#![allow(unused_imports, unused_mut, unused_variables)] // delete this line when you begin

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random time, and returns how long it waited.
///
/// Draw **one** delay from `rng`, sleep for it on tokio's timer, and return it. The delay is a
/// whole number of milliseconds from zero to `max_delay`: both ends can come, and every number
/// between them is equally likely.
///
/// - `rng` is your generator, and your only source of randomness: the same seed must give the
///   same delay again.
/// - `max_delay` is the longest delay allowed, a whole number of milliseconds, at most a day.
///   If it is zero, the answer is zero.
///
/// # Good to know
///
/// - `rng.random_range(…)` draws a number from a range. The method lives in the trait `RngExt`,
///   which is imported above.
/// - `max_delay.as_millis()` is a `u128`, but `Duration::from_millis` takes a `u64`:
///   `number as u64` converts. A day of milliseconds fits easily.
///
/// Check your work with `cargo xtask check 1`.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    todo!("draw a delay of at most {max_delay:?} from rng, sleep for it, return it")
}
