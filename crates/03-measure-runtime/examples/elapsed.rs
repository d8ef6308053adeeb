use tokio::time::{Duration, Instant, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    sleep(Duration::from_secs(2)).await;
    println!("passed: {} s", start.elapsed().as_secs());
}
