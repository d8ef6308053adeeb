//! verdict: did not finish E-deadlock
//! Lets a task send a message after the sleep and receives until the channel closes; it
//! never does, because the first sender is still there.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let (sender, mut receiver) = mpsc::channel(1);
    let done = sender.clone();
    tokio::spawn(async move {
        sleep(delay).await;
        done.send(delay).await.unwrap();
    });
    let mut waited = Duration::ZERO;
    while let Some(delay) = receiver.recv().await {
        waited = delay;
    }
    waited
}
