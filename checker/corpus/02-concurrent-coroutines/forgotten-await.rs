//! verdict: did not compile E-compile
//! Left out `.await`: the list holds the coroutines, not their delays.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays: Vec<Duration> = Vec::new();
    for _ in 0..n {
        delays.push(wait_random(rng.fork(), max_delay));
    }
    delays.sort();
    delays
}
