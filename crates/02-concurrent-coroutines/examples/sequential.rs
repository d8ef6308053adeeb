use tokio::time::{Duration, sleep};

async fn work(number: u32, seconds: u64) {
    println!("Task {number} started");
    sleep(Duration::from_secs(seconds)).await;
    println!("Task {number} completed");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    work(1, 2).await;
    work(2, 1).await;
}
