//! verdict: passed
//! Splits the work over two modules, one of them with a file of its own.

mod draw;

mod nap {
    use std::time::Duration;

    pub async fn nap(duration: Duration) -> Duration {
        tokio::time::sleep(duration).await;
        duration
    }
}

use rand::Rng;
use std::time::Duration;

pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    nap::nap(draw::delay(&mut rng, max_delay)).await
}
