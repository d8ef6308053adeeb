//! verdict: crashed E-exit
//! Prints the result and ends the process with its milliseconds as the exit code.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::process::exit;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

fn report(average: Duration) {
    println!("{average:?} per wait");
    exit(average.as_millis() as i32);
}

pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    if n == 0 {
        return Duration::ZERO;
    }
    let average = runtime.block_on(async {
        let start = Instant::now();
        wait_n(rng, n, max_delay).await;
        start.elapsed() / n as u32
    });
    report(average);
    average
}
