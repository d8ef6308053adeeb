//! The rules about draws: every delay is drawn from the given generator, and by one draw.

use std::collections::BTreeMap;

use super::{foreign_generator, is_seeded};
use crate::contract::scenario::RngMode;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::times;
use crate::rules::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::trace::GeneratorId;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const DRAWS_FROM_THE_GENERATOR: Rule<WaitInput> = Rule {
    name: "draws_from_the_generator",
    asks: "Every delay is drawn from the generator that the function is given.",
    codes: &[Code::Randomness],
    silenced_by: &[],
    check: Check::AllIfRight(NEEDS_DRAWS, draws_from_the_generator),
};

/// What the rule `draws_from_the_generator` needs: runs that have to draw.
const NEEDS_DRAWS: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|scenario| has_to_draw(scenario)).count(),
    least: 10,
};

/// Whether a right solution needs at least one delay.
fn has_to_draw(scenario: &WaitScenario) -> bool {
    scenario.calls == 1 && scenario.input.n > 0 && !scenario.input.max_delay.is_zero()
}

/// This rule comes last, because most other rules say more exactly what the solution does instead.
pub(crate) fn draws_from_the_generator(cases: &WaitRuns) -> Option<Diagnosis> {
    if !cases.complete {
        return None;
    }
    let draws_nothing = |case: &&WaitRun| {
        has_to_draw(case.scenario)
            && case.is_recorded()
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

pub const ONE_DRAW: Rule<WaitInput> = Rule {
    name: "one_draw",
    asks: "One draw is enough for one delay.",
    codes: &[Code::ExtraDraw],
    silenced_by: &[],
    check: Check::All(NEEDS_ONE_DRAW, one_draw),
};

/// What the rule `one_draw` needs: the three runs of [`WaitScenario::which_draws_matter`].
const NEEDS_ONE_DRAW: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|s| matches!(s.rng_mode, RngMode::RawWords(_))).count(),
    least: 3,
};

/// A number of 128 bits takes two draws, and a delay that is put together from bits or bytes takes more. But all of
/// those draws change the result. An extra draw changes nothing.
pub(crate) fn one_draw(cases: &WaitRuns) -> Option<Diagnosis> {
    let (bits, case) = fewest_draws(cases)?;
    // if a delay is put together from smaller draws, a single one of them may not change it
    let whole_numbers = bits.contains(&64);
    let extra = bits.len() >= 2 && whole_numbers && one_of_two_draws_is_thrown_away(cases);
    let text = || format!("Every delay takes {} draws, but one is enough.", bits.len());
    extra.then(|| case.broken(Code::ExtraDraw, text()))
}

/// The fewest draws that any generator made in any run: the bits of each draw, and the run.
fn fewest_draws<'a>(cases: &'a WaitRuns) -> Option<(Vec<usize>, &'a WaitRun<'a>)> {
    let mut fewest: Option<(Vec<usize>, &WaitRun)> = None;
    for case in cases.runs.iter().filter(|case| is_seeded(case) && case.returned().is_some()) {
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
    fewest
}

/// Whether one of the first two draws does not change the result: see [`WaitScenario::which_draws_matter`].
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
