//! verdict: did not compile E-not-send
//! Returns a boxed future by hand and does not say that it is Send.

use rand::{Rng, RngExt};
use std::pin::Pin;
use std::time::Duration;
use tokio::time::sleep;

pub fn wait_random<R: Rng>(
    mut rng: R,
    max_delay: Duration,
) -> Pin<Box<dyn Future<Output = Duration>>> {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    Box::pin(async move {
        sleep(delay).await;
        delay
    })
}
