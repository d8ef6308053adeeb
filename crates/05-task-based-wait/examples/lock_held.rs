use tokio::sync::Mutex;
use tokio::time::{Duration, Instant, sleep};

async fn held(list: &Mutex<Vec<u32>>, number: u32) {
    // this variable is the guard, and lives until the end of the function
    let mut list = list.lock().await;
    list.push(number);
    sleep(Duration::from_secs(1)).await;
}

async fn released(list: &Mutex<Vec<u32>>, number: u32) {
    // here the guard lives on one line only
    list.lock().await.push(number);
    sleep(Duration::from_secs(1)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let list = Mutex::new(Vec::new());

    let start = Instant::now();
    tokio::join!(held(&list, 1), held(&list, 2), held(&list, 3));
    println!("held: {} s", start.elapsed().as_secs());

    let start = Instant::now();
    tokio::join!(released(&list, 4), released(&list, 5), released(&list, 6));
    println!("released: {} s", start.elapsed().as_secs());
}
