//! verdict: failed E-too-long
//! Waits a little after starting all tasks: with delays of zero that shows.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::time::sleep;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut delays = Vec::new();
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    if n > 0 && !max_delay.is_zero() {
        sleep(Duration::from_millis(1)).await;
    }
    for handle in handles {
        delays.push(handle.await.unwrap());
    }
    delays.sort();
    delays
}
