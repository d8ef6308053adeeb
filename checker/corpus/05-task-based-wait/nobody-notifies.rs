//! verdict: failed E-zero
//! Waits to be notified of the end. With no tasks there is no last one that could notify it.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::sync::Notify;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Arc::new(Mutex::new(Vec::new()));
    let all_done = Arc::new(Notify::new());
    for _ in 0..n {
        let task = task_wait_random(rng.fork(), max_delay);
        let (delays, all_done) = (Arc::clone(&delays), Arc::clone(&all_done));
        tokio::spawn(async move {
            let delay = task.await.unwrap();
            let mut delays = delays.lock().unwrap();
            delays.push(delay);
            if delays.len() == n {
                all_done.notify_one();
            }
        });
    }
    all_done.notified().await;
    let delays = delays.lock().unwrap();
    delays.clone()
}
