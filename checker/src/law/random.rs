//! The laws of randomness: one delay, drawn from the generator given, uniform over `0..=max_delay`.
//!
//! All of them are judged on the plain stream, over many seeds. Thresholds are set so that a solution that keeps
//! the contract is refused less than once in a billion checks; seeds are fixed, so a verdict never changes.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Case, Cases};
use crate::code::Code;
use crate::scenario::{Regime, Sample, Scenario};
use crate::source::Source;
use crate::verdict::Diagnosis;
use crate::words::{count, time, times};

/// The same seed gives the same delays.
pub fn reproducible(cases: &Cases) -> Option<Diagnosis> {
    for (i, case) in cases.runs.iter().enumerate() {
        let again = cases.runs[..i].iter().find(|first| first.scenario.same_run(case.scenario));
        let Some((first, second)) = again.and_then(|first| first.returned().zip(case.returned()))
        else {
            continue;
        };
        if first != second {
            let text = format!(
                "Run twice with the same seed, it returned {}, and then {}: it has another source of randomness than the generator it is given.",
                times(first),
                times(second)
            );
            return Some(case.broken(Code::Randomness, text).at(foreign_generator(cases.source)));
        }
    }
    None
}

/// Other seeds give other delays.
pub fn varied(cases: &Cases) -> Option<Diagnosis> {
    let mut by_call: BTreeMap<_, Vec<&Case>> = BTreeMap::new();
    let first_of_its_kind =
        |i: usize, case: &Case| !cases.runs[..i].iter().any(|c| c.scenario.same_run(case.scenario));
    for (i, case) in cases.runs.iter().enumerate() {
        if !is_plain(case)
            || case.max_delay() < Duration::from_secs(1)
            || !first_of_its_kind(i, case)
        {
            continue;
        }
        by_call.entry((case.scenario.n, case.max_delay())).or_default().push(case);
    }
    let alike = by_call.into_values().find(|cases| {
        let mut returned = cases.iter().filter_map(|case| case.returned());
        let first = returned.next();
        cases.len() >= 5 && returned.all(|other| Some(other) == first)
    })?;
    let case = alike[0];
    let returned = case.returned()?;
    let foreign = foreign_generator(cases.source);
    if returned.iter().all(Duration::is_zero) {
        let text = format!("{} seeds, and every time it returned zeros at once.", alike.len());
        return Some(case.broken(Code::NoSleep, text));
    }
    if foreign.is_none() && returned.len() == 1 {
        let text = format!(
            "{} seeds, and every time the same delay of {}: it is not drawn from the generator.",
            alike.len(),
            time(returned[0])
        );
        return Some(case.broken(Code::FixedDelay, text));
    }
    let text = format!(
        "{} seeds, and every time the same: {}. The delays don't come from the generator it is given.",
        alike.len(),
        times(returned)
    );
    Some(case.broken(Code::Randomness, text).at(foreign))
}

/// Where the source makes a generator of its own, as far as the text tells.
fn foreign_generator(source: &Source) -> Option<crate::trace::Place> {
    const MAKERS: [&str; 5] = ["seed_from_u64", "from_seed", "thread_rng", "from_os_rng", "SysRng"];
    source.path_into("rand").or_else(|| MAKERS.iter().find_map(|name| source.call_of(name)))
}

fn is_plain(case: &Case) -> bool {
    matches!(case.scenario.regime, Regime::Plain(_))
}

/// Each coroutine has a generator of its own: equal delays are no more frequent than chance has it.
pub fn own_generators(cases: &Cases) -> Option<Diagnosis> {
    let runs = cases
        .runs
        .iter()
        .filter(|case| is_plain(case) && case.max_delay() == Duration::from_secs(5));
    let (mut pairs, mut expected, mut worst) = (0, 0.0, None);
    for case in runs {
        let Some(returned) = case.returned() else { continue };
        let mut sorted = returned.to_vec();
        sorted.sort();
        let alike = sorted.windows(2).filter(|pair| pair[0] == pair[1]).count();
        pairs += alike;
        expected += (returned.len() * returned.len()) as f64 / 2.0 / 5001.0;
        if worst.is_none_or(|(most, _)| alike > most) {
            worst = Some((alike, case));
        }
    }
    let (alike, case) = worst?;
    // ten more than six standard deviations above the mean of a Poisson distribution
    if (pairs as f64) < expected + 6.0 * expected.sqrt() + 10.0 {
        return None;
    }
    let returned = case.returned()?;
    let text = if alike + 1 == returned.len() {
        format!(
            "All {} drew the same delay, {}: their generators were made from one seed.",
            count(returned.len(), "coroutine"),
            time(returned[0])
        )
    } else {
        format!(
            "Equal delays come far too often, as in {}: some coroutines share a seed.",
            times(returned)
        )
    };
    Some(
        case.broken(Code::SameGenerator, text)
            .at(cases.source.call_of(case.task.upstream_function())),
    )
}

