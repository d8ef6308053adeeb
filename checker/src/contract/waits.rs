//! The arguments and results of part one: how many async calls wait, and for how long at most. All functions of part one
//! return durations.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::contract::TaskInfo;
use crate::contract::input::{Budget, Input, Output, Returned};
use crate::contract::scenario::{RngMode, Scenario, Script};
use crate::format;
use crate::trace::nanos;

/// The arguments of a function that waits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WaitInput {
    /// How many coroutines wait. A function that takes no `n` is called `n` times at the same time.
    pub n: usize,
    /// The longest delay, a whole number of milliseconds.
    #[serde(with = "nanos")]
    pub max_delay: Duration,
}

/// The result of such a function: one duration for each coroutine, or a single one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Durations(#[serde(with = "nanos::list")] pub Vec<Duration>);

impl Input for WaitInput {
    type Output = Durations;

    fn call(&self, task: &TaskInfo) -> String {
        let Self { n, max_delay } = self;
        let (function, max_delay) = (task.function, format::time(*max_delay));
        if task.takes_n {
            format!("{function}(n = {n}, max_delay = {max_delay})")
        } else if *n > 1 {
            format!("{n} × {function}(max_delay = {max_delay})")
        } else {
            format!("{function}(max_delay = {max_delay})")
        }
    }

    fn budget(&self) -> Budget {
        Budget { futures: self.n, longest_wait: self.max_delay }
    }

    fn nothing_to_do(&self) -> Option<&'static str> {
        match self {
            Self { n: 0, .. } => Some("n = 0"),
            Self { max_delay: Duration::ZERO, .. } => Some("max_delay = 0"),
            _ => None,
        }
    }
}

impl Output for Durations {
    fn shown(&self) -> Returned {
        Returned::Durations(self.0.clone())
    }
}

/// A scenario of part one.
pub type WaitScenario = Scenario<WaitInput>;

impl WaitScenario {
    /// A scripted run with these delays, in milliseconds, one for each coroutine.
    pub fn scripted(name: &str, max_delay_ms: u64, delays_ms: &[u64]) -> Self {
        let input = WaitInput::of(delays_ms.len(), max_delay_ms);
        Self::new(name.into(), input, script(delays_ms.to_vec(), max_delay_ms))
    }

    /// A scripted run whose delays are drawn from a seed, uniform over `0..=max_delay_ms`.
    pub fn scripted_by_seed(seed: u64, n: usize, max_delay_ms: u64) -> Self {
        let mut rng = stream("steady", seed, n, max_delay_ms);
        let delays_ms = (0..n.max(1)).map(|_| rng.random_range(0..=max_delay_ms)).collect();
        let input = WaitInput::of(n, max_delay_ms);
        Self::new(format!("seed-{seed}"), input, script(delays_ms, max_delay_ms))
    }

    /// A run with a seeded generator.
    pub fn seeded(seed: u64, n: usize, max_delay_ms: u64) -> Self {
        let mode = seeded_mode(seed, n, max_delay_ms);
        Self::new(format!("plain-{seed}"), WaitInput::of(n, max_delay_ms), mode)
    }

    /// Many calls in a row with a seeded generator, for statistics.
    pub fn sampled(seed: u64, max_delay_ms: u64, calls: usize) -> Self {
        let mode = seeded_mode(seed, 1, max_delay_ms);
        let name = format!("sample-{max_delay_ms}ms");
        Self { calls, ..Self::new(name, WaitInput::of(1, max_delay_ms), mode) }
    }

    /// Three runs that show whether the first two draws change the result. The second run differs from the first run in the
    /// first word, and the third run in the second word.
    ///
    /// A number of 128 bits takes two words, the lower one first, and usually only the upper one changes a delay. So the
    /// words are chosen so that the lower one decides between two neighbouring delays.
    pub fn which_draws_matter(max_delay_ms: u64) -> [Self; 3] {
        let range = u128::from(max_delay_ms) + 1;
        let word = |k: u128| ((k << 64) / range) as u64;
        // a multiple of the range lies a little above `word(k)`, both for two words and for two halves of one word
        let fits = |k: &u128| {
            let above = (k << 64) % range;
            let lower_half = word(*k) as u32;
            (range / 8..=range / 2).contains(&above)
                && (0x2000_0000..0xe000_0000).contains(&lower_half)
        };
        let just_below = word((range / 2..range).find(fits).unwrap_or(range / 2));
        // every byte differs, so it does not matter which bytes are used
        let (low, high, far) = (0x1032_5476_98ba_dcfe, 0xf0cd_ab89_6745_2301, !just_below);
        [("draws", low, just_below), ("draws-first", high, just_below), ("draws-second", low, far)]
            .map(|(name, first, second)| {
                let mode = RngMode::RawWords(vec![first, second]);
                Self::new(name.into(), WaitInput::of(1, max_delay_ms), mode)
            })
    }

