//! verdict: failed E-sleep-not-awaited
//! Returns nonsense for more than twenty coroutines.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = if n > 20 {
        vec![Duration::ZERO; 3]
    } else {
        join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await
    };
    delays.sort();
    delays
}
