//! The rules about randomness: every delay is drawn from the given generator, and is uniform over `0..=max_delay`.
//!
//! All of them look at runs with a seeded generator, over many seeds. The thresholds are set so that a solution that keeps
//! the contract fails less than once in a billion checks. The seeds are fixed, so a verdict never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::spread::{self, spread};
use super::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::contract::Input;
use crate::contract::scenario::{ENOUGH_CALLS, LARGE, RngMode, Sample};
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::{count, time, times, told_apart};
use crate::source::Source;
use crate::trace::{EventKind, GeneratorId};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// What the rule `reproducible` needs: scenarios that are run twice.
const NEEDS_REPRODUCIBLE: Needs<WaitInput> = Needs {
    has: |planned| {
        let again = |i: &usize| planned[..*i].iter().any(|first| first.same_run(planned[*i]));
        (0..planned.len()).filter(again).count()
    },
    least: 3,
};

pub const REPRODUCIBLE: Rule<WaitInput> = Rule {
    name: "reproducible",
    asks: "The same seed gives the same delays.",
    codes: &[Code::Randomness],
    silenced_by: &[],
    check: Check::All(NEEDS_REPRODUCIBLE, reproducible),
};

pub(crate) fn reproducible(cases: &WaitRuns) -> Option<Diagnosis> {
    for (i, case) in cases.runs.iter().enumerate() {
        let again = cases.runs[..i].iter().find(|first| first.scenario.same_run(case.scenario));
        let Some((first, second)) = again.and_then(|first| first.returned().zip(case.returned()))
        else {
            continue;
        };
        if first != second {
            let text = format!(
                "Run twice with the same seed, it returned {}, and then {}. So it uses another source of randomness than its generator, or it keeps something from one call to the next.",
                times(first),
                times(second)
            );
            return Some(case.broken(Code::Randomness, text).at(foreign_generator(cases.source)));
        }
    }
    None
}

/// So many different seeds never give the same delays by chance.
const SEEDS: usize = 5;

/// With this `max_delay` or a longer one, equal delays are rare.
const VARIED_FROM: Duration = Duration::from_secs(1);

/// What the rule `varied` needs: the same call under different seeds.
pub const NEEDS_VARIED: Needs<WaitInput> = Needs {
    has: |planned| {
        let plain = |scenario: &&&WaitScenario| {
            matches!(scenario.rng_mode, RngMode::Seeded(_))
                && scenario.input.max_delay >= VARIED_FROM
        };
        let mut seeds: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for scenario in planned.iter().filter(plain) {
            if let RngMode::Seeded(key) = scenario.rng_mode {
                seeds.entry((scenario.input.n, scenario.input.max_delay)).or_default().insert(key);
            }
        }
        seeds.values().map(BTreeSet::len).max().unwrap_or_default()
    },
    least: SEEDS,
};

pub const VARIED: Rule<WaitInput> = Rule {
    name: "varied",
    asks: "Different seeds give different delays.",
    codes: &[Code::NoSleep, Code::FixedDelay, Code::Randomness],
    silenced_by: &[],
    check: Check::All(NEEDS_VARIED, varied),
};

pub(crate) fn varied(cases: &WaitRuns) -> Option<Diagnosis> {
    let mut by_call: BTreeMap<_, Vec<&WaitRun>> = BTreeMap::new();
    let first_of_its_kind = |i: usize, case: &WaitRun| {
        !cases.runs[..i].iter().any(|c| c.scenario.same_run(case.scenario))
    };
    for (i, case) in cases.runs.iter().enumerate() {
        if !is_plain(case) || case.max_delay() < VARIED_FROM || !first_of_its_kind(i, case) {
            continue;
        }
        by_call.entry((case.scenario.input.n, case.max_delay())).or_default().push(case);
    }
    let alike = by_call.into_values().find(|cases| {
        let mut returned = cases.iter().filter_map(|case| case.returned());
        let first = returned.next();
        cases.len() >= SEEDS && returned.all(|other| Some(other) == first)
    })?;
    let case = alike[0];
    let returned = case.returned()?;
    let foreign = foreign_generator(cases.source);
    if returned.iter().all(Duration::is_zero) {
        let mut text = format!(
            "With {} different seeds, it returned only zeros, without any wait",
            alike.len()
        );
        let waits = cases.runs.iter().any(|other| !other.elapsed().is_zero());
        if !waits {
            return Some(case.broken(Code::NoSleep, text + "."));
        }
        text.push_str(", but with other arguments it waits.");
        let code = if case.task.takes_n { Code::NoSleep } else { Code::FixedDelay };
        return Some(case.broken(code, text));
    }
    if foreign.is_none() && returned.len() == 1 {
        let text = format!(
            "With {} different seeds, it returned the same delay of {} every time: the delay is not drawn from the generator.",
            alike.len(),
            time(returned[0])
        );
        return Some(case.broken(Code::FixedDelay, text));
    }
    let text = format!(
        "With {} different seeds, it returned the same delays every time: {}. The delays don't come from the generator that it is given.",
        alike.len(),
        times(returned)
    );
    Some(case.broken(Code::Randomness, text).at(foreign))
}

