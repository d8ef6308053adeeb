//! verdict: did not compile E-signature
//! Spawns and awaits in one go, and returns the delay instead of the handle.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;

pub async fn task_wait_random<R: Rng + Send + 'static>(rng: R, max_delay: Duration) -> Duration {
    tokio::spawn(wait_random(rng, max_delay)).await.unwrap()
}
