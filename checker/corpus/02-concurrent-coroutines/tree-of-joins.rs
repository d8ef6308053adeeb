//! verdict: passed
//! Joins two halves, each of which joins its own two halves, and merges their lists on the way
//! back.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::{BoxFuture, FutureExt, join};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let group = (0..n).map(|_| rng.fork()).collect();
    wait_group(group, max_delay).await
}

fn wait_group<R: Rng + Send + 'static>(
    mut group: Vec<R>,
    max_delay: Duration,
) -> BoxFuture<'static, Vec<Duration>> {
    if group.len() < 2 {
        return async move {
            match group.pop() {
                Some(child) => vec![wait_random(child, max_delay).await],
                None => vec![],
            }
        }
        .boxed();
    }
    let right = group.split_off(group.len() / 2);
    join(wait_group(group, max_delay), wait_group(right, max_delay))
        .map(|(left, right)| merge(left, right))
        .boxed()
}

fn merge(left: Vec<Duration>, right: Vec<Duration>) -> Vec<Duration> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        let smaller = if l <= r { left.next() } else { right.next() };
        merged.extend(smaller);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}
