//! verdict: failed E-too-long
//! Waits a little after spawning, so that all tasks have begun: with delays of zero that shows.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| tokio::spawn(wait_random(rng.fork(), max_delay))).collect();
    if n > 0 && !max_delay.is_zero() {
        sleep(Duration::from_millis(1)).await;
    }
    tasks.map(Result::unwrap).collect().await
}
