//! verdict: passed R-needless-task
//! Spawns the measurement on the runtime and waits for its handle: a task too many.

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
    if n == 0 {
        return Duration::ZERO;
    }
    let mut rng = rng.fork();
    let task = runtime.spawn(async move {
        let start = Instant::now();
        wait_n(&mut rng, n, max_delay).await;
        start.elapsed()
    });
    let elapsed = runtime.block_on(task).expect("the task does not panic");
    elapsed / n as u32
}
