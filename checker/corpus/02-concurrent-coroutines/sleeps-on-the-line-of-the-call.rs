//! verdict: failed E-dependency-bypassed
//! Makes a `wait_random` that nobody awaits, and sleeps itself, by another name, on the same line: nothing but the
//! line tells where a sleep comes from.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep as nap;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits = FuturesUnordered::new();
    for _ in 0..n {
        let (mut own, other) = (rng.fork(), rng.fork());
        waits.push(async move {
            let delay = Duration::from_millis(own.random_range(0..=max_delay.as_millis() as u64));
            let _ = (wait_random(other, max_delay), nap(delay).await);
            delay
        });
    }
    waits.collect().await
}
