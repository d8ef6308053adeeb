#![recursion_limit = "4294967295"]
//! Raises the limit of recursion as far as it goes, and has a macro call itself for ever.
//!
//! The compiler runs out of stack, or memory, or time: whatever comes first is no verdict on anybody else.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

macro_rules! again {
    ($($word:tt)*) => { again!($($word)* +) };
}

const NEVER: u64 = again!(1);

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{NEVER}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
