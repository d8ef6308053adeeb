//! Runs your `wait_random` on the real clock: three waits, each beside what the clock says.

use std::process::exit;
use std::time::{Duration, Instant};

use basic_coroutine::wait_random;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const USAGE: &str = "Usage: cargo run -p basic-coroutine [-- --seed N]

Waits three times, at most two seconds each. The same seed gives the same delays.";

const MAX_DELAY: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    let seed = seed_from_args();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);

    println!("seed {seed}, delays of at most {MAX_DELAY:?}");
    for _ in 0..3 {
        let start = Instant::now();
        let delay = wait_random(rng.fork(), MAX_DELAY).await;
        let (delay, elapsed) = (delay.as_millis(), start.elapsed().as_millis());
        println!("wait_random returned {delay:>4} ms, and {elapsed:>4} ms passed on the clock");
    }
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
