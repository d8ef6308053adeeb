use tokio::time::{Duration, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Hello, Async World!");
    sleep(Duration::from_secs(1)).await;
    println!("Async function completed!");
}
