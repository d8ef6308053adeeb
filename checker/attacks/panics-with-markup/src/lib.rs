//! Panics with a message that is markup on a web page, a formula in a table, and an order to a terminal.
//!
//! Reports quote the message, and must show it as it is.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    assert!(
        max_delay == Duration::MAX,
        "=HYPERLINK(\"http://192.0.2.1\") <script>alert(1)</script> \x1b]0;mine\x07\x1b[2J"
    );
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
