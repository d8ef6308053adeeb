use tokio::time::{Duration, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let handle = tokio::spawn(sleep(Duration::from_secs(1)));
    println!("Task scheduled!");
    handle.await.unwrap();
    println!("Task finished!");
}
