//! verdict: failed E-dependency-bypassed
//! Names `task_wait_random`, but spawns tasks of its own, whose sleeps are made in a library: nothing but the tasks they
//! run in tells that they are no waits of the task before.

use std::time::Duration;

use futures::FutureExt;
use futures::future::ready;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let _start = task_wait_random::<R>;
    let handles: FuturesUnordered<_> = (0..n)
        .map(|_| {
            let ms = rng.fork().random_range(0..=max_delay.as_millis() as u64);
            let delay = Duration::from_millis(ms);
            tokio::spawn(ready(delay).then(sleep).map(move |()| delay))
        })
        .collect();
    handles.map(|delay| delay.unwrap()).collect().await
}
