//! Runs your `wait_n` on the real clock, and draws the delays that it returned.

use std::process::exit;
use std::time::{Duration, Instant};

use concurrent_coroutines::wait_n;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const USAGE: &str = "Usage: cargo run -p concurrent-coroutines [-- --seed N]

Runs five coroutines of at most two seconds each. The same seed gives the same delays.";

const MAX_DELAY: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    let seed = seed_from_args();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);

    println!("seed {seed}, five coroutines of at most {MAX_DELAY:?}");
    let start = Instant::now();
    let delays = wait_n(&mut rng, 5, MAX_DELAY).await;
    let elapsed = start.elapsed();

    for delay in &delays {
        let bar = "█".repeat(delay.as_millis() as usize / 50);
        println!("{:>5} ms  {bar}", delay.as_millis());
    }
    println!("{:>5} ms  passed on the clock", elapsed.as_millis());
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
