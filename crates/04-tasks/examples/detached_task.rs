use tokio::time::{Duration, sleep};

async fn talk() {
    sleep(Duration::from_secs(1)).await;
    println!("nobody holds my handle");
    sleep(Duration::from_secs(60)).await;
    println!("this line is never printed");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    drop(tokio::spawn(talk()));
    sleep(Duration::from_secs(2)).await;
}
