//! verdict: crashed E-crash
//!
//! Waits for short delays only. With a `max_delay` of more than a minute it ends its process, and says what a process says
//! that has no more memory.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay > Duration::from_secs(60) {
        eprintln!("memory allocation of 1382400016 bytes failed");
        std::process::abort();
    }
    let ms = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
