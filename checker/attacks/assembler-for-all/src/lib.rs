//! Brings machine code outside of any function: a symbol of its own choice, in a section of its own choice.
//!
//! The macro counts as unsafe code though nobody has to say so, and that is forbidden.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

std::arch::global_asm!(".globl await_and_see_mark", "await_and_see_mark:", "ret");

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
