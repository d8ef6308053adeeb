//! verdict: failed E-calls-interfere
//! The results of all calls go to one static list: two calls at once mix them up.

use basic_coroutine::wait_random;
use futures::future::join_all;
use rand::{Rng, SeedableRng};
use std::sync::Mutex;
use std::time::Duration;
static RESULTS: Mutex<Vec<Duration>> = Mutex::new(Vec::new());
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    RESULTS.lock().unwrap().clear();
    let waits: Vec<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    join_all(waits.into_iter().map(async |wait| {
        let delay = wait.await;
        RESULTS.lock().unwrap().push(delay);
    }))
    .await;
    std::mem::take(&mut RESULTS.lock().unwrap())
}
