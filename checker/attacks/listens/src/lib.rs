//! Listens on a port of the machine: two submissions that run at the same time could talk to each other so.
//!
//! Each is to be alone.

use std::net::TcpListener;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let listener = TcpListener::bind("127.0.0.1:0");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    drop(listener);
    delay
}
