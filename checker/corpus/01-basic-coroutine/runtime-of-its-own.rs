//! verdict: failed E-own-runtime
//! A runtime cannot be started inside another one, so it builds its own on a blocking
//! thread and sleeps there.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::task::spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async move { sleep(delay).await });
    })
    .await
    .unwrap();
    delay
}
