//! verdict: crashed E-exit
//! Treats the library like a program of its own and ends the process after the wait.

use rand::{Rng, RngExt};
use std::process;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    println!("waited {delay:?}, bye!");
    if delay <= max_delay {
        process::exit(0);
    }
    delay
}
