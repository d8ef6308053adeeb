//! verdict: did not finish E-output
//! Draws each delay as a bar with one mark per millisecond; a day has 86 million of them.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

fn draw_bar(delay: Duration) {
    for _ in 0..delay.as_millis() {
        print!("#");
    }
    println!(" {delay:?}");
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
        draw_bar(delay);
        delays.push(delay);
    }
    delays
}
