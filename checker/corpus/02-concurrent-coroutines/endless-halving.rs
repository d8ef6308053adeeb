//! verdict: crashed E-crash
//! Halves the group until it is empty; a group of one is half of none and one, and so on until the
//! stack is full.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{BoxFuture, FutureExt, join};
use rand::{Rng, SeedableRng};

fn wait_group<R: Rng + Send + 'static>(
    mut group: Vec<R>,
    max_delay: Duration,
) -> BoxFuture<'static, Vec<Duration>> {
    match group.len() {
        0 => async { Vec::new() }.boxed(),
        2 => {
            let (last, first) = (group.remove(1), group.remove(0));
            join(wait_random(first, max_delay), wait_random(last, max_delay))
                .map(|(a, b)| vec![a, b])
                .boxed()
        }
        len => {
            let rest = group.split_off(len / 2);
            join(wait_group(group, max_delay), wait_group(rest, max_delay))
                .map(|(left, right)| [left, right].concat())
                .boxed()
        }
    }
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let group = (0..n).map(|_| rng.fork()).collect();
    let mut delays: Vec<Duration> = wait_group(group, max_delay).await;
    delays.sort();
    delays
}
