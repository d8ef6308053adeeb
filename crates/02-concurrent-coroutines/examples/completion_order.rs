use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::{Duration, sleep};

async fn fetch(name: &str, seconds: u64) -> &str {
    sleep(Duration::from_secs(seconds)).await;
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut running = FuturesUnordered::new();
    running.push(fetch("slow", 2));
    running.push(fetch("fast", 1));
    while let Some(name) = running.next().await {
        println!("{name}");
    }
}
