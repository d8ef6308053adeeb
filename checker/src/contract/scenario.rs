//! A scenario: everything that one run of a student's function depends on.
//!
//! The judging process makes scenarios from seeds; the harness is sent only what the run needs. A harness never
//! learns the seed itself, and so can't tell which scenario comes next.

use std::time::Duration;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::trace::nanos;

/// The arguments of one call, and what the generator handed in will yield.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Unique within a task; names the snapshot, where there is one (`mixed`, `seed-7`).
    pub name: String,
    /// How many coroutines are asked for; 1 for functions that take no `n`.
    pub n: usize,
    /// A whole number of milliseconds.
    #[serde(with = "nanos")]
    pub max_delay: Duration,
    pub rng_mode: RngMode,
    /// How often the function is called: 1 is one recorded run; more are calls in a row with a generator each,
    /// of which only what each returned and how long it took is kept (see [`Sample`]).
    pub calls: usize,
    /// How late the runtime wakes up after it has waited for the first time, as any machine does: what is waited for takes
    /// a little longer than its delay then, and who measures it sees that.
    #[serde(with = "nanos")]
    pub late: Duration,
    /// Whether the function of the task before is run instead, by itself: see [`crate::rules::upstream`].
    pub of_task_before: bool,
    /// Whether it has less time than others, because some that are like it were excused: see [`crate::rules::excuse`].
    pub brief: bool,
}

/// What a generator yields. See [`crate::worker::generator`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RngMode {
    /// Every generator gives one constant fraction, so that a uniform draw over `0..=max_delay` is the delay
    /// listed here (in ms), whatever type it is drawn in. The k-th generator made takes the k-th delay.
    Scripted(Vec<u64>),
    /// The bare ChaCha8 stream of this key.
    Seeded([u8; 32]),
    /// Every generator gives these words, and a fixed stream after them: an experiment that tells which draws
    /// matter.
    RawWords(Vec<u64>),
}

/// One of many calls in a row: what was returned, how much virtual time passed, and how much real time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    #[serde(with = "nanos")]
    pub returned: Duration,
    #[serde(with = "nanos")]
    pub took: Duration,
    /// Wall time: noisy, so it takes part in no comparison.
    #[serde(with = "nanos")]
    pub wall: Duration,
}

/// From here on a range counts as large: no sample has every value of it often.
pub const LARGE: Duration = Duration::from_millis(100);

/// So many calls tell of a large range whether an end of it is left out.
pub const ENOUGH_CALLS: usize = 300;

impl Scenario {
    /// A scripted list of delays in ms, one for each of `delays.len()` coroutines.
    pub fn scripted(name: &str, max_delay: u64, delays: &[u64]) -> Self {
        Self::new(name.into(), delays.len(), max_delay, RngMode::Scripted(delays.to_vec()))
    }

    /// The same, as the harness gets it.
    pub fn without_name(&self) -> Self {
        Self { name: String::new(), ..self.clone() }
    }

    /// Delays drawn from a seed, uniform over `0..=max_delay` ms, in scripted mode.
    pub fn scripted_by_seed(seed: u64, n: usize, max_delay: u64) -> Self {
        let mut rng = stream("steady", seed, n, max_delay);
        let delays = (0..n.max(1)).map(|_| rng.random_range(0..=max_delay)).collect();
        Self::new(format!("seed-{seed}"), n, max_delay, RngMode::Scripted(delays))
    }

    /// A run on the plain stream of a seed.
    pub fn seeded(seed: u64, n: usize, max_delay: u64) -> Self {
        Self::new(format!("plain-{seed}"), n, max_delay, seeded_mode(seed, n, max_delay))
    }

    /// The same run on a machine that is late: by more than a tick of the timers (1 ms), and not by whole ticks.
    pub fn late(self) -> Self {
        let late = Duration::from_micros(1250);
        Self { name: format!("{}-late", self.name), late, ..self }
    }

    /// The same run of the function of the task before.
    pub fn of_task_before(self) -> Self {
        Self { name: format!("{}-of-task-before", self.name), of_task_before: true, ..self }
    }

    /// Many calls in a row on the plain stream of a seed: material for statistics.
    pub fn sampled(seed: u64, max_delay: u64, calls: usize) -> Self {
        let name = format!("sample-{max_delay}ms");
        Self { calls, ..Self::new(name, 1, max_delay, seeded_mode(seed, 1, max_delay)) }
    }

    /// Three runs that tell whether the first two draws matter: the first word of the second run and the second word
    /// of the third one differ from those of the first run.
    ///
    /// A number of 128 bits takes two words, the lower one first, and only the upper one shows as a rule. The words
    /// are chosen so that the lower one decides whether the draw is a certain delay or the one before it.
    pub fn which_draws_matter(max_delay: u64) -> [Self; 3] {
        let range = u128::from(max_delay) + 1;
        let word = |k: u128| ((k << 64) / range) as u64;
        // a multiple of the range lies a little above `word(k)`, seen as one word of two or as two halves of one
        let fits = |k: &u128| {
            let above = (k << 64) % range;
            let lower_half = word(*k) as u32;
            (range / 8..=range / 2).contains(&above)
                && (0x2000_0000..0xe000_0000).contains(&lower_half)
        };
        let just_below = word((range / 2..range).find(fits).unwrap_or(range / 2));
        // every byte differs, so that it doesn't matter which of them are used
        let (low, high, far) = (0x1032_5476_98ba_dcfe, 0xf0cd_ab89_6745_2301, !just_below);
        [("draws", low, just_below), ("draws-first", high, just_below), ("draws-second", low, far)]
            .map(|(name, first, second)| {
                Self::new(name.into(), 1, max_delay, RngMode::RawWords(vec![first, second]))
            })
    }

