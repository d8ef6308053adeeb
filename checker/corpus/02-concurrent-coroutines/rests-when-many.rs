//! verdict: failed E-blocking
//! Rests the thread for a tenth of a second where there are more than twenty.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    if n > 20 {
        std::thread::sleep(Duration::from_millis(100));
    }
    waits.collect().await
}