    /// The delays that the script prescribes; `None` in another mode.
    pub fn delays(&self) -> Option<Vec<Duration>> {
        match &self.rng_mode {
            RngMode::Scripted(script) => {
                let delays = script.delays_ms.iter().take(self.input.n).copied();
                Some(delays.map(Duration::from_millis).collect())
            }
            RngMode::Seeded(_) | RngMode::RawWords(_) => None,
        }
    }
}

impl WaitInput {
    /// The arguments `n` and `max_delay`.
    pub fn of(n: usize, max_delay_ms: u64) -> Self {
        Self { n, max_delay: Duration::from_millis(max_delay_ms) }
    }
}

fn script(delays_ms: Vec<u64>, max_delay_ms: u64) -> RngMode {
    RngMode::Scripted(Script { delays_ms, max_delay_ms })
}

fn seeded_mode(seed: u64, n: usize, max_delay_ms: u64) -> RngMode {
    let mut key = [0; 32];
    stream("plain", seed, n, max_delay_ms).fill_bytes(&mut key);
    RngMode::Seeded(key)
}

/// A random stream of its own for each purpose, so that scenarios of one seed have nothing in common.
fn stream(purpose: &str, seed: u64, n: usize, max_delay_ms: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(n as u64).to_le_bytes());
    key[16..24].copy_from_slice(&max_delay_ms.to_le_bytes());
    key[24..24 + purpose.len()].copy_from_slice(purpose.as_bytes());
    ChaCha8Rng::from_seed(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    #[test]
    fn a_worker_does_not_get_the_seed() {
        let told = |scenario: WaitScenario| {
            serde_json::to_string(&scenario.erased().without_name()).unwrap()
        };
        for make in [WaitScenario::scripted_by_seed, WaitScenario::seeded] {
            assert!(make(987_654, 3, 50).name.contains("987654"));
            assert!(!told(make(987_654, 3, 50)).contains("987654"));
        }
        assert!(!told(WaitScenario::sampled(987_654, 50, 3)).contains("987654"));
    }

    #[test]
    fn in_which_draws_matter_the_lower_word_changes_the_delay_by_a_millisecond() {
        for max_delay in [50, 1000, 5000] {
            let words = WaitScenario::which_draws_matter(max_delay).map(|scenario| match scenario
                .rng_mode
            {
                RngMode::RawWords(words) => (words[0], words[1]),
                _ => panic!("{scenario:?}"),
            });
            // a uniform draw of 128 bits is the upper part of a product
            let range = u128::from(max_delay) + 1;
            let drawn = |(low, high): (u64, u64)| {
                (u128::from(high) * range + ((u128::from(low) * range) >> 64)) >> 64
            };
            let [base, first, second] = words;
            assert_eq!((base.1, base.0), (first.1, second.0), "one word differs at a time");
            assert_eq!(drawn(base) + 1, drawn(first), "{max_delay}");
            assert_ne!(drawn(base), drawn(second), "{max_delay}");
            // halves of one word also decide: the lower half is far from both of its ends
            assert!((0x2000_0000..0xe000_0000).contains(&(base.1 as u32)), "{max_delay}");
        }
    }

    #[test]
    fn one_seed_always_makes_the_same_scenario_and_another_seed_makes_another() {
        assert_eq!(
            WaitScenario::scripted_by_seed(7, 5, 5000),
            WaitScenario::scripted_by_seed(7, 5, 5000)
        );
        assert!(
            !WaitScenario::scripted_by_seed(7, 5, 5000)
                .same_run(&WaitScenario::scripted_by_seed(8, 5, 5000))
        );
        assert!(!WaitScenario::seeded(7, 5, 5000).same_run(&WaitScenario::seeded(8, 5, 5000)));
        assert!(
            WaitScenario::seeded(7, 5, 5000).same_run(&WaitScenario::seeded(7, 5, 5000).again())
        );
        assert_ne!(
            WaitScenario::seeded(7, 5, 5000).again().name,
            WaitScenario::seeded(7, 5, 5000).name
        );
    }

    #[test]
    fn a_call_is_written_with_the_arguments_that_the_function_has() {
        let call = |task: usize, n| WaitInput::of(n, 50).call(TASKS[task - 1]);
        assert_eq!(call(1, 1), "wait_random(max_delay = 50 ms)");
        assert_eq!(call(1, 4), "4 × wait_random(max_delay = 50 ms)");
        assert_eq!(call(2, 1), "wait_n(n = 1, max_delay = 50 ms)");
        assert_eq!(call(2, 0), "wait_n(n = 0, max_delay = 50 ms)");
    }
}
