//! verdict: failed E-sequential
//! Awaits each coroutine where it is called: it reads like the synchronous program, and the values
//! come out right.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    for _ in 0..n {
        delays.push(wait_random(rng.fork(), max_delay).await);
    }
    delays.sort();
    delays
}