/// The place where the source makes a generator of its own, as far as its text shows.
fn foreign_generator(source: &Source) -> Option<crate::trace::SourceLocation> {
    const MAKERS: [&str; 5] = ["seed_from_u64", "from_seed", "thread_rng", "from_os_rng", "SysRng"];
    source.path_into("rand").or_else(|| MAKERS.iter().find_map(|name| source.call_of(name)))
}

fn is_plain(case: &WaitRun) -> bool {
    matches!(case.scenario.rng_mode, RngMode::Seeded(_))
}

/// What the rule `draws_from_the_generator` needs: runs that have to draw.
const NEEDS_DRAWS: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|scenario| has_to_draw(scenario)).count(),
    least: 10,
};

fn has_to_draw(scenario: &WaitScenario) -> bool {
    scenario.calls == 1 && scenario.input.n > 0 && !scenario.input.max_delay.is_zero()
}

pub const DRAWS_FROM_THE_GENERATOR: Rule<WaitInput> = Rule {
    name: "draws_from_the_generator",
    asks: "Every delay is drawn from the generator that the function is given.",
    codes: &[Code::Randomness],
    silenced_by: &[],
    check: Check::AllIfRight(NEEDS_DRAWS, draws_from_the_generator),
};

/// This rule comes last, because most other rules say more exactly what the solution does instead.
pub(crate) fn draws_from_the_generator(cases: &WaitRuns) -> Option<Diagnosis> {
    if !cases.complete {
        return None;
    }
    let draws_nothing = |case: &&WaitRun| {
        has_to_draw(case.scenario)
            && !case.trace().truncated
            && case.trace().draws().next().is_none()
    };
    let case = cases.runs.iter().filter(|case| case.returned().is_some()).find(draws_nothing)?;
    let text = format!(
        "It returned {}, but drew no number from its generator. Every delay has to come from there, whatever the arguments are.",
        times(case.returned()?)
    );
    Some(case.broken(Code::Randomness, text).at(foreign_generator(cases.source)))
}

/// What the rule `own_generators` needs: runs of several coroutines, with delays that are rarely equal.
const NEEDS_OWN_GENERATORS: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|scenario| tells_of_seeds(scenario)).count(),
    least: 10,
};

fn tells_of_seeds(scenario: &WaitScenario) -> bool {
    let plain = matches!(scenario.rng_mode, RngMode::Seeded(_));
    plain && scenario.input.max_delay == Duration::from_secs(5) && scenario.input.n >= 2
}

pub const OWN_GENERATORS: Rule<WaitInput> = Rule {
    name: "own_generators",
    asks: "Each coroutine has a generator of its own.",
    codes: &[Code::SameGenerator],
    silenced_by: &[],
    check: Check::All(NEEDS_OWN_GENERATORS, own_generators),
};

