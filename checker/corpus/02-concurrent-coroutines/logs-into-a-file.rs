//! verdict: failed E-forbidden-api
//! Writes what it does into a file, as one learns it elsewhere.

use std::io::Write;
use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let mut log = std::fs::File::create("log.txt").unwrap();
    let mut waits: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    let mut delays = vec![];
    while let Some(delay) = waits.next().await {
        writeln!(log, "{delay:?}").unwrap();
        delays.push(delay);
    }
    delays
}
