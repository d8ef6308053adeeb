//! Makes a pair of a type with itself, again and again: each step doubles the name of the type, and what drops it.
//!
//! The compiler has limits against it, and a limit of time and memory for the rest.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

fn twice<T: Clone>(value: T, left: u32) -> usize {
    if left == 0 { size_of::<T>() } else { twice((value.clone(), value), left - 1) }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{}", twice(0_u8, 64));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
