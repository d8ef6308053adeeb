//! verdict: failed E-leftover-threads
//! Starts a thread that shows a running clock and has no way to end.

use basic_coroutine::wait_random;
use rand::Rng;
use std::thread;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

fn show_clock() {
    let start = Instant::now();
    thread::spawn(move || {
        loop {
            eprint!("\r{:>4} s", start.elapsed().as_secs());
            thread::sleep(Duration::from_secs(1));
        }
    });
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    show_clock();
    tokio::spawn(wait_random(rng, max_delay))
}
