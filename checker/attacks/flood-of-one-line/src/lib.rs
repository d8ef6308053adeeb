//! Prints half a gigabyte and no line end: whoever reads line by line keeps all of it.
//!
//! Bytes are counted, and not lines.

use std::io::Write;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    for _ in 0..1 << 15 {
        let _ = std::io::stdout().write_all(&[b'x'; 1 << 14]);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
