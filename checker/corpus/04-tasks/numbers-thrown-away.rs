//! verdict: passed R-extra-draw
//! Draws a few numbers before it hands the generator on, because the first ones are "not
//! random enough".

use basic_coroutine::wait_random;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    mut rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    for _ in 0..3 {
        let _ = rng.random::<u64>();
    }
    tokio::spawn(wait_random(rng, max_delay))
}
