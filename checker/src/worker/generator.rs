//! The random number generator that a student's function gets.
//!
//! It is the checker's own, so that every draw is recorded. It works in one of two main modes ([`RngMode`]):
//!
//! - *Scripted*: one instance answers every draw with the same fraction of the range. So a delay is the same whether it
//!   is drawn as u32, u64, u128, usize or float, or through `Uniform` or `choose`, and one snapshot serves every way of
//!   drawing. The fraction lies in the middle of its millisecond, so that no rounding can move it into another
//!   millisecond, and no rejection sampling rejects it.
//! - *Seeded*: the bare ChaCha8 stream. Two draws from one instance differ, as with any generator. This shows mistakes
//!   that the scripted mode hides: a second draw, a skewed range.

use std::cell::Cell;
use std::convert::Infallible;
use std::marker::{PhantomData, PhantomPinned};

use rand::rand_core::TryRng;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::contract::scenario::{RngMode, Script};
use crate::trace::{EventKind, GeneratorId};
use crate::worker::recorder;

/// A seeded random number generator whose draws are recorded. Students see it as some `R: Rng + SeedableRng + Send +
/// 'static`. It implements nothing more, so a function whose signature asks for more can't be called with it.
pub struct Generator {
    number: GeneratorId,
    source: Source,
    draws: u64,
    is_no_more: IsNoMore,
}

/// Neither `Sync` nor `Unpin`.
type IsNoMore = PhantomData<(Cell<()>, PhantomPinned)>;

/// The same for a function that may ask only for `R: Rng` (and for `Send`, and for `'static` if `'a` is `'static`).
pub struct OnlyRng<'a> {
    generator: Generator,
    lifetime: PhantomData<&'a ()>,
}

impl From<Generator> for OnlyRng<'_> {
    fn from(generator: Generator) -> Self {
        Self { generator, lifetime: PhantomData }
    }
}

impl TryRng for OnlyRng<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.generator.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.generator.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.generator.try_fill_bytes(bytes)
    }
}

/// After so many equal draws, those of a scripted generator vary. Otherwise a function that draws again and again until
/// a number fits would never end.
const SCRIPTED_DRAWS: u64 = 32;

enum Source {
    Scripted(u64),
    /// The words that are left, and the stream after them.
    Words(Vec<u64>, Box<ChaCha8Rng>),
    Stream(Box<ChaCha8Rng>),
}

/// What the function under test does with the generator that it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It draws a delay. In scripted mode, that is the first delay of the list.
    Draws,
    /// It makes generators for other calls, each of which draws a delay. Its own bytes are always a random stream.
    Forks,
}

impl Generator {
    /// The generator for one call of a function with this role.
    pub fn new(mode: &RngMode, role: Role) -> Self {
        let source = match (mode, role) {
            (RngMode::Scripted(script), Role::Draws) => Source::scripted(script, 0),
            (RngMode::Scripted(script), Role::Forks) => {
                let seed = script
                    .delays_ms
                    .iter()
                    .fold(1, |seed: u64, d| seed.wrapping_mul(31).wrapping_add(*d));
                Source::Stream(Box::new(ChaCha8Rng::seed_from_u64(seed)))
            }
            (RngMode::RawWords(words), Role::Draws) => Source::words(words),
            (RngMode::RawWords(_), Role::Forks) => {
                Source::Stream(Box::new(ChaCha8Rng::seed_from_u64(1)))
            }
            (RngMode::Seeded(key), _) => Source::Stream(Box::new(ChaCha8Rng::from_seed(*key))),
        };
        Self { number: GeneratorId::GIVEN, source, draws: 0, is_no_more: PhantomData }
    }

    fn record(&mut self, bits: usize) {
        recorder::record(EventKind::Drew { generator: self.number, bits, times: 1 });
        self.draws += 1;
        if let Source::Scripted(word) = self.source
            && self.draws > SCRIPTED_DRAWS
        {
            self.source = Source::Stream(Box::new(ChaCha8Rng::seed_from_u64(word)));
            recorder::off_script();
        }
    }
}

