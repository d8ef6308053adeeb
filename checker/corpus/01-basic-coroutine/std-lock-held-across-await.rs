//! verdict: did not compile E-not-send
//! Logs to a list behind a std Mutex and still holds the guard while it sleeps; the
//! guard must not change threads.

use rand::{Rng, RngExt};
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::sleep;

static DELAYS: Mutex<Vec<Duration>> = Mutex::new(Vec::new());

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    let mut delays = DELAYS.lock().unwrap();
    sleep(delay).await;
    delays.push(delay);
    delay
}
