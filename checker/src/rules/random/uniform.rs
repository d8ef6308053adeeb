//! The rules about the distribution of the delays: it is uniform over `0..=max_delay`.

use std::collections::BTreeMap;
use std::time::Duration;

use super::spread::{self, spread};
use super::{each_seed_once, foreign_generator};
use crate::contract::Input;
use crate::contract::scenario::{ENOUGH_CALLS, LARGE, RngMode, Sample};
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::{time, told_apart};
use crate::rules::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const UNIFORM_SAMPLES: Rule<WaitInput> = Rule {
    name: "uniform_samples",
    asks: "Over many calls, every delay from zero to `max_delay` is equally frequent, and each is the time that was slept.",
    codes: &[
        Code::ValueMismatch,
        Code::BoundExceeded,
        Code::FixedDelay,
        Code::BoundExcluded,
        Code::LowResolution,
        Code::Skewed,
        Code::Rounded,
    ],
    silenced_by: &[],
    check: Check::All(NEEDS_SAMPLES, uniform_samples),
};

/// What the rule `uniform_samples` needs: samples that are large enough for their range.
const NEEDS_SAMPLES: Needs<WaitInput> = Needs {
    has: |planned| {
        let large_enough = |scenario: &&&WaitScenario| {
            let values = scenario.input.max_delay.as_millis() as usize + 1;
            scenario.calls
                >= if scenario.input.max_delay < LARGE { 20 * values } else { ENOUGH_CALLS }
        };
        planned.iter().filter(|scenario| scenario.calls > 1).filter(large_enough).count()
    },
    least: 6,
};

pub(crate) fn uniform_samples(cases: &WaitRuns) -> Option<Diagnosis> {
    cases.samples.iter().find_map(|(scenario, samples)| {
        let diagnosis = judge_samples(scenario, samples)?;
        if diagnosis.code == Code::FixedDelay && foreign_generator(cases.source).is_some() {
            // it has another source of randomness than the given generator: see `varied`
            return None;
        }
        let call = scenario.input.call(cases.task);
        Some(Diagnosis { call: Some(call), ..diagnosis })
    })
}

/// What is wrong with the samples of one scenario. (The call is filled in by the rule.)
fn judge_samples(scenario: &WaitScenario, samples: &[Sample]) -> Option<Diagnosis> {
    let max = scenario.input.max_delay;
    let say = |code, text| Some(Diagnosis { code, text, place: None, call: None });
    if let Some(false_one) = samples.iter().find(|sample| sample.returned != sample.elapsed) {
        let (elapsed, returned) = told_apart(false_one.elapsed, false_one.returned);
        let text = format!("It waited {elapsed}, but returned {returned}.");
        return say(Code::ValueMismatch, text);
    }
    if let Some(long) = samples.iter().find(|sample| sample.returned > max) {
        return say(
            Code::BoundExceeded,
            format!("It waited {}, but `max_delay` is {}.", time(long.returned), time(max)),
        );
    }
    let delays: Vec<Duration> = samples.iter().map(|sample| sample.returned).collect();
    spread_of(&delays, max).and_then(|(code, text)| say(code, text))
}

pub const UNIFORM_TOGETHER: Rule<WaitInput> = Rule {
    name: "uniform_together",
    asks: "Over many runs, every delay from zero to `max_delay` is equally frequent.",
    codes: &spread::CODES,
    silenced_by: &[],
    check: Check::All(NEEDS_TOGETHER, uniform_together),
};

/// What the rule `uniform_together` needs: small, large and very large ranges with a hundred draws in each.
const NEEDS_TOGETHER: Needs<WaitInput> = Needs {
    has: |planned| {
        let mut draws: BTreeMap<Duration, usize> = BTreeMap::new();
        for scenario in planned.iter().filter(|s| matches!(s.rng_mode, RngMode::Seeded(_))) {
            *draws.entry(scenario.input.max_delay).or_default() += scenario.input.n;
        }
        draws.values().filter(|draws| **draws >= 100).count()
    },
    least: 3,
};

pub(crate) fn uniform_together(cases: &WaitRuns) -> Option<Diagnosis> {
    let mut by_max: BTreeMap<Duration, Vec<&WaitRun>> = BTreeMap::new();
    for case in each_seed_once(cases) {
        by_max.entry(case.max_delay()).or_default().push(case);
    }
    by_max.into_iter().rev().find_map(|(max, runs)| {
        let some = *runs.first()?;
        let delays: Vec<Duration> =
            runs.iter().filter_map(|case| case.returned()).flatten().copied().collect();
        let (code, text) = spread_of(&delays, max)?;
        Some(some.broken(code, text).at(cases.source.call_of(some.task.dependency_function())))
    })
}

/// Compares the distribution of `delays` with a uniform one over `0..=max`: see `spread`.
pub fn spread_of(delays: &[Duration], max: Duration) -> Option<(Code, String)> {
    let delays: Vec<u64> = delays.iter().map(|delay| delay.as_millis() as u64).collect();
    spread(&delays, max.as_millis() as u64)
}
