//! verdict: failed E-randomness
//! Keeps a generator of its own in a static, which every call moves on: the numbers look
//! fine, but they depend on how many waits there were before, not on the generator given.

use rand::Rng;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::sleep;

static STATE: AtomicU64 = AtomicU64::new(0x9e37_79b9_7f4a_7c15);

fn next() -> u64 {
    let mut x = STATE.load(Ordering::Relaxed);
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    STATE.store(x, Ordering::Relaxed);
    x
}

pub async fn wait_random<R: Rng>(_rng: R, max_delay: Duration) -> Duration {
    let count = max_delay.as_millis() as u64 + 1;
    let delay = Duration::from_millis(next() % count);
    sleep(delay).await;
    delay
}
