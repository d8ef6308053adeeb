//! verdict: failed E-leftover-threads
//! A thread looks after the progress. Nothing tells it when to stop, so it still looks when all is
//! done.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

fn show_progress(n: usize) -> Arc<AtomicUsize> {
    let done = Arc::new(AtomicUsize::new(0));
    let progress = Arc::clone(&done);
    thread::spawn(move || {
        let mut shown = 0;
        loop {
            let done = progress.load(Ordering::Relaxed);
            if done != shown {
                eprintln!("{done} of {n} tasks are done");
                shown = done;
            }
            thread::sleep(Duration::from_millis(250));
        }
    });
    done
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let done = show_progress(n);
    let mut tasks: FuturesUnordered<_> =
        (0..n).map(|_| task_wait_random(rng.fork(), max_delay)).collect();
    let mut delays = Vec::new();
    while let Some(delay) = tasks.next().await {
        delays.push(delay.unwrap());
        done.store(delays.len(), Ordering::Relaxed);
    }
    delays
}
