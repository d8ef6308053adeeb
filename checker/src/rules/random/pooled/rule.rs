//! The rule about all delays of a task together.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{CODES, Draw, uneven};
use crate::contract::scenario::RngMode;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::rules::random::each_seed_once;
use crate::rules::{Check, Needs, Rule, WaitRuns};
use crate::verdict::Diagnosis;

pub const POOLED: Rule<WaitInput> = Rule {
    name: "uniform_over_all",
    asks: "Whatever `max_delay` is, every delay from zero to `max_delay` is equally frequent, and no delay depends on another.",
    codes: &CODES,
    silenced_by: &[],
    check: Check::All(NEEDS_POOLED, uniform_over_all),
};

/// What the rule `uniform_over_all` needs: enough different `max_delay`, so that each scale has some.
const NEEDS_POOLED: Needs<WaitInput> = Needs {
    has: |planned| {
        let drawn = planned.iter().filter(|scenario| has_draws(scenario));
        drawn.map(|scenario| scenario.input.max_delay).collect::<BTreeSet<_>>().len()
    },
    least: 30,
};

/// Whether a scenario has draws that tell of the distribution.
fn has_draws(scenario: &WaitScenario) -> bool {
    let WaitInput { n, max_delay } = scenario.input;
    let seeded = matches!(scenario.rng_mode, RngMode::Seeded(_));
    seeded && !scenario.of_dependency && n > 0 && !max_delay.is_zero()
}

pub(crate) fn uniform_over_all(cases: &WaitRuns) -> Option<Diagnosis> {
    let groups = groups(cases);
    let groups: Vec<&[Draw]> = groups.iter().map(Vec::as_slice).collect();
    let (code, text) = uneven(&groups)?;
    let place = cases.source.call_of(cases.task.dependency_function());
    Some(Diagnosis { code, text, place, call: None })
}

/// The delays of each call. Calls that tell nothing, or that another rule reports, are left out.
fn groups(cases: &WaitRuns) -> Vec<Vec<Draw>> {
    let mut groups = Vec::new();
    for case in each_seed_once(cases).filter(|case| has_draws(case.scenario)) {
        groups.extend(case.returned().and_then(|delays| draws(delays, case.max_delay())));
    }
    for (scenario, samples) in cases.samples.iter().filter(|(scenario, _)| has_draws(scenario)) {
        let max = scenario.input.max_delay;
        groups.extend(samples.iter().filter_map(|sample| draws(&[sample.returned], max)));
    }
    groups
}

/// The delays of one call; `None` if one is too long or not a whole number of milliseconds.
fn draws(delays: &[Duration], max: Duration) -> Option<Vec<Draw>> {
    let whole = |time: &Duration| time.subsec_nanos().is_multiple_of(1_000_000);
    let right = delays.iter().all(|delay| *delay <= max && whole(delay));
    let ms = |time: &Duration| time.as_millis() as u64;
    right.then(|| delays.iter().map(|d| Draw { delay_ms: ms(d), max_ms: ms(&max) }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{TraceFixture, look_at_all};
    use crate::verdict::code::Code;

    fn run(n: usize, max_delay: u64, returned: &[u64], seed: u8) -> TraceFixture {
        let mut fixture = TraceFixture::of("wait_n", &[]).max_delay(max_delay).returns(returned);
        fixture.set_input(n, max_delay);
        fixture.scenario.rng_mode = RngMode::Seeded([seed; 32]);
        fixture
    }

    #[test]
    fn only_calls_that_tell_something_are_collected() {
        let mut scripted = run(1, 50, &[10], 2);
        scripted.scenario.rng_mode = RngMode::RawWords(Vec::new());
        let mut of_dependency = run(1, 50, &[10], 3);
        of_dependency.scenario.of_dependency = true;
        let all = [
            run(2, 50, &[10, 20], 0),
            run(2, 50, &[10, 20], 0),
            run(2, 50, &[10, 51], 1),
            run(1, 0, &[0], 1),
            scripted,
            of_dependency,
            run(1, 7, &[7], 9),
        ];
        let draw = |delay_ms, max_ms| Draw { delay_ms, max_ms };
        let expected = vec![vec![draw(10, 50), draw(20, 50)], vec![draw(7, 7)]];
        assert_eq!(look_at_all(&all, groups), expected);
    }

    #[test]
    fn the_rule_finds_what_many_runs_show_together() {
        let runs = |delay: fn(u64) -> u64| -> Vec<TraceFixture> {
            (0..200).map(|i| run(1, 1000 + i, &[delay(i)], i as u8)).collect()
        };
        let code =
            |runs: &[TraceFixture]| look_at_all(runs, uniform_over_all).map(|found| found.code);
        assert_eq!(code(&runs(|i| i * 6 / 10 * 10)), Some(Code::LowResolution));
        assert_eq!(code(&runs(|i| i * 613 % 997)), None);
        assert_eq!(code(&runs(|i| i * 613 % 797)), Some(Code::BoundExcluded));
    }
}
