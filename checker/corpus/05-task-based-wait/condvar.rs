//! verdict: did not finish E-blocked-forever
//! Waits on a `Condvar` for the last task: right between threads, but tasks share the thread that
//! it blocks.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let shared = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
    for _ in 0..n {
        let task = task_wait_random(rng.fork(), max_delay);
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let delay = task.await.unwrap();
            shared.0.lock().unwrap().push(delay);
            shared.1.notify_one();
        });
    }
    let (delays, changed) = &*shared;
    let delays = changed.wait_while(delays.lock().unwrap(), |delays| delays.len() < n).unwrap();
    delays.clone()
}
