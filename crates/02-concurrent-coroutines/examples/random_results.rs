use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::time::{Duration, sleep};

async fn operation<R: Rng>(mut rng: R) {
    sleep(Duration::from_secs(1)).await;
    println!("Random result: {}", rng.random_range(1..=100));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    tokio::join!(operation(rng.fork()), operation(rng.fork()));
}
