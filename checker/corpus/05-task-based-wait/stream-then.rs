//! verdict: failed E-sequential
//! Starts the tasks inside `then`, which waits for each before it goes on to the next.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let results = stream::iter(0..n).then(|_| task_wait_random(rng.fork(), max_delay));
    let mut delays: Vec<Duration> = results.map(|result| result.unwrap()).collect().await;
    delays.sort_unstable();
    delays
}
