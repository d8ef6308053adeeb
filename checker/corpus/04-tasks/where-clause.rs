//! verdict: passed
//! Writes the bounds after the parameters and picks names of its own: the same signature.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<G>(generator: G, longest: Duration) -> JoinHandle<Duration>
where
    G: Rng,
    G: Send + 'static,
{
    let coroutine = wait_random(generator, longest);
    tokio::task::spawn(coroutine)
}
