//! verdict: failed E-dependency-bypassed
//! Has every other delay from `wait_random`, and waits for the others itself.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<BoxFuture<Duration>> = FuturesUnordered::new();
    for i in 0..n {
        let mut own = rng.fork();
        if i % 2 == 0 {
            waits.push(wait_random(own, max_delay).boxed());
        } else {
            let ms = own.random_range(0..=max_delay.as_millis() as u64);
            let delay = Duration::from_millis(ms);
            waits.push(
                async move {
                    sleep(delay).await;
                    delay
                }
                .boxed(),
            );
        }
    }
    waits.collect().await
}