/// Samples of single waits: truthful and bounded, both ends come, every millisecond is as likely as any other.
pub fn uniform_samples(cases: &Cases, call: impl Fn(&Scenario) -> String) -> Option<Diagnosis> {
    cases.samples.iter().find_map(|(scenario, samples)| {
        let diagnosis = judge_samples(scenario, samples)?;
        if diagnosis.code == Code::FixedDelay && foreign_generator(cases.source).is_some() {
            // it is random, but not by the generator given: see `varied`
            return None;
        }
        Some(Diagnosis { call: Some(call(scenario)), ..diagnosis })
    })
}

/// What is wrong with the spread of `delays` over `0..=max`, if anything is.
pub fn spread_of(delays: &[Duration], max: Duration) -> Option<(Code, String)> {
    let delays: Vec<u64> = delays.iter().map(|delay| delay.as_millis() as u64).collect();
    spread(&delays, max.as_millis() as u64)
}

fn judge_samples(scenario: &Scenario, samples: &[Sample]) -> Option<Diagnosis> {
    let max = scenario.max_delay;
    let say = |code, text| Some(Diagnosis { code, text, place: None, call: None });
    if let Some(false_one) = samples.iter().find(|sample| sample.returned != sample.took) {
        let text = format!(
            "It waited {}, but returned {}.",
            time(false_one.took),
            time(false_one.returned)
        );
        return say(Code::Untruthful, text);
    }
    if let Some(long) = samples.iter().find(|sample| sample.returned > max) {
        return say(
            Code::BoundExceeded,
            format!("It waited {}, and `max_delay` is {}.", time(long.returned), time(max)),
        );
    }
    let delays: Vec<u64> =
        samples.iter().map(|sample| sample.returned.as_millis() as u64).collect();
    spread(&delays, max.as_millis() as u64).and_then(|(code, text)| say(code, text))
}

/// The delays of all plain runs of n waits together: each is one uniform draw.
pub fn uniform_together(cases: &Cases) -> Option<Diagnosis> {
    let plain = || cases.runs.iter().filter(|case| is_plain(case));
    let mut maxima: Vec<Duration> = plain().map(|case| case.max_delay()).collect();
    maxima.sort();
    maxima.dedup();
    maxima.into_iter().rev().find_map(|max| {
        let mut runs = plain().filter(|case| case.max_delay() == max).peekable();
        let some = *runs.peek()?;
        let delays: Vec<Duration> =
            runs.filter_map(|case| case.returned()).flatten().copied().collect();
        let (code, text) = spread_of(&delays, max)?;
        Some(some.broken(code, text).at(cases.source.call_of(some.task.upstream_function())))
    })
}

/// Remark: one draw is enough for one delay. A number of 128 bits takes two, and who puts a delay together from bits
/// or bytes takes more, but all of them matter. A draw that changes nothing is thrown away.
pub fn one_draw(cases: &Cases) -> Option<Diagnosis> {
    let plain: Vec<&Case> =
        cases.runs.iter().filter(|case| is_plain(case) && case.returned().is_some()).collect();
    let mut fewest: Option<(Vec<usize>, &Case)> = None;
    for case in &plain {
        let mut draws: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (generator, bits) in case.trace().draws().filter(|(_, bits)| *bits <= 64) {
            draws.entry(generator).or_default().push(bits);
        }
        for bits in draws.into_values() {
            if fewest.as_ref().is_none_or(|(few, _)| bits.len() < few.len()) {
                fewest = Some((bits, case));
            }
        }
    }
    let (bits, case) = fewest?;
    // halves and bytes of which a delay is put together need not all show in it
    let whole_numbers = bits.contains(&64);
    let extra = bits.len() >= 2 && whole_numbers && one_of_two_draws_is_thrown_away(cases);
    let text = || format!("Every delay takes {} draws, and one is enough.", bits.len());
    extra.then(|| case.broken(Code::ExtraDraw, text()))
}

/// See [`Scenario::which_draws_matter`].
fn one_of_two_draws_is_thrown_away(cases: &Cases) -> bool {
    let mut results = cases
        .runs
        .iter()
        .filter(|case| matches!(case.scenario.regime, Regime::Words(_)))
        .map(|case| case.returned());
    match (results.next(), results.next(), results.next()) {
        (Some(Some(base)), Some(Some(first)), Some(Some(second))) => {
            first == base || second == base
        }
        _ => false,
    }
}

