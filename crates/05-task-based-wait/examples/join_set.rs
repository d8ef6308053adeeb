use tokio::task::JoinSet;
use tokio::time::{Duration, sleep};

async fn fetch(name: &str, seconds: u64) -> &str {
    sleep(Duration::from_secs(seconds)).await;
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut set = JoinSet::new();
    set.spawn(fetch("slow", 2));
    set.spawn(fetch("fast", 1));
    while let Some(result) = set.join_next().await {
        println!("{}", result.unwrap());
    }
}
