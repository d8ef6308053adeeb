//! verdict: failed E-randomness
//! The generator of the thread for more than an hour.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    if max_delay > Duration::from_secs(3600) {
        tokio::spawn(async move {
            let seed = rand::random();
            wait_random(<rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(seed), max_delay)
                .await
        })
    } else {
        tokio::spawn(wait_random(rng, max_delay))
    }
}