/// What is wrong with the spread of `delays` over `0..=max` ms, if anything is.
fn spread(delays: &[u64], max: u64) -> Option<(Code, String)> {
    let n = delays.len();
    // a delay above `max` is another law's matter
    if max == 0 || n < 100 || delays.iter().any(|delay| *delay > max) {
        return None;
    }
    let (least, most) = (*delays.iter().min()?, *delays.iter().max()?);
    let shown = |ms| time(Duration::from_millis(ms));
    if least == most && max >= 100 {
        let text =
            format!("With max_delay = {}, all of {n} draws are {}.", shown(max), shown(most));
        return Some((Code::FixedDelay, text));
    }
    // every n draws miss any one value of a small range with a chance of e^-20 at most
    if n as u64 >= 20 * (max + 1) && (least > 0 || most < max) {
        let missing = if most < max { shown(max) } else { shown(0) };
        return Some((
            Code::BoundExcluded,
            format!(
                "With max_delay = {}, {n} draws gave everything from {} to {}, and never {missing}.",
                shown(max),
                shown(least),
                shown(most)
            ),
        ));
    }
    // and leave out a tenth at either end of a large one with even less
    let tenth = max / 10;
    if n >= 300 && max >= 100 && (most < max - tenth || least > tenth) {
        let text = format!(
            "With max_delay = {}, all of {n} draws lie between {} and {}.",
            shown(max),
            shown(least),
            shown(most)
        );
        return Some((Code::BoundExcluded, text));
    }
    let different = delays.iter().collect::<std::collections::HashSet<_>>().len();
    let expected = expected_different(n, max + 1);
    if expected > 30.0 && (different as f64) < expected / 2.0 {
        let text = format!(
            "With max_delay = {}, {n} draws gave only {different} different delays, where about {expected:.0} are to be expected.",
            shown(max)
        );
        return Some((Code::Coarse, text));
    }
    let step = delays.iter().copied().fold(0, gcd);
    if step > 1 && max >= 100 {
        let text = format!(
            "With max_delay = {}, all of {n} draws are multiples of {}.",
            shown(max),
            shown(step)
        );
        return Some((Code::Coarse, text));
    }
    let (bins, counts) = histogram(delays, max);
    if fits(&counts, &bins) {
        return None;
    }
    let per_value = n as f64 / (max + 1) as f64;
    let mut halved: Vec<f64> = bins.clone();
    let last = halved.len() - 1;
    halved[0] -= per_value / 2.0;
    halved[last] -= per_value / 2.0;
    if max <= 20 && fits(&counts, &rescaled(&halved, n)) {
        let text = format!(
            "With max_delay = {1}, {n} draws gave {0} and {1} half as often as what lies between them.",
            shown(0),
            shown(max)
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
        "With max_delay = {}, {range} came {count} times in {n} draws, where about {:.0} are to be expected.",
        shown(max),
        bins[bin]
    );
    Some((Code::Skewed, text))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// How many different values n draws from `values` give on average.
fn expected_different(n: usize, values: u64) -> f64 {
    let values = values as f64;
    values * -(f64::ln_1p(-1.0 / values) * n as f64).exp_m1()
}

/// Counts by equal parts of the range (each value its own part where there are few), and what to expect of each.
fn histogram(delays: &[u64], max: u64) -> (Vec<f64>, Vec<f64>) {
    let values = max + 1;
    // few parts tell more of a skew than many, with as few draws as these
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

fn rescaled(weights: &[f64], n: usize) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight * n as f64 / sum).collect()
}

/// Pearson's chi-squared test. The threshold is a Wilson–Hilferty bound at 6.5 standard deviations: a uniform
/// draw fails it less than once in ten billion times.
fn fits(counts: &[f64], expected: &[f64]) -> bool {
    let chi2: f64 = counts.iter().zip(expected).map(|(count, e)| (count - e).powi(2) / e).sum();
    let df = (counts.len() - 1).max(1) as f64;
    let h = 2.0 / (9.0 * df);
    chi2 <= df * (1.0 - h + 6.5 * h.sqrt()).powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn code_of(n: usize, max: u64, draw: impl Fn(&mut ChaCha8Rng) -> u64) -> Option<Code> {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let delays: Vec<u64> = (0..n).map(|_| draw(&mut rng)).collect();
        spread(&delays, max).map(|(code, _)| code)
    }

    #[test]
    fn uniform_draws_are_never_refused() {
        for (n, max) in [(200, 1), (1000, 4), (300, 300), (800, 200), (800, 5000)] {
            for seed in 0..200 {
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                let delays: Vec<u64> = (0..n).map(|_| rng.random_range(0..=max)).collect();
                assert_eq!(spread(&delays, max), None, "max {max}, seed {seed}");
            }
        }
    }

    #[test]
    fn each_kind_of_bad_spread_is_named() {
        assert_eq!(code_of(1000, 4, |rng| rng.random_range(0..4)), Some(Code::BoundExcluded));
        assert_eq!(code_of(1000, 4, |rng| rng.random_range(1..=4)), Some(Code::BoundExcluded));
        assert_eq!(code_of(800, 5000, |rng| rng.random_range(0..=2500)), Some(Code::BoundExcluded));
        assert_eq!(code_of(800, 5000, |rng| rng.random_range(0..=5) * 1000), Some(Code::Coarse));
        assert_eq!(
            code_of(1000, 4, |rng| (rng.random::<f64>() * 4.0).round() as u64),
            Some(Code::Rounded)
        );
        assert_eq!(
            code_of(300, 300, |rng| u64::from(rng.random::<u8>()) % 301),
            Some(Code::BoundExcluded)
        );
        assert_eq!(
            code_of(800, 200, |rng| u64::from(rng.random::<u8>()) % 201),
            Some(Code::Skewed)
        );
        let least_of_two =
            |rng: &mut ChaCha8Rng| rng.random_range(0..=4).min(rng.random_range(0..=4));
        assert_eq!(code_of(1000, 4, least_of_two), Some(Code::Skewed));
    }
}
