//! verdict: failed E-value-mismatch
//! Measures the sleep with the clock of the standard library and returns that: never
//! the delay itself, and almost nothing when the runtime's clock is not the wall clock.

use rand::{Rng, RngExt};
use std::time::{Duration, Instant};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let started = Instant::now();
    let millis = rng.random_range(0..=max_delay.as_millis() as u64);
    tokio::time::sleep(Duration::from_millis(millis)).await;
    started.elapsed()
}
