//! Has a macro double its text forty times: a trillion words, of five lines.
//!
//! The compiler gets a limit of memory and of time.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

macro_rules! double {
    (; $($word:tt)*) => { [$($word)*].len() };
    (x $($left:ident)*; $($word:tt)*) => { double!($($left)*; $($word)* $($word)*) };
}

const MANY: usize =
    double!(x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x; 0,);

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{MANY}");
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
