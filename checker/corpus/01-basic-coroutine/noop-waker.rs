//! verdict: did not finish E-deadlock
//! Polls the sleep with a waker that does nothing.

use rand::{Rng, RngExt};
use std::future::{Future, poll_fn};
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let mut nap = Box::pin(sleep(delay));
    poll_fn(|_| nap.as_mut().poll(&mut Context::from_waker(Waker::noop()))).await;
    delay
}
