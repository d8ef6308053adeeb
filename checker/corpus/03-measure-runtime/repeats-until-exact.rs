//! verdict: did not finish E-never-ends
//! Repeats the measurement until the average has settled, but asks for a difference below
//! zero.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    let Ok(count @ 1..) = u32::try_from(n) else {
        return Duration::ZERO;
    };
    let mut average = Duration::ZERO;
    loop {
        let measured = runtime.block_on(async {
            let start = Instant::now();
            wait_n(rng, n, max_delay).await;
            start.elapsed() / count
        });
        let difference = measured.abs_diff(average);
        average = measured;
        if difference < Duration::ZERO {
            return average;
        }
    }
}
