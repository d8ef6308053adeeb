//! The space of inputs, and how large a part of it a box is.
//!
//! An `n` of 0 to 1100 counts by the logarithm of n + 1, and a `max_delay` of 1 ms to a day by its logarithm. Inputs whose
//! delays could be longer than two days in total are no part of the space: no check runs anything beyond, because a right
//! solution that makes a list of all delays would need too much memory there.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The largest n.
pub const MOST_N: usize = 1100;

/// The longest `max_delay` of the contract, a day.
pub const MOST_MAX_MS: u64 = 86_400_000;

/// The longest n × `max_delay`, two days.
pub const MOST_TOTAL_MS: u64 = 2 * MOST_MAX_MS;

/// All inputs with an `n` and a `max_delay` in these ranges. Both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inputs {
    /// `None` for a function that takes no n.
    pub n: Option<(usize, usize)>,
    pub max_ms: (u64, u64),
}

impl Inputs {
    /// The whole space.
    pub fn all(takes_n: bool) -> Self {
        Self { n: takes_n.then_some((0, MOST_N)), max_ms: (1, MOST_MAX_MS) }
    }

    /// What part of the space this is, between 0 and 1.
    pub fn share(&self) -> f64 {
        self.weight() / Self::all(self.n.is_some()).weight()
    }

    fn weight(&self) -> f64 {
        let (low, high) = self.max_ms;
        let Some((fewest, most)) = self.n else { return weight_of_max(low, high) };
        let with = |n: usize| {
            let longest = MOST_TOTAL_MS / (n as u64).max(1);
            ((n + 2) as f64 / (n + 1) as f64).ln() * weight_of_max(low, high.min(longest))
        };
        (fewest..=most).map(with).sum()
    }

    /// Whether some of these inputs have delays that could be longer than two days in total.
    pub fn leaves_the_space(&self) -> bool {
        self.n.is_some_and(|(_, most)| most as u64 * self.max_ms.1 > MOST_TOTAL_MS)
    }
}

fn weight_of_max(low: u64, high: u64) -> f64 {
    if high < low { 0.0 } else { ((high + 1) as f64 / low as f64).ln() }
}

/// Draws a number of `low..=high` by the logarithm of the number plus one.
pub fn draw(rng: &mut ChaCha8Rng, low: u64, high: u64) -> u64 {
    let at = rng.random_range(((low + 1) as f64).ln()..((high + 2) as f64).ln());
    ((at.exp() - 1.0) as u64).clamp(low, high)
}

/// The least number of `low..=high` for which `holds`, if it holds for all that are larger.
pub fn least(low: u64, high: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (low, holds(high).then_some(high)?);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn parts_add_up_to_the_whole_space() {
        for takes_n in [false, true] {
            assert_eq!(Inputs::all(takes_n).share(), 1.0);
        }
        let n = |n| Inputs { n: Some(n), ..Inputs::all(true) }.share();
        assert!((n((0, 9)) + n((10, 99)) + n((100, MOST_N)) - 1.0).abs() < 1e-9);
        let max = |max_ms| Inputs { max_ms, ..Inputs::all(true) }.share();
        assert!(
            (max((1, 50)) + max((51, 100_000)) + max((100_001, MOST_MAX_MS)) - 1.0).abs() < 1e-9
        );
    }

    #[test]
    fn a_share_is_how_often_drawn_inputs_are_in_the_box() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let region = Inputs { n: Some((20, 200)), max_ms: (1000, 5_000_000) };
        let (mut all, mut inside) = (0_u32, 0_u32);
        for _ in 0..200_000 {
            let n = draw(&mut rng, 0, MOST_N as u64);
            let max_ms = draw(&mut rng, 0, MOST_MAX_MS - 1) + 1;
            if n * max_ms <= MOST_TOTAL_MS {
                all += 1;
                let is_inside = (20..=200).contains(&n) && (1000..=5_000_000).contains(&max_ms);
                inside += u32::from(is_inside);
            }
        }
        let seen = f64::from(inside) / f64::from(all);
        assert!((seen - region.share()).abs() < 0.01, "{seen} {}", region.share());
    }

    #[test]
    fn the_least_number_is_found_if_there_is_one() {
        assert_eq!(least(0, 100, |number| number >= 37), Some(37));
        assert_eq!(least(5, 100, |_| true), Some(5));
        assert_eq!(least(0, 100, |_| false), None);
    }
}
