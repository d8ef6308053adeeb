//! Tests whether delays are distributed as a uniform draw distributes them.

use std::collections::HashSet;
use std::time::Duration;

use crate::format::time;
use crate::rules::chance::{any_too_many, leaves_out, too_many};
use crate::verdict::code::Code;

/// All codes that [`spread`] may report.
pub const CODES: [Code; 5] =
    [Code::FixedDelay, Code::BoundExcluded, Code::LowResolution, Code::Skewed, Code::Rounded];

/// Compares the distribution of `delays` with a uniform one over `0..=max`, all in milliseconds. Returns the most likely
/// mistake as a code and a sentence. Returns `None` if the distribution is uniform, if there are fewer than a hundred
/// delays, which show nothing, or if a delay is above `max`, which another rule reports.
pub fn spread(delays: &[u64], max: u64) -> Option<(Code, String)> {
    if max == 0 || delays.len() < 100 || delays.iter().any(|delay| *delay > max) {
        return None;
    }
    let (least, most) = (*delays.iter().min()?, *delays.iter().max()?);
    let sample = Spread { delays, max, least, most };
    if let Some(found) = sample.always_the_same().or_else(|| sample.lacks_an_end()) {
        return Some(found);
    }
    let cut = sample.is_cut().then(|| cut(delays.len(), (least, most), max));
    // if delays are only rare at the ends, the range is not cut there
    if cut.is_some() && is_even(delays, least, most) {
        return cut;
    }
    let found =
        sample.has_a_favourite().or_else(|| sample.repeats()).or_else(|| sample.has_steps());
    found.or_else(|| sample.is_uneven(cut))
}

/// At least a hundred delays over `0..=max`, all in milliseconds.
#[derive(Clone, Copy)]
struct Spread<'a> {
    delays: &'a [u64],
    max: u64,
    least: u64,
    most: u64,
}

/// From this `max` on, in milliseconds, a hundred delays are rarely equal to each other.
const WIDE: u64 = 100;

fn shown(ms: u64) -> String {
    time(Duration::from_millis(ms))
}

impl Spread<'_> {
    fn n(&self) -> usize {
        self.delays.len()
    }

    /// Finds a single delay in place of a range.
    fn always_the_same(&self) -> Option<(Code, String)> {
        let text = || {
            let (max, most) = (shown(self.max), shown(self.most));
            format!("With max_delay = {max}, all of {} draws are {most}.", self.n())
        };
        (self.least == self.most && self.max >= WIDE).then(|| (Code::FixedDelay, text()))
    }

    /// Finds a value that is missing at an end of a small range. With so many draws, a right solution misses a value
    /// with a probability of at most e^-20.
    fn lacks_an_end(&self) -> Option<(Code, String)> {
        let (n, Self { max, least, most, .. }) = (self.n(), *self);
        if (n as u64) < 20 * (max + 1) || least == 0 && most == max {
            return None;
        }
        let missing = if most < max { shown(max) } else { shown(0) };
        let (max, least_shown, most_shown) = (shown(max), shown(least), shown(most));
        let text = if least == most {
            format!("With max_delay = {max}, all of {n} draws were {most_shown}.")
        } else {
            format!(
                "With max_delay = {max}, {n} draws gave everything from {least_shown} to {most_shown}, but never {missing}."
            )
        };
        Some((Code::BoundExcluded, text))
    }

    /// Whether more values are missing at an end of a wide range than chance leaves out.
    fn is_cut(&self) -> bool {
        let (n, Self { max, least, most, .. }) = (self.n(), *self);
        let left_out = leaves_out(max - most, max + 1, n) || leaves_out(least, max + 1, n);
        n >= 300 && max >= WIDE && left_out
    }

    /// Finds one delay that comes far too often.
    fn has_a_favourite(&self) -> Option<(Code, String)> {
        if self.max < WIDE {
            return None;
        }
        let (times, text) = one_of_them_too_often(self.delays, self.max)?;
        // with a few other delays, it is still a fixed delay
        let nearly_always = times * 10 >= self.n() * 9;
        Some((if nearly_always { Code::FixedDelay } else { Code::Skewed }, text))
    }

    /// Finds more equal delays than there are by chance.
    fn repeats(&self) -> Option<(Code, String)> {
        let n = self.n();
        let different = different(self.delays);
        let expected = expected_different(n, self.max + 1);
        let repeats =
            self.max >= WIDE && expected > 30.0 && too_many(n - different, n as f64 - expected);
        let text = || {
            format!(
                "With max_delay = {}, {n} draws gave only {different} different delays, but about {expected:.0} are expected.",
                shown(self.max)
            )
        };
        repeats.then(|| (Code::LowResolution, text()))
    }

    /// Finds delays that are all multiples of some milliseconds, or differ by such multiples.
    fn has_steps(&self) -> Option<(Code, String)> {
        let step = self.delays.iter().map(|delay| delay - self.least).fold(0, gcd);
        if step <= 1 || self.max < WIDE {
            return None;
        }
        let how = if self.least.is_multiple_of(step) {
            "multiples of"
        } else {
            "apart from each other by multiples of"
        };
        let (max, step) = (shown(self.max), shown(step));
        let text = format!("With max_delay = {max}, all of {} draws are {how} {step}.", self.n());
        Some((Code::LowResolution, text))
    }

    /// Finds delays that are more frequent than others. If there are none, `cut` is all that is wrong.
    fn is_uneven(&self, cut: Option<(Code, String)>) -> Option<(Code, String)> {
        let (n, max) = (self.n(), self.max);
        let (bins, counts) = histogram(self.delays, max);
        if fits(&counts, &bins) {
            return cut;
        }
        if max <= 20 && self.halves_its_ends(&bins, &counts) {
            let (zero, max) = (shown(0), shown(max));
            let text = format!(
                "With max_delay = {max}, {n} draws gave {zero} and {max} half as often as the delays between them."
            );
            return Some((Code::Rounded, text));
        }
        let (bin, count) = counts.iter().copied().enumerate().max_by(|(i, a), (j, b)| {
            let away = |i: usize, count: f64| (count - bins[i]).abs() / bins[i].sqrt();
            away(*i, *a).total_cmp(&away(*j, *b))
        })?;
        let edge = |bin: usize| (bin as u64 * (max + 1)).div_ceil(bins.len() as u64);
        let range = if bins.len() as u64 == max + 1 {
            shown(bin as u64)
        } else {
            format!("a delay of {} to {}", shown(edge(bin)), shown(edge(bin + 1) - 1))
        };
        let text = format!(
            "With max_delay = {}, {range} came {count} times in {n} draws, but about {:.0} are expected.",
            shown(max),
            bins[bin]
        );
        Some((Code::Skewed, text))
    }

    /// Whether both ends are half as frequent as the rest, as they are if a fraction is rounded.
    fn halves_its_ends(&self, bins: &[f64], counts: &[f64]) -> bool {
        let half_of_a_value = self.n() as f64 / (self.max + 1) as f64 / 2.0;
        let mut halved = bins.to_vec();
        let last = halved.len() - 1;
        halved[0] -= half_of_a_value;
        halved[last] -= half_of_a_value;
        fits(counts, &rescaled(&halved, self.n()))
    }
}

