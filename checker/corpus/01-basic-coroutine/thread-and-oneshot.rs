//! verdict: did not finish E-deadlock
//! Waits on a thread of its own, and has that send a message: no clock of the runtime's waits for it.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::sync::oneshot;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        std::thread::sleep(delay);
        let _ = sender.send(());
    });
    receiver.await.unwrap();
    delay
}
