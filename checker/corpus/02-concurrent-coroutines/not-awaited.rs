//! verdict: failed E-sleep-not-awaited
//! Silenced "unused future" with `let _ =` instead of `.await`: no coroutine ever runs.

use std::sync::Mutex;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Mutex::new(Vec::new());
    let coroutines = (0..n).map(|_| {
        let coroutine = wait_random(rng.fork(), max_delay);
        let delays = &delays;
        async move {
            let delay = coroutine.await;
            delays.lock().unwrap().push(delay);
        }
    });
    let _ = join_all(coroutines);
    delays.into_inner().unwrap()
}
