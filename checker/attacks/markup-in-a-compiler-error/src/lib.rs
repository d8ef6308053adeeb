//! Has the compiler say what is markup on a web page, a formula in a table, and an order to a terminal.
//!
//! Reports show what the compiler says, and must show it as it is.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

compile_error!(
    "<script>alert(1)</script>\n=HYPERLINK(\"http://192.0.2.1\")\n\x1b]0;mine\x07\x1b[2J"
);

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
