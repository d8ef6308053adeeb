//! Hands the word to a macro as a token, which puts it in front of a block: no unsafe block stands in the source.
//!
//! The word itself does.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

macro_rules! built {
    ($word:tt $($body:tt)*) => { $word { $($body)* } };
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    if max_delay.is_zero() {
        println!("{}", built!(unsafe *(0x1000 as *const u8)));
    }
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
