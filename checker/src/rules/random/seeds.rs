//! The rules about seeds: the same seed gives the same delays, another seed gives other delays, and each coroutine has
//! a seed of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{each_seed_once, foreign_generator, is_seeded};
use crate::contract::scenario::RngMode;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::{count, time, times};
use crate::rules::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::trace::{EventKind, GeneratorId};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const REPRODUCIBLE: Rule<WaitInput> = Rule {
    name: "reproducible",
    asks: "The same seed gives the same delays.",
    codes: &[Code::Randomness],
    silenced_by: &[],
    check: Check::All(NEEDS_REPRODUCIBLE, reproducible),
};

/// What the rule `reproducible` needs: scenarios that are run twice.
const NEEDS_REPRODUCIBLE: Needs<WaitInput> = Needs {
    has: |planned| {
        let again = |i: &usize| planned[..*i].iter().any(|first| first.same_run(planned[*i]));
        (0..planned.len()).filter(again).count()
    },
    least: 3,
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

pub const VARIED: Rule<WaitInput> = Rule {
    name: "varied",
    asks: "Different seeds give different delays.",
    codes: &[Code::NoSleep, Code::FixedDelay, Code::Randomness],
    silenced_by: &[],
    check: Check::All(NEEDS_VARIED, varied),
};

/// So many different seeds never give the same delays by chance.
const SEEDS: usize = 5;

/// With this `max_delay` or a longer one, equal delays are rare.
const VARIED_FROM: Duration = Duration::from_secs(1);

/// What the rule `varied` needs: the same call under different seeds.
pub const NEEDS_VARIED: Needs<WaitInput> = Needs {
    has: |planned| {
        let varies = |scenario: &&&WaitScenario| scenario.input.max_delay >= VARIED_FROM;
        let mut seeds: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for scenario in planned.iter().filter(varies) {
            if let RngMode::Seeded(key) = scenario.rng_mode {
                seeds.entry((scenario.input.n, scenario.input.max_delay)).or_default().insert(key);
            }
        }
        seeds.values().map(BTreeSet::len).max().unwrap_or_default()
    },
    least: SEEDS,
};

pub fn varied(cases: &WaitRuns) -> Option<Diagnosis> {
    let alike = alike_under_all_seeds(cases)?;
    let case = alike[0];
    let returned = case.returned()?;
    let seeds = format!("With {} different seeds, it returned", alike.len());
    let foreign = foreign_generator(cases.source);
    if returned.iter().all(Duration::is_zero) {
        return Some(only_zeros(cases, case, &seeds));
    }
    if foreign.is_none() && returned.len() == 1 {
        let text = format!(
            "{seeds} the same delay of {} every time: the delay is not drawn from the generator.",
            time(returned[0])
        );
        return Some(case.broken(Code::FixedDelay, text));
    }
    let text = format!(
        "{seeds} the same delays every time: {}. The delays don't come from the generator that it is given.",
        times(returned)
    );
    Some(case.broken(Code::Randomness, text).at(foreign))
}

/// The runs of a call that returned the same delays under at least [`SEEDS`] different seeds.
fn alike_under_all_seeds<'a>(cases: &'a WaitRuns) -> Option<Vec<&'a WaitRun<'a>>> {
    let mut by_call: BTreeMap<_, Vec<&WaitRun>> = BTreeMap::new();
    // a run that was ended by a limit says nothing about its delay
    for case in each_seed_once(cases) {
        if case.max_delay() < VARIED_FROM {
            continue;
        }
        by_call.entry((case.scenario.input.n, case.max_delay())).or_default().push(case);
    }
    by_call.into_values().find(|cases| {
        let mut returned = cases.iter().filter_map(|case| case.returned());
        let first = returned.next();
        cases.len() >= SEEDS && returned.all(|other| Some(other) == first)
    })
}

/// The finding that all delays were zero, under different seeds. `seeds` begins its sentence.
fn only_zeros(cases: &WaitRuns, case: &WaitRun, seeds: &str) -> Diagnosis {
    let text = format!("{seeds} only zeros, without any wait");
    let waits = cases.runs.iter().any(|other| !other.elapsed().is_zero());
    if !waits {
        return case.broken(Code::NoSleep, text + ".");
    }
    let code = if case.task.takes_n { Code::NoSleep } else { Code::FixedDelay };
    case.broken(code, text + ", but with other arguments it waits.")
}

