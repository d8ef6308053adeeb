//! verdict: crashed E-nested-runtime
//! Found `block_in_place` as the cure for "Cannot start a runtime from within a runtime".

use std::time::Duration;

use futures::future::join_all;
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let results = block_in_place(|| Handle::current().block_on(join_all(handles)));
    let mut delays: Vec<Duration> = results.into_iter().map(Result::unwrap).collect();
    delays.sort();
    delays
}
