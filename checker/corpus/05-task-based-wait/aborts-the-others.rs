//! verdict: failed E-returned-early
//! Takes the first task that finishes and cancels all others, as with `FIRST_COMPLETED` in asyncio.

use std::time::Duration;

use futures::future::{join_all, select_all};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    if handles.is_empty() {
        return Vec::new();
    }

    let (first, _, others) = select_all(handles).await;
    for other in &others {
        other.abort();
    }
    join_all(others).await;
    vec![first.unwrap()]
}
