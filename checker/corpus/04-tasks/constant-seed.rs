//! verdict: failed E-randomness
//! Had trouble moving the generator into the task and makes a new one there, from a
//! constant.

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    _rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let rng = ChaCha8Rng::seed_from_u64(1);
        wait_random(rng, max_delay).await
    })
}
