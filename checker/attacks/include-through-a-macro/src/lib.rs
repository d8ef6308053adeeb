//! Hands the name of `include_bytes!` to a macro of its own, which makes the call, and puts the path together besides.
//!
//! A word is a word, whatever a macro makes of it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

macro_rules! call {
    ($name:ident, $($part:literal),*) => { $name!(concat!($($part),*)) };
}

const KEYS: &[u8] = call!(include_bytes, "/et", "c/host", "name");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", KEYS.len());
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
