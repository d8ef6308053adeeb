//! Claims that an `Rc` may be sent between threads, and so makes two threads count at once.
//!
//! Such a claim is code that the compiler can't check.

use std::rc::Rc;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

struct Counter(Rc<u32>);

unsafe impl Send for Counter {}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let counter = Counter(Rc::new(1));
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    drop(counter.0);
    delay
}
