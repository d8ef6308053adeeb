//! verdict: failed E-sequential
//! Collects all coroutines first and awaits them in a second loop: right for asyncio's tasks, but a
//! future that nobody polls does nothing yet.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut coroutines = Vec::with_capacity(n);
    for _ in 0..n {
        coroutines.push(wait_random(rng.fork(), max_delay));
    }

    let mut delays = Vec::with_capacity(n);
    for coroutine in coroutines {
        delays.push(coroutine.await);
    }
    delays.sort();
    delays
}
