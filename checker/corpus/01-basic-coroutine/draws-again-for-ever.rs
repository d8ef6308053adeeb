//! verdict: crashed E-crash
//! Draws again, by recursion, when the delay does not fit; the comparison is the wrong
//! way round, so no delay ever fits and the stack overflows.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

fn pick<R: Rng>(rng: &mut R, max_ms: u64) -> u64 {
    let ms = rng.random_range(0..=max_ms);
    if ms > max_ms { ms } else { pick(rng, max_ms) }
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(pick(&mut rng, max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
