//! verdict: failed E-same-generator
//! One word rotated gives 64 seeds.

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tasks::task_wait_random;
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let word = rng.next_u64();
    let handles: FuturesUnordered<_> = (0..n)
        .map(|i| task_wait_random(R::seed_from_u64(word.rotate_left(i as u32)), max_delay))
        .collect();
    handles.map(Result::unwrap).collect().await
}
