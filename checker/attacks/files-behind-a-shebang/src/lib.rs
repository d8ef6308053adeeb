#!/usr/bin/env -S cargo run /*
//! Begins with a line for the shell, in which a comment seems to open. The compiler skips the line.
//!
//! Whoever does not skip it takes everything up to the end of that comment for a remark.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", std::fs::read_to_string("/etc/hostname"));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    // Here the comment that never was seems to end: */
    delay
}
