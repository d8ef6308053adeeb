use tokio::time::{Duration, sleep};

async fn say_after(seconds: u64, word: &str) {
    sleep(Duration::from_secs(seconds)).await;
    println!("{word}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(say_after(1, "hello"), say_after(2, "world"));
}