/// The finding that all of `n` draws lie between two delays.
fn cut(n: usize, (least, most): (u64, u64), max: u64) -> (Code, String) {
    let (least, shown_most) = (shown(least), shown(most));
    let mut text = format!(
        "With max_delay = {}, all of {n} draws lie between {least} and {shown_most}.",
        shown(max)
    );
    if (64_000..=u64::from(u16::MAX)).contains(&most) && max > u64::from(u16::MAX) {
        text.push_str(" (65 535 is the largest number that fits into a `u16`.)");
    }
    (Code::BoundExcluded, text)
}

/// Whether `delays` are uniform between the shortest and the longest of them.
fn is_even(delays: &[u64], least: u64, most: u64) -> bool {
    let moved: Vec<u64> = delays.iter().map(|delay| delay - least).collect();
    let (bins, counts) = histogram(&moved, most - least);
    fits(&counts, &bins)
}

/// Finds one delay that comes far too often, if no other delay does: how often it comes, and the sentence about it.
fn one_of_them_too_often(delays: &[u64], max: u64) -> Option<(usize, String)> {
    let (often, times) = far_too_often(delays, max)?;
    let others: Vec<u64> = delays.iter().copied().filter(|delay| *delay != often).collect();
    let again = others.len() - different(&others);
    let expected = others.len() as f64 - expected_different(others.len(), max + 1);
    (!too_many(again, expected)).then(|| {
        let text = format!(
            "With max_delay = {}, {} came {times} times in {} draws. In a uniform draw, no delay comes even half as often.",
            shown(max),
            shown(often),
            delays.len()
        );
        (times, text)
    })
}

fn different(delays: &[u64]) -> usize {
    delays.iter().collect::<HashSet<_>>().len()
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// How many different values `n` uniform draws from `values` values give on average.
fn expected_different(n: usize, values: u64) -> f64 {
    let values = values as f64;
    values * -(f64::ln_1p(-1.0 / values) * n as f64).exp_m1()
}

/// The expected and the real number of delays in each of several equal parts of the range. In a small range, each value
/// is a part of its own.
fn histogram(delays: &[u64], max: u64) -> (Vec<f64>, Vec<f64>) {
    let values = max + 1;
    // with so few draws, few parts show a skew better than many
    let parts = values.min((delays.len() as u64 / 30).clamp(2, 24));
    let mut counts = vec![0.0; parts as usize];
    for delay in delays {
        counts[(delay * parts / values) as usize] += 1.0;
    }
    let size = |part: u64| ((part + 1) * values).div_ceil(parts) - (part * values).div_ceil(parts);
    let expected =
        (0..parts).map(|part| delays.len() as f64 * size(part) as f64 / values as f64).collect();
    (expected, counts)
}

/// A delay of a large range that comes more often than by chance (less than once in a hundred billion checks), and how
/// often it comes. It may still be too rare to show in the histogram.
fn far_too_often(delays: &[u64], max: u64) -> Option<(u64, usize)> {
    let mut sorted = delays.to_vec();
    sorted.sort_unstable();
    let most = sorted.chunk_by(|a, b| a == b).max_by_key(|alike| alike.len())?;
    let values = (max + 1) as f64;
    let mean = delays.len() as f64 / values;
    (mean < 1.0 && any_too_many(most.len(), mean, values)).then_some((most[0], most.len()))
}

fn rescaled(weights: &[f64], n: usize) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight * n as f64 / sum).collect()
}

/// Pearson's chi-squared test. The threshold is a Wilson–Hilferty bound at 6.5 standard deviations: a uniform draw
/// fails less than once in ten billion times.
fn fits(counts: &[f64], expected: &[f64]) -> bool {
    let chi2: f64 = counts.iter().zip(expected).map(|(count, e)| (count - e).powi(2) / e).sum();
    let df = (counts.len() - 1).max(1) as f64;
    let h = 2.0 / (9.0 * df);
    chi2 <= df * (1.0 - h + 6.5 * h.sqrt()).powi(3)
}

#[cfg(test)]
mod tests;
