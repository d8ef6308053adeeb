use tokio::runtime::Builder;
use tokio::time::{Duration, sleep};

fn main() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();

    let computer = std::time::Instant::now();
    let outside = tokio::time::Instant::now();
    runtime.block_on(async {
        let inside = tokio::time::Instant::now();
        sleep(Duration::from_secs(60)).await;
        println!("tokio's, inside: {} s", inside.elapsed().as_secs());
    });
    println!("tokio's, outside: {} s", outside.elapsed().as_secs());
    println!("std's: {} s", computer.elapsed().as_secs());
}
