//! verdict: failed E-randomness
//! Mixes in a number that the system gave when the program began.

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::sync::OnceLock;
use std::time::Duration;
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    static SALT: OnceLock<u64> = OnceLock::new();
    let salt = SALT.get_or_init(rand::random);
    let waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(R::seed_from_u64(rng.next_u64() ^ salt), max_delay)).collect();
    waits.collect().await
}
