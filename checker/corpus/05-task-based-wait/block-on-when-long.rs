//! verdict: did not finish E-blocked-forever
//! The block_on of futures where more than a minute is asked for.

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tasks::task_wait_random;
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let all = handles.map(Result::unwrap).collect();
    if max_delay > Duration::from_secs(60) {
        return futures::executor::block_on(all);
    }
    all.await
}
