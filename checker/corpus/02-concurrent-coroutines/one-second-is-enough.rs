//! verdict: failed E-returned-early
//! Gives up after a second and returns what has come in until then.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::timeout;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    let collecting = async {
        while let Some(delay) = waits.next().await {
            delays.push(delay);
        }
    };
    if timeout(Duration::from_secs(1), collecting).await.is_err() {
        eprintln!("some coroutines were too slow");
    }
    delays
}
