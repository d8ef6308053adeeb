//! verdict: failed E-leftover-threads
//! Starts a thread that turns a little wheel on the terminal while it waits, and forgets
//! to end it.

use rand::{Rng, RngExt};
use std::io::Write;
use std::thread;
use std::time::Duration;
use tokio::time::sleep;

fn show_spinner() {
    thread::spawn(|| {
        for wheel in ["|", "/", "-", "\\"].iter().cycle() {
            eprint!("\r{wheel}");
            let _ = std::io::stderr().flush();
            thread::sleep(Duration::from_millis(250));
        }
    });
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    show_spinner();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
