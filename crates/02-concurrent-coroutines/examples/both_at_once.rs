use tokio::time::{Duration, sleep};

async fn work(number: u32, seconds: u64) {
    println!("Task {number} started");
    sleep(Duration::from_secs(seconds)).await;
    println!("Task {number} completed");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(work(1, 2), work(2, 1));
}
