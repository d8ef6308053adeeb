//! verdict: failed E-randomness
//! Makes the seeds from the time of day, as C programs do with `srand(time(NULL))`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    _rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let handles: FuturesUnordered<_> = (0..n as u64)
        .map(|i| task_wait_random(R::seed_from_u64(now.wrapping_add(i)), max_delay))
        .collect();
    handles.map(|delay| delay.unwrap()).collect().await
}
