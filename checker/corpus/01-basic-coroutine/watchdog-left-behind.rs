//! verdict: failed E-leftover-tasks
//! Spawns a watchdog that would report a wait that takes too long, and never stops it.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    tokio::spawn(async move {
        sleep(max_delay + Duration::from_secs(1)).await;
        eprintln!("still waiting?");
    });
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
