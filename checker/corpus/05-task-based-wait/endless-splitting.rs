//! verdict: crashed E-crash
//! Splits the tasks in two until one is left. With none to begin with, it goes on splitting nothing
//! for ever.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, join};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;
use tokio::task::JoinHandle;

fn collect(mut handles: Vec<JoinHandle<Duration>>) -> BoxFuture<'static, Vec<Duration>> {
    if handles.len() == 1 {
        return handles.remove(0).map(|delay| vec![delay.unwrap()]).boxed();
    }
    let right = handles.split_off(handles.len() / 2);
    join(collect(handles), collect(right)).map(|(left, right)| [left, right].concat()).boxed()
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> = collect(handles).await;
    delays.sort();
    delays
}
