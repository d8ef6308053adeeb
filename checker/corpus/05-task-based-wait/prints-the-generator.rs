//! verdict: did not finish E-output-limit
//! Prints a hundred thousand numbers of a generator, to see whether they look random, and forgot to
//! take it out.

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
    let delays = tasks.map(|delay| delay.unwrap()).collect().await;

    let mut test = rng.fork();
    for i in 0..100_000 {
        println!("{i:6}: {:020}", test.next_u64());
    }
    delays
}
