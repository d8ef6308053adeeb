//! verdict: did not finish E-never-ends
//! Looks every millisecond whether there are more than `n` delays, which will never be so.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::time::sleep;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let finished = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..n {
        let child = rng.fork();
        let finished = finished.clone();
        tokio::spawn(async move {
            let delay = wait_random(child, max_delay).await;
            finished.lock().unwrap().push(delay);
        });
    }

    while finished.lock().unwrap().len() <= n {
        sleep(Duration::from_millis(1)).await;
    }
    finished.lock().unwrap().clone()
}
