//! Hands the words of the path to a macro, which puts them together: nowhere do they stand side by side.
//!
//! In doubt a word counts, wherever it stands.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

macro_rules! path {
    ($last:ident of $middle:ident of $first:ident) => {
        $first::$middle::$last
    };
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{:?}", path!(read_to_string of fs of std)("/etc/hostname"));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
