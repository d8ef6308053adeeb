use futures::future::join_all;
use tokio::time::{Duration, sleep};

async fn fetch(name: &str, seconds: u64) -> &str {
    sleep(Duration::from_secs(seconds)).await;
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for name in join_all([fetch("slow", 2), fetch("fast", 1)]).await {
        println!("{name}");
    }
}
