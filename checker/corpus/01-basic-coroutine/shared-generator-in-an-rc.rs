//! verdict: did not compile E-not-send
//! Wraps the generator into Rc and RefCell and keeps it until after the sleep, so the
//! future must stay on its thread and cannot be spawned.

use rand::{Rng, RngExt};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(rng: R, max_delay: Duration) -> Duration {
    let rng = Rc::new(RefCell::new(rng));
    let max_ms = max_delay.as_millis() as u64;
    let millis = rng.borrow_mut().random_range(0..=max_ms);
    let delay = Duration::from_millis(millis);
    sleep(delay).await;
    drop(rng);
    delay
}
