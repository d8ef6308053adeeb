//! verdict: failed E-zero
//! With `n` zero it waits for one task all the same, and throws its delay away.

use std::time::Duration;

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinSet;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let hs: FuturesUnordered<_> =
        (0..n.max(1)).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut v: Vec<_> = hs.map(|r| r.unwrap()).collect().await;
    v.truncate(n);
    v
}