impl Source {
    fn words(words: &[u64]) -> Self {
        Self::Words(words.to_vec(), Box::new(ChaCha8Rng::seed_from_u64(1)))
    }

    /// The source for the delay with this index in the script. It yields a constant word, in the middle of that
    /// millisecond.
    fn scripted(script: &Script, index: usize) -> Self {
        let Script { delays_ms, max_delay_ms } = script;
        let delay = delays_ms.get(index % delays_ms.len().max(1)).copied().unwrap_or(0);
        let cells = u128::from(*max_delay_ms) + 1;
        let middle = ((2 * u128::from(delay) + 1) << 63) / cells;
        Self::Scripted(middle as u64)
    }
}

fn next_word(words: &mut Vec<u64>, after: &mut ChaCha8Rng) -> u64 {
    if words.is_empty() { after.next_u64() } else { words.remove(0) }
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.record(32);
        Ok(match &mut self.source {
            // the upper half is the same fraction of the range
            Source::Scripted(word) => (*word >> 32) as u32,
            Source::Words(words, after) => (next_word(words, after) >> 32) as u32,
            Source::Stream(stream) => stream.next_u32(),
        })
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.record(64);
        Ok(match &mut self.source {
            Source::Scripted(word) => *word,
            Source::Words(words, after) => next_word(words, after),
            Source::Stream(stream) => stream.next_u64(),
        })
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.record(8 * bytes.len());
        if let Source::Stream(stream) = &mut self.source {
            stream.fill_bytes(bytes);
            return Ok(());
        }
        for chunk in bytes.chunks_mut(8) {
            let word = match &mut self.source {
                Source::Words(words, after) => next_word(words, after),
                Source::Scripted(word) => *word,
                Source::Stream(_) => unreachable!("returned above"),
            };
            // a shorter chunk gets the most significant bytes, which are the last ones in little-endian order
            chunk.copy_from_slice(&word.to_le_bytes()[8 - chunk.len()..]);
        }
        Ok(())
    }
}

impl SeedableRng for Generator {
    type Seed = [u8; 32];

