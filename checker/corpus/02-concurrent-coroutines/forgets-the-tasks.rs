//! verdict: failed E-leftover-tasks
//! Spawns the coroutines and drops their handles: the list is read before any of them has put
//! something into it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..n {
        let delays = Arc::clone(&delays);
        let child = rng.fork();
        tokio::spawn(async move {
            let delay = wait_random(child, max_delay).await;
            delays.lock().unwrap().push(delay);
        });
    }
    let finished = delays.lock().unwrap();
    finished.clone()
}
