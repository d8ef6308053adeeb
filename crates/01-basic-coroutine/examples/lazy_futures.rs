use tokio::time::{Duration, sleep};

async fn announce() {
    println!("Start of async function");
    sleep(Duration::from_secs(1)).await;
    println!("End of async function");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (first, second) = (announce(), announce()); // prints nothing
    first.await;
    second.await;
}
