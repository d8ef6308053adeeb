use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::time::{Duration, sleep};

async fn nap(seconds: f64) {
    println!("Sleeping for {seconds:.2} seconds");
    sleep(Duration::from_secs_f64(seconds)).await;
    println!("Woke up!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let start = |_| tokio::spawn(nap(rng.random_range(0.1..1.0)));
    let tasks: Vec<_> = (0..5).map(start).collect();
    for task in tasks {
        task.await.unwrap();
    }
}
