//! verdict: failed E-calls-interfere
//! A static async lock lets one call of wait_n go on at a time.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::sync::Mutex;
static TURN: Mutex<()> = Mutex::const_new(());
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let _turn = TURN.lock().await;
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
