//! verdict: passed R-sorted
//! Polls each once, which starts it, then awaits them in order, and sorts.

use basic_coroutine::wait_random;
use futures::future::maybe_done;
use rand::{Rng, SeedableRng};
use std::pin::Pin;
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut started: Vec<Pin<Box<_>>> =
        (0..n).map(|_| Box::pin(maybe_done(wait_random(rng.fork(), max_delay)))).collect();
    for wait in &mut started {
        let _ = futures::poll!(wait.as_mut());
    }
    let mut delays = Vec::new();
    for mut wait in started {
        wait.as_mut().await;
        delays.push(wait.as_mut().take_output().unwrap());
    }
    delays.sort();
    delays
}
