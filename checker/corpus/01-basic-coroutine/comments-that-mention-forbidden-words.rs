//! verdict: passed
//! Names everything that must not be used, in comments and in strings only.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

// Not std::thread::sleep(delay): it would block the thread. Not rand::rng() either, and
// no tokio::time::advance(), no block_on, no Instant from std::time, no unsafe { }.
/* wait_random(rng, max_delay) must not sort(): there is only one delay. todo!() */
pub const NOTES: &str = "thread::sleep, .sort(), process::exit(0), unsafe, todo!()";

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    debug_assert!(delay <= max_delay, "{NOTES}");
    sleep(delay).await; // instead of thread::sleep
    delay
}
