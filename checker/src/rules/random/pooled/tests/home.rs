//! Simulated home checks: the calls that one check makes, with delays from some sampler.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::super::{Draw, uneven};
use crate::verdict::code::Code;

/// A day in milliseconds, the longest `max_delay`.
pub const DAY: u64 = 86_400_000;

/// What a sampler has: a generator, and what it keeps from one draw to the next.
pub struct State {
    pub rng: ChaCha8Rng,
    pub last: Option<u64>,
}

/// Draws the delays of one call, from n and `max_delay`.
pub type Sampler<'a> = &'a dyn Fn(&mut State, usize, u64) -> Vec<u64>;

/// Which calls a check makes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plan {
    /// A task without n: 500 calls with 150 maxima, and five samples of 300 to 2000 calls in a row.
    One,
    /// A task with n: 60 calls with n = 1, and 40 with n from 1 to 1100.
    Many,
}

/// A number from 1 to `most`, uniform on a logarithmic scale.
fn log_uniform(rng: &mut ChaCha8Rng, most: u64) -> u64 {
    let exponent = rng.random_range(0.0..((most + 1) as f64).ln());
    (exponent.exp() as u64).clamp(1, most)
}

/// The delays of all calls of one check.
pub fn check(plan: Plan, seed: u64, sampler: Sampler) -> Vec<Vec<Draw>> {
    let mut plans = ChaCha8Rng::seed_from_u64(seed);
    let mut state = State { rng: ChaCha8Rng::seed_from_u64(!seed), last: None };
    let mut groups = Vec::new();
    let mut call = |n: usize, max: u64| {
        let mut delays = sampler(&mut state, n, max);
        delays.sort_unstable();
        groups.push(delays.into_iter().map(|delay_ms| Draw { delay_ms, max_ms: max }).collect());
    };
    match plan {
        Plan::One => {
            for i in 0..150 {
                let max = log_uniform(&mut plans, DAY);
                (0..if i < 50 { 4 } else { 3 }).for_each(|_| call(1, max));
            }
            for _ in 0..5 {
                let max = log_uniform(&mut plans, DAY);
                (0..plans.random_range(300..=2000)).for_each(|_| call(1, max));
            }
        }
        Plan::Many => {
            (0..60).for_each(|_| call(1, log_uniform(&mut plans, DAY)));
            for _ in 0..40 {
                let (n, max) = (log_uniform(&mut plans, 1100), log_uniform(&mut plans, DAY));
                call(n as usize, max);
            }
        }
    }
    groups
}

/// The delays of one call.
pub fn call(sampler: Sampler, n: usize, max: u64) -> Vec<Draw> {
    let mut state = State { rng: ChaCha8Rng::seed_from_u64(1), last: None };
    sampler(&mut state, n, max).into_iter().map(|delay_ms| Draw { delay_ms, max_ms: max }).collect()
}

/// What is found in a check with this seed.
pub fn found(plan: Plan, seed: u64, sampler: Sampler) -> Option<(Code, String)> {
    let groups = check(plan, seed, sampler);
    let groups: Vec<&[Draw]> = groups.iter().map(Vec::as_slice).collect();
    uneven(&groups)
}

/// A sampler that draws each delay by itself.
pub fn each(draw: impl Fn(&mut State, u64) -> u64) -> impl Fn(&mut State, usize, u64) -> Vec<u64> {
    move |state, n, max| (0..n).map(|_| draw(state, max)).collect()
}
