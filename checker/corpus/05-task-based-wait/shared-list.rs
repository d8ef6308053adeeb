//! verdict: passed
//! Every handle is followed by a piece of code that adds the delay to a shared list.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{FutureExt, join_all};
use rand::{Rng, SeedableRng};
use tasks::task_wait_random;

/// Runs `n` tasks at once, and returns their delays in ascending order.
pub async fn task_wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let delays = Rc::new(RefCell::new(vec![]));
    let tasks = (0..n).map(|_| {
        let delays = Rc::clone(&delays);
        task_wait_random(rng.fork(), max_delay)
            .map(move |delay| delays.borrow_mut().push(delay.unwrap()))
    });
    join_all(tasks).await;
    delays.take()
}
