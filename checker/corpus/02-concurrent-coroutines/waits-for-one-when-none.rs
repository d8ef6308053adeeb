//! verdict: failed E-zero
//! With `n` zero it waits for one coroutine all the same, and throws its delay away.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut v = join_all((0..n.max(1)).map(|_| wait_random(rng.fork(), max_delay))).await;
    v.truncate(n);
    v.sort();
    v
}
