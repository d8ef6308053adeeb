//! Measures what recording costs: one run of `wait_n`, recorded by the checker, and run by tokio alone. This program is
//! built like a harness, so a run takes as long here as in a harness.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;
use checker::contract::waits::WaitScenario;
use checker::tasks;
use checker::worker::clock;
use futures::stream::{FuturesUnordered, StreamExt};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Builder;
use tokio::time::sleep;

use super::measure::{Contestant, in_turns};
use super::report::Compared;

/// Numbers of coroutines.
const SIZES: [usize; 4] = [1, 10, 100, 1000];

const MAX_DELAY: Duration = Duration::from_secs(1);

pub fn measure(rounds: usize) -> Result<Vec<Compared>> {
    SIZES.into_iter().map(|n| one(n, rounds)).collect()
}

fn one(n: usize, rounds: usize) -> Result<Compared> {
    let subject = tasks::wait_n::subject(|rng, n, max_delay| Box::pin(wait_n(rng, n, max_delay)));
    let scenario = WaitScenario::seeded(7, n, MAX_DELAY.as_millis() as u64).erased();
    // so many that a round takes some milliseconds
    let runs = 2000 / (n as u32 + 10);
    let mut measured = in_turns(
        rounds,
        vec![
            Contestant::new(RECORDED, |_| {
                Ok(each(runs, || drop(black_box(clock::run(&subject, &scenario)))))
            }),
            Contestant::new(ALONE, |_| {
                let runtime =
                    || Builder::new_current_thread().enable_time().start_paused(true).build();
                let run = || {
                    let mut rng = ChaCha8Rng::seed_from_u64(7);
                    let runtime = runtime().expect("it needs nothing but memory");
                    drop(black_box(runtime.block_on(wait_n(&mut rng, n, MAX_DELAY))));
                };
                Ok(each(runs, run))
            }),
        ],
    )?;
    // from milliseconds
    for one in &mut measured {
        for value in [&mut one.median, &mut one.least, &mut one.most] {
            *value *= 1e3;
        }
    }
    Ok(Compared::new(&format!("One run of wait_n({n})"), "µs", measured)
        .ratio(RECORDED, ALONE, None))
}

const RECORDED: &str = "recorded";
const ALONE: &str = "by tokio alone";

fn each(runs: u32, run: impl Fn()) -> Duration {
    let start = Instant::now();
    (0..runs).for_each(|_| run());
    start.elapsed() / runs
}

async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}

async fn wait_n<R: Rng + SeedableRng>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<Duration> {
    let waits: FuturesUnordered<_> = (0..n).map(|_| wait_random(rng.fork(), max_delay)).collect();
    waits.collect().await
}