    /// A new generator. In scripted mode, the k-th new generator takes the k-th delay, whatever its seed is, so that
    /// `fork`, `from_rng` and a seed drawn by hand all give the same run. In seeded mode the seed counts, and the rules
    /// check there that it comes from the generator that the function was given.
    fn from_seed(seed: [u8; 32]) -> Self {
        let (number, scenario) = recorder::generator_made(seed);
        let source = match scenario.as_deref().map(|scenario| &scenario.rng_mode) {
            Some(RngMode::Scripted(script)) => Source::scripted(script, number.0.saturating_sub(1)),
            Some(RngMode::RawWords(words)) => Source::words(words),
            _ => Source::Stream(Box::new(ChaCha8Rng::from_seed(seed))),
        };
        Self { number, source, draws: 0, is_no_more: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::waits::WaitScenario;
    use rand::RngExt;
    use rand::distr::{Distribution, Uniform};
    use rand::seq::{IndexedRandom, IteratorRandom};

    /// Draws a delay of `0..=max` milliseconds in every way that a student may think of.
    fn draws(generator: &dyn Fn() -> Generator, max: u64) -> Vec<u64> {
        let list: Vec<u64> = (0..=max).collect();
        vec![
            u64::from(generator().random_range(0..=max as u32)),
            generator().random_range(0..=max),
            generator().random_range(0..=u128::from(max)) as u64,
            generator().random_range(0..=max as usize) as u64,
            generator().random_range(0..=max as i64) as u64,
            (generator().random::<f64>() * (max + 1) as f64).floor() as u64,
            generator().random_range(0.0..(max + 1) as f64) as u64,
            Uniform::new_inclusive(0, max).unwrap().sample(&mut generator()),
            Uniform::new_inclusive(0, max as u32).unwrap().sample(&mut generator()).into(),
            *list.choose(&mut generator()).unwrap(),
            (0..=max).choose(&mut generator()).unwrap(),
        ]
    }

    #[test]
    fn a_scripted_generator_gives_one_delay_whatever_type_is_drawn() {
        let _turn = recorder::turn();
        for (max, delay) in
            [(0, 0), (1, 0), (1, 1), (50, 0), (50, 30), (50, 50), (5000, 4999), (86_400, 77)]
        {
            let scenario = WaitScenario::scripted("test", max, &[delay]);
            let all = draws(&|| Generator::new(&scenario.rng_mode, Role::Draws), max);
            assert_eq!(all, vec![delay; all.len()], "delay {delay} of {max}");
        }
    }

    #[test]
    fn an_extra_draw_changes_nothing_but_a_draw_of_128_bits_uses_both_words() {
        let _turn = recorder::turn();
        let [base, first, second] = WaitScenario::which_draws_matter(5000);
        let with = |scenario: &WaitScenario, draw: &dyn Fn(&mut Generator) -> u64| {
            draw(&mut Generator::new(&scenario.rng_mode, Role::Draws))
        };
        let wide = |generator: &mut Generator| generator.random_range(0..=5000u128) as u64;
        assert_ne!(with(&base, &wide), with(&first, &wide));
        assert_ne!(with(&base, &wide), with(&second, &wide));
        let after_another = |generator: &mut Generator| {
            let _: u64 = generator.random();
            generator.random_range(0..=5000)
        };
        assert_eq!(with(&base, &after_another), with(&first, &after_another));
        let before_another = |generator: &mut Generator| {
            let delay = generator.random_range(0..=5000);
            let _: f64 = generator.random();
            delay
        };
        assert_eq!(with(&base, &before_another), with(&second, &before_another));
    }

    #[test]
    fn bytes_of_a_scripted_generator_are_the_same_fraction_too() {
        let _turn = recorder::turn();
        let scenario = WaitScenario::scripted("test", 100, &[25]);
        let mut bytes = [0; 4];
        Generator::new(&scenario.rng_mode, Role::Draws).fill_bytes(&mut bytes);
        let word = Generator::new(&scenario.rng_mode, Role::Draws).next_u32();
        assert_eq!(u32::from_le_bytes(bytes), word);
    }

    #[test]
    fn drawing_until_a_number_fits_ends() {
        let _turn = recorder::turn();
        let scenario = WaitScenario::scripted("test", 100, &[90]);
        let mut generator = Generator::new(&scenario.rng_mode, Role::Draws);
        while generator.random_range(0..=100) > 10 {}
    }

    #[test]
    fn a_seeded_generator_is_the_chacha8_stream_of_its_key() {
        let _turn = recorder::turn();
        let scenario = WaitScenario::seeded(7, 1, 5000);
        let RngMode::Seeded(key) = scenario.rng_mode else { panic!("a seeded scenario has a key") };
        let mut expected = ChaCha8Rng::from_seed(key);
        let mut generator = Generator::new(&scenario.rng_mode, Role::Draws);
        for _ in 0..100 {
            assert_eq!(generator.next_u64(), expected.next_u64());
        }
        assert_ne!(generator.next_u64(), generator.next_u64(), "two draws differ");
    }

    #[test]
    fn seeded_forks_are_independent_of_each_other_and_of_their_parent() {
        let _turn = recorder::turn();
        let mut parent = Generator::new(&WaitScenario::seeded(7, 2, 5000).rng_mode, Role::Forks);
        let (mut first, mut second) = (parent.fork(), parent.fork());
        let three = [first.next_u64(), second.next_u64(), parent.next_u64()];
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
        let mut parent = Generator::new(&WaitScenario::seeded(7, 2, 5000).rng_mode, Role::Forks);
        assert_eq!(parent.fork().next_u64(), three[0], "the same seed gives the same forks");
    }
}
