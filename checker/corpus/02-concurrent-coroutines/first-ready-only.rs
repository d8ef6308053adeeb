//! verdict: did not finish E-deadlock
//! On each wake takes the first that is ready, and sleeps on without looking at the rest.

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut waits: Vec<Pin<Box<_>>> =
        (0..n).map(|_| Box::pin(wait_random(rng.fork(), max_delay))).collect();
    let mut all = Vec::new();
    poll_fn(|cx| {
        if let Some(i) = waits.iter_mut().position(|w| match w.as_mut().poll(cx) {
            Poll::Ready(delay) => {
                all.push(delay);
                true
            }
            Poll::Pending => false,
        }) {
            drop(waits.swap_remove(i));
        }
        if waits.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all
}
