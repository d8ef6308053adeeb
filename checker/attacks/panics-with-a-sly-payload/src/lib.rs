//! Panics with a value whose destructor panics: whoever catches the panic drops the value, outside of every net.
//!
//! It is the first panic that counts.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Sly;

impl Drop for Sly {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("and again");
        }
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay < Duration::MAX {
        std::panic::panic_any(Sly);
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
