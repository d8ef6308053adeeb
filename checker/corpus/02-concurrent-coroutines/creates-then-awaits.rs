//! verdict: failed E-sequential
//! Makes the coroutine in one line and awaits it in the next, as if making it had started it.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut results = Vec::new();

    for _ in 0..n {
        let child = rng.fork();
        // start the coroutine...
        let coroutine = wait_random(child, max_delay);
        // ...and collect its result
        let delay = coroutine.await;
        results.push(delay);
    }

    results.sort_by(|a, b| a.cmp(b));
    results
}
