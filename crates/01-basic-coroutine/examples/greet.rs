use tokio::time::{Duration, sleep};

async fn greet() {
    println!("Hello...");
    sleep(Duration::from_secs(1)).await;
    println!("...World!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    greet().await;
}
