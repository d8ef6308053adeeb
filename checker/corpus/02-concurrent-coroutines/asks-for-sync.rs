//! verdict: did not compile E-signature
//! Asks for more than the contract does: whoever has no such generator can't call it.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static + Sync>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let bag: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    bag.collect().await
}
