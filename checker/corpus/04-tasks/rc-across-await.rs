//! verdict: did not compile E-compile
//! Holds an Rc in the task while it waits; a task must be able to change threads.

use basic_coroutine::wait_random;
use rand::Rng;
use std::rc::Rc;
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(async move {
        let name = Rc::new(String::from("a random wait"));
        let delay = wait_random(rng, max_delay).await;
        println!("{name} of {delay:?}");
        delay
    })
}
