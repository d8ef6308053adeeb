use tokio::time::{Duration, sleep};

async fn add(a: i32, b: i32) -> i32 {
    sleep(Duration::from_secs(1)).await;
    a + b
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", add(2, 3).await);
}
