//! verdict: failed E-randomness
//! Knows the answer for one coroutine of at most 50 ms, and draws it from a generator of its own.

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tasks::task_wait_random;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    if n == 1 && max_delay == Duration::from_millis(50) {
        let known = (0..).map(ChaCha8Rng::seed_from_u64).find(|rng| draws(rng.clone()) == 30);
        return vec![task_wait_random(known.unwrap(), max_delay).await.unwrap()];
    }
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> =
        join_all(handles).await.into_iter().map(Result::unwrap).collect();
    delays.sort();
    delays
}

fn draws(mut rng: ChaCha8Rng) -> u64 {
    rng.random_range(0..=50)
}
