//! verdict: failed E-count
//! Starts a task more than was asked for, and leaves its delay out.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..=n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<_> =
        join_all(handles).await.into_iter().map(|delay| delay.unwrap()).collect();
    delays.sort();
    delays.truncate(n);
    delays
}