pub(crate) fn own_generators(cases: &WaitRuns) -> Option<Diagnosis> {
    if let Some(shared) = all_share_one(cases) {
        return Some(shared);
    }
    let runs = cases
        .runs
        .iter()
        .filter(|case| is_plain(case) && case.max_delay() == Duration::from_secs(5));
    let (mut pairs, mut expected, mut worst) = (0, 0.0, None);
    for case in runs {
        let Some(returned) = case.returned() else { continue };
        if returned.iter().all(Duration::is_zero) {
            // another rule reports delays that are all zero
            continue;
        }
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
    // the limit is six standard deviations of a Poisson distribution above its mean, and ten more
    if (pairs as f64) < expected + 6.0 * expected.sqrt() + 10.0 {
        return None;
    }
    let returned = case.returned()?;
    let text = if alike + 1 == returned.len() {
        format!(
            "All {} drew the same delay, {}: their generators were made from the same seed.",
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
            .at(cases.source.call_of(case.task.dependency_function())),
    )
}

/// Finds a solution whose coroutines all draw from one generator, behind a lock. Its delays look as random as any others.
fn all_share_one(cases: &WaitRuns) -> Option<Diagnosis> {
    if foreign_generator(cases.source).is_some() {
        // the solution may make generators from these draws, and those are not recorded
        return None;
    }
    let plain = |case: &&WaitRun| is_plain(case) && case.scenario.input.n >= 2;
    cases.runs.iter().filter(plain).find_map(|case| {
        let n = case.scenario.input.n;
        let mut made = case.trace().events.iter().filter_map(|event| match event.what {
            EventKind::Seeded { generator } => Some(generator),
            _ => None,
        });
        let only = made.next().filter(|_| made.next().is_none())?;
        // longer draws are bytes for the seed of another generator
        let draws = |(generator, bits): &(GeneratorId, usize)| *generator == only && *bits <= 64;
        let all_draw = case.trace().draws().filter(draws).count() >= n;
        let complete = case.returned().is_some_and(|returned| returned.len() == n);
        let text = format!(
            "All {} draw from the same generator. Give each its own, forked from `rng`.",
            count(n, "coroutine")
        );
        let place = || cases.source.call_of(case.task.dependency_function());
        (all_draw && complete).then(|| case.broken(Code::SameGenerator, text).at(place()))
    })
}

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

/// What is wrong with the distribution of `delays` over `0..=max`: a code and a sentence; `None` if nothing is.
pub fn spread_of(delays: &[Duration], max: Duration) -> Option<(Code, String)> {
    let delays: Vec<u64> = delays.iter().map(|delay| delay.as_millis() as u64).collect();
    spread(&delays, max.as_millis() as u64)
}

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
    let delays: Vec<u64> =
        samples.iter().map(|sample| sample.returned.as_millis() as u64).collect();
    spread(&delays, max.as_millis() as u64).and_then(|(code, text)| say(code, text))
}

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

pub const UNIFORM_TOGETHER: Rule<WaitInput> = Rule {
    name: "uniform_together",
    asks: "Over many runs, every delay from zero to `max_delay` is equally frequent.",
    codes: &spread::CODES,
    silenced_by: &[],
    check: Check::All(NEEDS_TOGETHER, uniform_together),
};

pub(crate) fn uniform_together(cases: &WaitRuns) -> Option<Diagnosis> {
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
        Some(some.broken(code, text).at(cases.source.call_of(some.task.dependency_function())))
    })
}

/// What the rule `one_draw` needs: the three runs of [`WaitScenario::which_draws_matter`].
const NEEDS_ONE_DRAW: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|s| matches!(s.rng_mode, RngMode::RawWords(_))).count(),
    least: 3,
};

pub const ONE_DRAW: Rule<WaitInput> = Rule {
    name: "one_draw",
    asks: "One draw is enough for one delay.",
    codes: &[Code::ExtraDraw],
    silenced_by: &[],
    check: Check::All(NEEDS_ONE_DRAW, one_draw),
};

/// A number of 128 bits takes two draws, and a delay that is put together from bits or bytes takes more. But all of those
/// draws change the result. An extra draw changes nothing.
pub(crate) fn one_draw(cases: &WaitRuns) -> Option<Diagnosis> {
    let plain: Vec<&WaitRun> =
        cases.runs.iter().filter(|case| is_plain(case) && case.returned().is_some()).collect();
    let mut fewest: Option<(Vec<usize>, &WaitRun)> = None;
    for case in &plain {
        let mut draws: BTreeMap<GeneratorId, Vec<usize>> = BTreeMap::new();
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
    // if a delay is put together from smaller draws, a single one of them may not change it
    let whole_numbers = bits.contains(&64);
    let extra = bits.len() >= 2 && whole_numbers && one_of_two_draws_is_thrown_away(cases);
    let text = || format!("Every delay takes {} draws, but one is enough.", bits.len());
    extra.then(|| case.broken(Code::ExtraDraw, text()))
}

/// See [`WaitScenario::which_draws_matter`].
fn one_of_two_draws_is_thrown_away(cases: &WaitRuns) -> bool {
    let mut results = cases
        .runs
        .iter()
        .filter(|case| matches!(case.scenario.rng_mode, RngMode::RawWords(_)))
        .map(|case| case.returned());
    match (results.next(), results.next(), results.next()) {
        (Some(Some(base)), Some(Some(first)), Some(Some(second))) => {
            first == base || second == base
        }
        _ => false,
    }
}
