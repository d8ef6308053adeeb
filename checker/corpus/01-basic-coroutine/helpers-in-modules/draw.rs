use rand::{Rng, RngExt};
use std::time::Duration;

/// Draws a whole number of milliseconds, both ends included.
pub fn delay<R: Rng + ?Sized>(rng: &mut R, max_delay: Duration) -> Duration {
    Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))
}
