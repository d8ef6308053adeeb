//! What recording costs: one run of `wait_n`, recorded by the checker and run by tokio alone. Prints a line of JSON for
//! each number of coroutines; `cargo xtask bench` reads them.
//!
//! Build it as probes are built: `cargo bench -p checker --profile dev --bench runs`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use checker::clock;
use checker::scenario::Scenario;
use checker::subject;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Builder;
use tokio::time::sleep;

const ROUNDS: usize = 11;
const MAX_DELAY_MS: u64 = 1000;

async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

async fn wait_n<R: Rng + SeedableRng>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}

fn main() {
    let subject = subject::wait_n(|rng, n, max_delay| Box::pin(wait_n(rng, n, max_delay)));
    for n in [1, 10, 100, 1000] {
        let scenario = Scenario::plain(7, n, MAX_DELAY_MS);
        // so many that a round takes some milliseconds
        let runs = 2000 / (n + 10);
        let recorded = || drop(black_box(clock::run(&subject, &scenario)));
        let alone = || drop(black_box(by_tokio_alone(n)));
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            with.push(one_of(runs, recorded));
            without.push(one_of(runs, alone));
        }
        println!(
            "{{\"n\":{n},\"recorded_us\":{:.1},\"alone_us\":{:.1}}}",
            median(with),
            median(without)
        );
    }
}

fn by_tokio_alone(n: usize) -> Vec<Duration> {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    runtime.expect("a runtime").block_on(wait_n(&mut rng, n, Duration::from_millis(MAX_DELAY_MS)))
}

/// Microseconds that one of `runs` takes.
fn one_of(runs: usize, run: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..runs).for_each(|_| run());
    start.elapsed().as_secs_f64() * 1e6 / runs as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
