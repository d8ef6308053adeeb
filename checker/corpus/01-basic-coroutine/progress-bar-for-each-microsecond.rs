//! verdict: did not finish E-output-limit
//! Left a progress bar in that is printed anew for every microsecond of the delay.

use rand::{Rng, RngExt};
use std::time::Duration;
use tokio::time::sleep;

const WIDTH: usize = 100;

fn show_progress(delay: Duration) {
    let total = delay.as_micros();
    for micros in 1..=total {
        let filled = micros * WIDTH as u128 / total;
        let bar = "#".repeat(filled as usize);
        println!("[{bar:WIDTH$}] {micros} of {total} microseconds");
    }
}

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    show_progress(delay);
    sleep(delay).await;
    delay
}
