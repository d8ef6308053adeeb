use rand::RngExt;
use tokio::time::{Duration, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let seconds = rand::rng().random_range(0.0..5.0);
    sleep(Duration::from_secs_f64(seconds)).await;
}
