//! verdict: failed E-bound-excluded
//! `Uniform::new` leaves the upper end out (`new_inclusive` would keep it), and its
//! unwrap panics for the empty range at zero.

use rand::Rng;
use rand::distr::{Distribution, Uniform};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let distribution = Uniform::new(0, max_delay.as_millis() as u64).unwrap();
    let delay = Duration::from_millis(distribution.sample(&mut rng));
    sleep(delay).await;
    delay
}
