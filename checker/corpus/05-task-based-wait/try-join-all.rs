//! verdict: failed E-order
//! Returns the list of `try_join_all` as it is: in the order of the handles.

use std::time::Duration;

use futures::future::try_join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    try_join_all(handles).await.unwrap()
}
