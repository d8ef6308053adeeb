//! Bounds for how often an event comes in independent draws.

/// Each test of this folder refuses a right solution with at most this probability: once in a hundred million checks.
/// The bounds below are exact inequalities, so the real probability is smaller.
const NEVER: f64 = 1e-8;

/// Whether a chance of `e^-nats` is too small to be chance, for a test that looks at up to `looks` such events.
pub fn never(nats: f64, looks: f64) -> bool {
    nats > (looks / NEVER).ln()
}

/// The probability of an event in one draw: for a uniform draw, and the limits for all solutions that pass.
#[derive(Clone, Copy)]
pub struct Chance {
    pub least: f64,
    pub uniform: f64,
    pub most: f64,
}

impl Chance {
    /// The chance that a draw over `0..=max` is one of `values` values. `ends` of these are zero or `max`.
    ///
    /// Two kinds of draws are not quite uniform, but pass: a rounded float gives each end half as often as other values
    /// (`R-rounded`), and a word of 32 bits modulo the range prefers some values a little.
    pub fn of(values: u64, ends: u64, max: u64) -> Self {
        let uniform = values as f64 / (max as f64 + 1.0);
        let rounded = (values as f64 - ends as f64 / 2.0) / max as f64;
        Self { least: uniform.min(rounded), uniform, most: uniform.max(rounded) }.by_words(max)
    }

    /// The chance of `uniform` in a draw over `0..=max`, with limits for 32 bits modulo the range.
    pub fn about(uniform: f64, max: u64) -> Self {
        Self { least: uniform, uniform, most: uniform }.by_words(max)
    }

    fn by_words(self, max: u64) -> Self {
        let bias = (max as f64 + 1.0) / 2f64.powi(32);
        let (least, most) = (self.least * (1.0 - bias).max(0.0), self.most * (1.0 + bias));
        Self { least, most: most.min(1.0), ..self }
    }
}

/// How often an event came in some draws, and how often it comes on average.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub draws: usize,
    pub count: usize,
    least: f64,
    /// How often it comes on average if all draws are uniform.
    pub expected: f64,
    most: f64,
}

impl Tally {
    /// An event that came `count` times. The draws are added by [`Self::expect`].
    pub fn of(count: usize) -> Self {
        Self { count, ..Self::default() }
    }

    /// Adds one draw, in which the event `came` or did not.
    pub fn add(&mut self, came: bool, chance: Chance) {
        self.count += usize::from(came);
        self.expect(1, chance);
    }

    /// Adds draws, but not what came of them.
    pub fn expect(&mut self, draws: usize, chance: Chance) {
        self.draws += draws;
        self.least += draws as f64 * chance.least;
        self.expected += draws as f64 * chance.uniform;
        self.most += draws as f64 * chance.most;
    }

    /// Adds all of another tally of the same event.
    pub fn join(&mut self, other: &Self) {
        self.draws += other.draws;
        self.count += other.count;
        self.least += other.least;
        self.expected += other.expected;
        self.most += other.most;
    }

    /// If the event came more often than on average: a right solution has so many with a probability of at most `e^-x`.
    pub fn nats_too_many(&self) -> f64 {
        if self.count as f64 > self.most { self.nats(self.most) } else { 0.0 }
    }

    /// If the event came less often than on average: a right solution has so few with a probability of at most `e^-x`.
    pub fn nats_too_few(&self) -> f64 {
        if (self.count as f64) < self.least { self.nats(self.least) } else { 0.0 }
    }

    /// The bound of Chernoff and Hoeffding (1963, theorem 1) for independent draws with different chances: the relative
    /// entropy of the observed share and the mean chance, for each draw.
    fn nats(&self, mean: f64) -> f64 {
        let n = self.draws as f64;
        let (share, chance) = (self.count as f64 / n, mean / n);
        let part =
            |share: f64, chance: f64| if share > 0.0 { share * (share / chance).ln() } else { 0.0 };
        n * (part(share, chance) + part(1.0 - share, 1.0 - chance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(draws: usize, count: usize, chance: f64) -> Tally {
        let mut tally = Tally::of(count);
        tally.expect(draws, Chance { least: chance, uniform: chance, most: chance });
        tally
    }

    #[test]
    fn the_bound_is_exact_where_nothing_or_everything_comes() {
        assert!((tally(100, 0, 0.5).nats_too_few() - 100.0 * 2f64.ln()).abs() < 1e-9);
        assert!((tally(100, 100, 0.25).nats_too_many() - 100.0 * 4f64.ln()).abs() < 1e-9);
        assert_eq!(tally(100, 50, 0.5).nats_too_few(), 0.0);
        assert_eq!(tally(100, 50, 0.5).nats_too_many(), 0.0);
    }

    #[test]
    fn a_bound_is_never_below_the_probability() {
        // the exact tail of a binomial distribution
        let tail = |n: u32, from: u32, p: f64| -> f64 {
            let choose =
                |k: u32| (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
            (from..=n).map(|k| choose(k) * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)).sum()
        };
        for (n, p) in [(40, 0.5), (60, 0.1), (80, 0.01)] {
            for count in 1..=n {
                let bound = (-tally(n as usize, count as usize, p).nats_too_many()).exp();
                assert!(bound * (1.0 + 1e-9) >= tail(n, count, p), "{n} {p} {count}");
            }
        }
    }

    #[test]
    fn the_limits_hold_for_a_rounded_float_and_for_words_of_32_bits() {
        let end = Chance::of(1, 1, 4);
        assert!(end.least <= 0.125 && end.uniform == 0.2 && end.most >= 0.2);
        let middle = Chance::of(1, 0, 4);
        assert!(middle.least <= 0.2 && middle.most >= 0.25);
        let day = 86_400_000_u64;
        let most = (1_u64 << 32).div_ceil(day + 1) as f64 / 2f64.powi(32);
        assert!(Chance::of(1, 0, day).most >= most);
    }
}
