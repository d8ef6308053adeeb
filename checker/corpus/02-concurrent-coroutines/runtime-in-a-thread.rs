//! verdict: failed E-own-runtime
//! After "Cannot start a runtime from within a runtime", moves the second runtime to a thread of
//! its own.

use std::thread;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tokio::runtime::Builder;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let children: Vec<R> = (0..n).map(|_| rng.fork()).collect();
    let thread = thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let waits: FuturesUnordered<_> =
                children.into_iter().map(|child| wait_random(child, max_delay)).collect();
            waits.collect::<Vec<_>>().await
        })
    });
    thread.join().unwrap()
}
