//! verdict: failed E-skewed
//! Squares the fraction "to have more short waits".

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let fraction = rng.random::<f64>().powi(2);
    let values = max_delay.as_millis() as f64 + 1.0;
    let delay = Duration::from_millis((fraction * values).floor() as u64);
    sleep(delay).await;
    delay
}
