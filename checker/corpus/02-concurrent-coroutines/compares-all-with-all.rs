//! verdict: did not finish E-too-slow
//! Brings the list into order at its end by trying every swap again and again: for a thousand delays
//! that takes a minute.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> = waits.collect().await;
    for _ in 0..delays.len() {
        for i in 0..delays.len() {
            for j in i..delays.len() {
                if delays[i] > delays[j] {
                    delays.swap(i, j);
                }
            }
        }
    }
    delays
}
