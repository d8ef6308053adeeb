//! verdict: did not finish E-never-ends
//! A heartbeat every ten seconds makes the sleep anew each time, so what is longer never ends.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    loop {
        tokio::select! {
            () = sleep(delay) => return delay,
            () = sleep(Duration::from_secs(10)) => println!("still waiting"),
        }
    }
}
