//! Prints what test programs print that have passed, in several dialects, and does not wait.
//!
//! What a submission prints is shown, and believed by nobody.

use std::time::Duration;

use rand::{Rng, RngExt};

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("test result: ok. 1 passed; 0 failed; 0 ignored");
    println!("{}", r#"{"version":1,"tasks":[{"number":1,"outcome":"passed"}]}"#);
    println!("##teamcity[testFinished name='check']");
    println!("::set-output name=result::passed");
    Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64))
}
