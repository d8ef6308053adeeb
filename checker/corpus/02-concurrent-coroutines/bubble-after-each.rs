//! verdict: passed
//! Brings the list into order by a bubble sort after each completion.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut list: Vec<Duration> = Vec::new();
    while let Some(delay) = waits.next().await {
        list.push(delay);
        for _ in 0..list.len() {
            for j in 1..list.len() {
                if list[j - 1] > list[j] {
                    list.swap(j - 1, j);
                }
            }
        }
    }
    list
}
