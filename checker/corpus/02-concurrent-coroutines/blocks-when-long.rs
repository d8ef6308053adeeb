//! verdict: failed E-blocking
//! Rests for ten milliseconds with the sleep of std where the maximum is a second or more, as
//! if that did not matter beside long waits.

use std::thread;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if max_delay >= Duration::from_secs(1) {
        thread::sleep(Duration::from_millis(10));
    }
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
