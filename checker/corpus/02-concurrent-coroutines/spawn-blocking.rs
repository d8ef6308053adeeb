//! verdict: failed E-blocking
//! Runs the waits on the blocking pool with `thread::sleep`: one blocked thread per wait, and no
//! async at all.

use std::thread;
use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use tokio::task::JoinSet;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        let mut child = rng.fork();
        tasks.spawn_blocking(move || {
            let ms = child.random_range(0..=max_delay.as_millis() as u64);
            let delay = Duration::from_millis(ms);
            thread::sleep(delay);
            delay
        });
    }
    let mut delays = tasks.join_all().await;
    delays.sort();
    delays
}
