//! verdict: failed E-blocking
//! Starts all tasks, puts the thread to sleep for a second, and only then lets them run.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinSet;

pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut tasks = JoinSet::new();
    for _ in 0..n {
        let child = rng.fork();
        tasks.spawn(async move { task_wait_random(child, max_delay).await.unwrap() });
    }
    std::thread::sleep(Duration::from_secs(1));
    tasks.join_all().await
}
