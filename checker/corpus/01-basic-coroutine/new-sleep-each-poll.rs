//! verdict: did not finish E-deadlock
//! Makes a new sleep at each poll, and drops it again.

use rand::{Rng, RngExt};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    poll_fn(|cx| pin!(sleep(delay)).poll(cx)).await;
    delay
}
