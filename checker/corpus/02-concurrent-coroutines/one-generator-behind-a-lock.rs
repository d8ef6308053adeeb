//! verdict: failed E-same-generator
//! All coroutines share one generator.

use std::time::Duration;

use basic_coroutine::wait_random;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, SeedableRng};
use std::sync::{Arc, Mutex};
struct Shared<R>(Arc<Mutex<R>>);
impl<R: Rng> rand::TryRng for Shared<R> {
    type Error = core::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(self.0.lock().unwrap().next_u32())
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(self.0.lock().unwrap().next_u64())
    }
    fn try_fill_bytes(&mut self, b: &mut [u8]) -> Result<(), Self::Error> {
        self.0.lock().unwrap().fill_bytes(b);
        Ok(())
    }
}
pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Vec<Duration> {
    let shared = Arc::new(Mutex::new(rng.fork()));
    let bag: FuturesUnordered<_> =
        (0..n).map(|_| wait_random(Shared(shared.clone()), max_delay)).collect();
    bag.collect().await
}
