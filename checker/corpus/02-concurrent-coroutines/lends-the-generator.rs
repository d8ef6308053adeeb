//! verdict: failed E-sequential
//! Lends the one generator to each coroutine in turn. A `&mut` can only be lent again once the wait
//! before is over.

use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = vec![Duration::ZERO; n];
    for delay in &mut delays {
        *delay = wait_random(&mut *rng, max_delay).await;
    }
    delays.sort_unstable();
    delays
}
