//! Runs your `measure_time` on the real clock, for more and more coroutines.

use std::process::exit;
use std::time::Duration;

use measure_runtime::measure_time;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Runtime;

const USAGE: &str = "Usage: cargo run -p measure-runtime [-- --seed N]

Times 1, 10, 100 and 1000 coroutines of at most one second each.
The same seed gives the same delays.";

const MAX_DELAY: Duration = Duration::from_secs(1);

fn main() {
    let seed = seed_from_args();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let runtime = Runtime::new().expect("the system should let us build a runtime");

    println!("seed {seed}, delays of at most {MAX_DELAY:?}");
    println!("    n      time / n   time for all");
    for n in [1, 10, 100, 1000] {
        let share = measure_time(&runtime, &mut rng, n, MAX_DELAY);
        println!(
            "{n:>5}   {:>8.2} ms       {:>5} ms",
            share.as_secs_f64() * 1000.0,
            (share * n as u32).as_millis()
        );
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
