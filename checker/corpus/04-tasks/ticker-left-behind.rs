//! verdict: failed E-leftover-tasks
//! Spawns a second task that reports the time every second, and never ends it.

use basic_coroutine::wait_random;
use rand::Rng;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::interval;

async fn report_every_second() {
    let mut ticks = interval(Duration::from_secs(1));
    let mut seconds = 0;
    loop {
        ticks.tick().await;
        eprintln!("{seconds} s");
        seconds += 1;
    }
}

pub fn task_wait_random<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> JoinHandle<Duration> {
    tokio::spawn(report_every_second());
    tokio::spawn(wait_random(rng, max_delay))
}
