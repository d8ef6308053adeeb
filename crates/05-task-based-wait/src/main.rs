//! Runs your `task_wait_n` on the real clock, and counts its tasks while they run.

use std::pin::pin;
use std::process::exit;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use task_based_wait::task_wait_n;
use tokio::runtime::Handle;
use tokio::time::timeout;

const USAGE: &str = "Usage: cargo run -p task-based-wait [-- --seed N]

Runs twenty tasks of at most two seconds each. The same seed gives the same delays.";

const MAX_DELAY: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    let seed = seed_from_args();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let runtime = Handle::current();

    println!("seed {seed}, twenty tasks of at most {MAX_DELAY:?}");
    let start = Instant::now();
    let mut waiting = pin!(task_wait_n(&mut rng, 20, MAX_DELAY));
    let delays = loop {
        // Running out of time does not cancel `waiting`: the next turn goes on where it was.
        if let Ok(delays) = timeout(Duration::from_millis(200), &mut waiting).await {
            break delays;
        }
        let alive = runtime.metrics().num_alive_tasks();
        println!("{:>5} ms  {} {alive} alive", start.elapsed().as_millis(), "█".repeat(alive));
    };
    println!("{:>5} ms  {} delays returned", start.elapsed().as_millis(), delays.len());
    println!(
        "{:>5} ms  would have passed one after another",
        delays.iter().sum::<Duration>().as_millis()
    );
}

/// The seed given with `--seed N`, or else a random one.
fn seed_from_args() -> u64 {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let seed = match args[..] {
        [] => Some(rand::random_range(0..100_000)),
        ["--seed", seed] => seed.parse().ok(),
        ["--help" | "-h"] => {
            println!("{USAGE}");
            exit(0);
        }
        _ => None,
    };
    seed.unwrap_or_else(|| {
        eprintln!(
            "cannot read the arguments `{}`: expected `--seed` and a whole number\n\n{USAGE}",
            args.join(" ")
        );
        exit(2);
    })
}