pub const OWN_GENERATORS: Rule<WaitInput> = Rule {
    name: "own_generators",
    asks: "Each coroutine has a generator of its own.",
    codes: &[Code::SameGenerator],
    silenced_by: &[],
    check: Check::All(NEEDS_OWN_GENERATORS, own_generators),
};

/// With this `max_delay`, two coroutines rarely draw equal delays.
const RARELY_EQUAL: Duration = Duration::from_secs(5);

/// What the rule `own_generators` needs: runs of several coroutines, with delays that are rarely equal.
const NEEDS_OWN_GENERATORS: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|scenario| tells_of_seeds(scenario)).count(),
    least: 10,
};

/// Whether the delays of a run show that its coroutines share a seed.
fn tells_of_seeds(scenario: &WaitScenario) -> bool {
    let seeded = matches!(scenario.rng_mode, RngMode::Seeded(_));
    seeded && scenario.input.max_delay == RARELY_EQUAL && scenario.input.n >= 2
}

pub(crate) fn own_generators(cases: &WaitRuns) -> Option<Diagnosis> {
    all_share_one(cases).or_else(|| some_share_a_seed(cases)).or_else(|| equal_too_often(cases))
}

/// Finds two coroutines whose generators were made from the same seed, and which drew the same delay. (A generator that is
/// made twice, and used once, does no harm.)
fn some_share_a_seed(cases: &WaitRuns) -> Option<Diagnosis> {
    let shares = |case: &&WaitRun| {
        is_seeded(case)
            && case.trace().shared_seeds > 0
            && !case.max_delay().is_zero()
            && case.returned().is_some_and(|returned| equal_pairs(returned) > 0)
    };
    let case = cases.runs.iter().find(shares)?;
    let text = format!(
        "For n = {}, {} made from a seed that another one was made from, too. Coroutines that share a seed draw the same delays. Fork a generator from `rng` for each.",
        case.scenario.input.n,
        if case.trace().shared_seeds == 1 {
            "one generator was".into()
        } else {
            format!("{} generators were", case.trace().shared_seeds)
        }
    );
    let place = cases.source.call_of(case.task.dependency_function());
    Some(case.broken(Code::SameGenerator, text).at(place))
}

/// Finds a solution whose coroutines all draw from one generator, behind a lock. Its delays look as random as any
/// others.
fn all_share_one(cases: &WaitRuns) -> Option<Diagnosis> {
    if foreign_generator(cases.source).is_some() {
        // the solution may make generators from these draws, and those are not recorded
        return None;
    }
    let several = |case: &&WaitRun| is_seeded(case) && case.scenario.input.n >= 2;
    cases.runs.iter().filter(several).find_map(|case| {
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

/// Finds a solution whose generators share seeds: their delays are equal more often than by chance.
fn equal_too_often(cases: &WaitRuns) -> Option<Diagnosis> {
    let (mut pairs, mut expected, mut worst) = (0, 0.0, None);
    for case in each_seed_once(cases).filter(|case| case.max_delay() == RARELY_EQUAL) {
        let Some(returned) = case.returned() else { continue };
        if returned.iter().all(Duration::is_zero) {
            // another rule reports delays that are all zero
            continue;
        }
        let alike = equal_pairs(returned);
        pairs += alike;
        expected += expected_pairs(returned.len());
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
    let place = cases.source.call_of(case.task.dependency_function());
    Some(case.broken(Code::SameGenerator, text).at(place))
}

/// How many delays are equal to the one before, if the shortest comes first.
fn equal_pairs(delays: &[Duration]) -> usize {
    let mut sorted = delays.to_vec();
    sorted.sort();
    sorted.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// How many pairs of `n` delays up to [`RARELY_EQUAL`] are equal by chance, on average.
fn expected_pairs(n: usize) -> f64 {
    let values = RARELY_EQUAL.as_millis() as f64 + 1.0;
    (n * n) as f64 / 2.0 / values
}
