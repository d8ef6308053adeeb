//! verdict: failed E-same-generator
//! Takes one seed from the generator and gives every task a generator of that seed.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut seed = R::Seed::default();
    rng.fill_bytes(seed.as_mut());

    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(R::from_seed(seed.clone()), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}
