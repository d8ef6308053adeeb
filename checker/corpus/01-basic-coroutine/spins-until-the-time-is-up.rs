//! verdict: failed E-blocking
//! Looks at the wall clock again and again until the delay is over: right to the
//! microsecond, and nothing else can run on the thread meanwhile.

use rand::{Rng, RngExt};
use std::time::{Duration, Instant};

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let end = Instant::now() + delay;
    while Instant::now() < end {
        std::hint::spin_loop();
    }
    delay
}
