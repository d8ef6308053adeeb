use tokio::time::{Duration, sleep};

async fn step(name: &str) {
    sleep(Duration::from_secs(1)).await;
    println!("the {name} is done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = step("future");
    let task = tokio::spawn(step("task"));
    sleep(Duration::from_secs(5)).await;
    println!("main looks up");
    task.await.unwrap();
    future.await;
}
