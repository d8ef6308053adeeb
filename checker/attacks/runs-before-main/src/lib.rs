//! Puts a function into the list of those that run when the library is loaded: the recorder does not watch yet.
//!
//! The attribute that does it has to be called unsafe.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

#[unsafe(link_section = ".init_array")]
#[used]
static FIRST: extern "C" fn() = first;

extern "C" fn first() {
    println!("here before everybody");
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
