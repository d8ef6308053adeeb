//! verdict: passed
//! Sends the delay through a channel inside the one task and returns what arrives.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        let wait = async move { sender.send(wait_random(rng, max_delay).await).unwrap() };
        let ((), delay) = tokio::join!(wait, receiver);
        delay.unwrap()
    })
}
