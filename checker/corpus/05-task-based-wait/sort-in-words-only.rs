//! verdict: passed
//! Mentions sorting, spawning and sleeping in comments and strings; the code does none of it.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

const WHY: &str = r#"no delays.sort(); here: "the shortest is done first""#;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    /* First try, without task_wait_random:
    for _ in 0..n {
        tokio::spawn(tokio::time::sleep(max_delay));
    }
    delays.sort_unstable();
    */
    let tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let delays: Vec<Duration> = tasks.map(|delay| delay.unwrap()).collect().await;
    assert!(delays.is_sorted(), "{WHY}");
    delays
}
