#![allow(long_running_const_eval)]
//! Has the compiler compute a constant that it never has, and takes its warning of that back.
//!
//! The compiler gets a limit of time like everybody else.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

const ANSWER: u64 = {
    let mut number = 1_u64;
    while number != 0 {
        number = number.wrapping_add(2);
    }
    number
};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{ANSWER}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
