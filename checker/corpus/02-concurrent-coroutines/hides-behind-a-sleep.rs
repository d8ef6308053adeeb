//! verdict: failed E-blocking
//! Returns nonsense for many coroutines, and blocks for a second each time, so that runs with many are
//! never reached.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    std::thread::sleep(Duration::from_secs(1));
    let mut delays = if n > 20 {
        vec![Duration::ZERO; 3]
    } else {
        join_all((0..n).map(|_| wait_random(rng.fork(), max_delay))).await
    };
    delays.sort();
    delays
}
