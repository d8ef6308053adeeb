//! verdict: did not finish E-blocked-forever
//! Locks the list again, for printing, while it still has it locked.

use std::sync::Mutex;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

fn report(delays: &Mutex<Vec<Duration>>) {
    println!("finished so far: {}", delays.lock().unwrap().len());
}

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Mutex::new(Vec::new());
    stream::iter(0..n)
        .map(|_| task_wait_random(rng.fork(), max_delay))
        .for_each_concurrent(None, |task| async {
            let delay = task.await.unwrap();
            let mut list = delays.lock().unwrap();
            list.push(delay);
            report(&delays);
        })
        .await;
    delays.into_inner().unwrap()
}
