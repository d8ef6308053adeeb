//! verdict: did not finish E-deadlock
//! Sends the delays through a channel and receives until it is closed, while the sender
//! is still at hand.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        for delay in wait_n(rng, n, max_delay).await {
            sender.send(delay).unwrap();
        }
        let elapsed = start.elapsed();
        while let Some(delay) = receiver.recv().await {
            println!("{delay:?}");
        }
        elapsed
    });
    elapsed.checked_div(n as u32).unwrap_or_default()
}
