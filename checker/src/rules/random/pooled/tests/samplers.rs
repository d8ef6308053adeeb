//! Samplers that are right, and samplers as students and attackers wrote them.

use std::collections::HashSet;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::home::{DAY, State};

pub type Draws = fn(&mut State, u64) -> u64;

/// Samplers that pass. The last two are not quite uniform.
pub const RIGHT: [(&str, Draws); 6] = [
    ("u32", |s, max| s.rng.random_range(0..=max as u32).into()),
    ("u64", |s, max| s.rng.random_range(0..=max)),
    ("u128", |s, max| s.rng.random_range(0..=u128::from(max)) as u64),
    ("f64", |s, max| (s.rng.random::<f64>() * (max + 1) as f64) as u64),
    ("rounded", |s, max| (s.rng.random::<f64>() * max as f64).round() as u64),
    ("modulo", |s, max| u64::from(s.rng.next_u32()) % (max + 1)),
];

pub fn uniform(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(0..=max)
}

pub fn without_max(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(0..max)
}

pub fn without_zero(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(1..=max)
}

/// The last 2 % are left out above a second.
pub fn cut_above_a_second(state: &mut State, max: u64) -> u64 {
    if max > 1000 { state.rng.random_range(0..=max - max / 50) } else { uniform(state, max) }
}

pub fn without_max_above_a_second(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(0..if max > 1000 { max } else { max + 1 })
}

pub fn clamped(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(0..=max + max / 10).min(max)
}

/// Draws again until the delay is a hundredth of the maximum at least.
pub fn never_below_a_hundredth(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(max.div_ceil(100)..=max)
}

pub fn never_below_a_500th(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(max / 500..=max)
}

/// Draws once more if the delay is short.
pub fn seldom_below_a_tenth(state: &mut State, max: u64) -> u64 {
    let delay = uniform(state, max);
    if delay < max / 10 { uniform(state, max) } else { delay }
}

/// The lower half comes in 60 of 100 draws.
pub fn halves(state: &mut State, max: u64) -> u64 {
    let delay = uniform(state, max);
    let flip = 2 * delay > max && state.rng.random_range(0..5) == 0;
    if flip { max - delay } else { delay }
}

pub fn least_of_two(state: &mut State, max: u64) -> u64 {
    uniform(state, max).min(uniform(state, max))
}

pub fn mean_of_two_above_a_minute(state: &mut State, max: u64) -> u64 {
    let one = uniform(state, max);
    if max < 60_000 { one } else { (one + uniform(state, max)) / 2 }
}

pub fn of_16_bits(state: &mut State, max: u64) -> u64 {
    (u64::from(state.rng.random::<u16>()) * (max + 1)) >> 16
}

/// 16 bits, but only from twelve hours on.
pub fn of_16_bits_for_a_day(state: &mut State, max: u64) -> u64 {
    if max > DAY / 2 { of_16_bits(state, max) } else { uniform(state, max) }
}

pub fn of_a_rounded_byte_fraction(state: &mut State, max: u64) -> u64 {
    (f64::from(state.rng.random::<u8>()) / 255.0 * max as f64).round() as u64
}

pub fn percent(state: &mut State, max: u64) -> u64 {
    state.rng.random_range(0..=100) * max / 100
}

pub fn of_20_bits(state: &mut State, max: u64) -> u64 {
    (f64::from(state.rng.next_u32() >> 12) / 1_048_576.0 * max as f64).ceil() as u64
}

pub fn tenths_above_a_second(state: &mut State, max: u64) -> u64 {
    let delay = uniform(state, max);
    if max > 1000 { delay / 100 * 100 } else { delay }
}

pub fn whole_seconds_above_a_minute(state: &mut State, max: u64) -> u64 {
    if max > 60_000 { state.rng.random_range(0..=max / 1000) * 1000 } else { uniform(state, max) }
}

fn again_until(state: &mut State, max: u64, fits: impl Fn(u64, u64) -> bool) -> u64 {
    loop {
        let delay = uniform(state, max);
        if state.last.is_none_or(|last| fits(last, delay)) {
            state.last = Some(delay);
            return delay;
        }
    }
}

pub fn never_the_same_twice(state: &mut State, max: u64) -> u64 {
    again_until(state, max, |last, delay| last != delay)
}

pub fn never_twice_on_the_same_side(state: &mut State, max: u64) -> u64 {
    let last = state.last.unwrap_or_default();
    let delay = uniform(state, max);
    let delay = if (2 * delay > max) == (last == 1) { max - delay } else { delay };
    state.last = Some(u64::from(2 * delay > max));
    delay
}

/// Gives the delay before again, once in four calls.
pub fn often_the_same(state: &mut State, max: u64) -> u64 {
    let again = state.rng.random_range(0..4) == 0;
    let delay =
        state.last.filter(|last| again && *last <= max).unwrap_or_else(|| uniform(state, max));
    state.last = Some(delay);
    delay
}

/// All delays of a call are different, as long as the range has enough values.
pub fn all_different(state: &mut State, n: usize, max: u64) -> Vec<u64> {
    let mut seen = HashSet::new();
    let mut draw = || loop {
        let delay = uniform(state, max);
        if seen.insert(delay) || seen.len() as u64 > max {
            return delay;
        }
    };
    (0..n).map(|_| draw()).collect()
}

/// Coroutines that use a few seeds in turn.
pub fn seeds_in_turn(seeds: usize) -> impl Fn(&mut State, usize, u64) -> Vec<u64> {
    move |state, n, max| {
        let mut draw = |_| {
            let rng = ChaCha8Rng::seed_from_u64(state.rng.next_u64());
            uniform(&mut State { rng, last: None }, max)
        };
        let delays: Vec<u64> = (0..seeds.min(n)).map(&mut draw).collect();
        (0..n).map(|i| delays[i % delays.len()]).collect()
    }
}
