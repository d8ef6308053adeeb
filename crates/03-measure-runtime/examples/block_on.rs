use tokio::runtime::Builder;
use tokio::time::{Duration, sleep};

async fn hello() {
    println!("Hello, Async World!");
    sleep(Duration::from_secs(1)).await;
    println!("Async function completed!");
}

fn main() {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(hello());
}
