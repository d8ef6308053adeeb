//! verdict: passed
//! `for_each_concurrent` without a limit, each coroutine adding its own delay to the list.

use std::cell::RefCell;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = RefCell::new(Vec::with_capacity(n));
    let children = stream::iter((0..n).map(|_| rng.fork()));
    children
        .for_each_concurrent(None, |child| async {
            let delay = wait_random(child, max_delay).await;
            delays.borrow_mut().push(delay);
        })
        .await;
    delays.into_inner()
}
