//! verdict: failed E-concurrency-cap
//! Lets no more than ten wait at a time, to be nice to the timer.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::sync::Semaphore;
use tokio::time::sleep;

static PERMITS: Semaphore = Semaphore::const_new(10);

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let _permit = PERMITS.acquire().await.unwrap();
    sleep(delay).await;
    delay
}
