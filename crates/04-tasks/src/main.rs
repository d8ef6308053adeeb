//! Runs your `task_wait_random` on the real clock, and looks at the task while it runs.

use std::process::exit;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tasks::task_wait_random;
use tokio::time::sleep;

const USAGE: &str = "Usage: cargo run -p tasks [-- --seed N]

Starts a task of at most two seconds, and does something else before awaiting it.
The same seed gives the same delay.";

const MAX_DELAY: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    let seed = seed_from_args();
    let rng = ChaCha8Rng::seed_from_u64(seed);

    println!("seed {seed}, a task of at most {MAX_DELAY:?}");
    let start = Instant::now();
    let tell = |what: &str| println!("{:>5} ms  {what}", start.elapsed().as_millis());

    let handle = task_wait_random(rng, MAX_DELAY);
    tell("the task is scheduled, and main goes on");
    for _ in 0..4 {
        sleep(Duration::from_millis(250)).await;
        tell(if handle.is_finished() {
            "main is busy, the task has finished"
        } else {
            "main is busy, the task waits"
        });
    }
    tell("main awaits the handle");
    let delay = handle.await.expect("the task should not panic");
    tell(&format!("main has the result: the task waited {} ms", delay.as_millis()));
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