    /// The same run, with less time.
    pub fn brief(&self) -> Self {
        Self { brief: true, ..self.clone() }
    }

    /// The same scenario under another name: a second run of it must give an equal trace.
    pub fn again(&self) -> Self {
        Self { name: format!("{}-again", self.name), ..self.clone() }
    }

    fn new(name: String, n: usize, max_delay: u64, rng_mode: RngMode) -> Self {
        Self {
            name,
            n,
            max_delay: Duration::from_millis(max_delay),
            rng_mode,
            calls: 1,
            late: Duration::ZERO,
            of_task_before: false,
            brief: false,
        }
    }

    /// With hours of delay: there a right solution may take too long to simulate, see [`crate::rules::excuse`].
    pub fn is_long(&self) -> bool {
        self.max_delay > Duration::from_secs(60)
    }

    /// How many of its calls are enough for every rule that looks at samples. Where the range is large, a sample is
    /// allowed to be smaller than planned: whoever waits millisecond by millisecond is slow.
    pub fn enough_calls(&self) -> usize {
        if self.max_delay >= LARGE { self.calls.min(ENOUGH_CALLS) } else { self.calls }
    }

    /// The delays that the scripted mode prescribes, if this is one.
    pub fn delays(&self) -> Option<Vec<Duration>> {
        match &self.rng_mode {
            RngMode::Scripted(delays) => {
                Some(delays.iter().take(self.n).copied().map(Duration::from_millis).collect())
            }
            RngMode::Seeded(_) | RngMode::RawWords(_) => None,
        }
    }

    /// Whether two scenarios ask for the same run: only the name may differ.
    pub fn same_run(&self, other: &Self) -> bool {
        // taken apart, so that a new field is not forgotten; asked for every two runs, so nothing is copied
        let Self { name: _, n, max_delay, rng_mode, calls, late, of_task_before, brief } = self;
        (n, max_delay, calls, late) == (&other.n, &other.max_delay, &other.calls, &other.late)
            && (of_task_before, brief) == (&other.of_task_before, &other.brief)
            && rng_mode == &other.rng_mode
    }
}

fn seeded_mode(seed: u64, n: usize, max_delay: u64) -> RngMode {
    let mut key = [0; 32];
    stream("plain", seed, n, max_delay).fill_bytes(&mut key);
    RngMode::Seeded(key)
}

/// A stream of its own for each purpose, so that scenarios of one seed have nothing in common.
fn stream(purpose: &str, seed: u64, n: usize, max_delay: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(n as u64).to_le_bytes());
    key[16..24].copy_from_slice(&max_delay.to_le_bytes());
    key[24..24 + purpose.len()].copy_from_slice(purpose.as_bytes());
    ChaCha8Rng::from_seed(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harness_is_not_told_the_seed() {
        let told = |scenario: Scenario| serde_json::to_string(&scenario.without_name()).unwrap();
        for make in [Scenario::scripted_by_seed, Scenario::seeded] {
            assert!(make(987_654, 3, 50).name.contains("987654"));
            assert!(!told(make(987_654, 3, 50)).contains("987654"));
        }
        assert!(!told(Scenario::sampled(987_654, 50, 3)).contains("987654"));
    }

    #[test]
    fn of_the_words_that_tell_which_draws_matter_the_lower_one_decides_by_a_millisecond() {
        for max_delay in [50, 1000, 5000] {
            let words =
                Scenario::which_draws_matter(max_delay).map(|scenario| match scenario.rng_mode {
                    RngMode::RawWords(words) => (words[0], words[1]),
                    _ => panic!("{scenario:?}"),
                });
            // as a uniform draw of 128 bits has it: the upper part of a product
            let range = u128::from(max_delay) + 1;
            let drawn = |(low, high): (u64, u64)| {
                (u128::from(high) * range + ((u128::from(low) * range) >> 64)) >> 64
            };
            let [base, first, second] = words;
            assert_eq!((base.1, base.0), (first.1, second.0), "one word differs at a time");
            assert_eq!(drawn(base) + 1, drawn(first), "{max_delay}");
            assert_ne!(drawn(base), drawn(second), "{max_delay}");
            // halves of one word decide as well: the lower one is far from both of its ends
            assert!((0x2000_0000..0xe000_0000).contains(&(base.1 as u32)), "{max_delay}");
        }
    }

    #[test]
    fn a_seed_always_makes_the_same_scenario_and_another_seed_another() {
        assert_eq!(Scenario::scripted_by_seed(7, 5, 5000), Scenario::scripted_by_seed(7, 5, 5000));
        assert!(
            !Scenario::scripted_by_seed(7, 5, 5000)
                .same_run(&Scenario::scripted_by_seed(8, 5, 5000))
        );
        assert!(!Scenario::seeded(7, 5, 5000).same_run(&Scenario::seeded(8, 5, 5000)));
        assert!(Scenario::seeded(7, 5, 5000).same_run(&Scenario::seeded(7, 5, 5000).again()));
        assert_ne!(Scenario::seeded(7, 5, 5000).again().name, Scenario::seeded(7, 5, 5000).name);
    }
}
