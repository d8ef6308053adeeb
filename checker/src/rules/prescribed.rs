//! The rule about scripted delays: if a solution follows the script in other runs, it follows it in each run.
//!
//! A scripted generator yields a number that stands for one delay of the range, however it is drawn. So a solution that
//! follows the script and has another delay in one run draws in another way there: from a smaller range, from other bits,
//! or not from the generator at all. No statistics are needed to see that.

use std::time::Duration;

use super::impression::{Impressions, of_delays, prescribed};
use super::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::contract::scenario::RngMode;
use crate::contract::waits::WaitInput;
use crate::format::{time, told_apart};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const AS_PRESCRIBED: Rule<WaitInput> = Rule {
    name: "as_prescribed",
    asks: "A solution that follows the script of the generator in other runs follows it in each run.",
    codes: &[Code::Randomness, Code::BoundExcluded, Code::LowResolution, Code::Skewed],
    silenced_by: &[],
    check: Check::All(NEEDS_SCRIPTED, as_prescribed),
};

/// What the rule `as_prescribed` needs: scripted runs of all kinds.
pub const NEEDS_SCRIPTED: Needs<WaitInput> = Needs {
    has: |planned| {
        planned.iter().filter(|scenario| matches!(scenario.rng_mode, RngMode::Scripted(_))).count()
    },
    least: 50,
};

fn as_prescribed(cases: &WaitRuns) -> Option<Diagnosis> {
    let impressions = Impressions::of(&cases.runs, of_delays);
    let unlike: Vec<&WaitRun> =
        impressions.unlike_script().filter(|case| case.is_plain() && !is_above_max(case)).collect();
    // a recorded run tells more than one without events
    let case = unlike.iter().find(|case| case.is_recorded()).or(unlike.first())?;
    let (prescribed, returned) = first_difference(case)?;
    if case.is_recorded() && case.trace().draws().next().is_none() {
        let text = format!(
            "It returned {}, but drew no number from its generator. Every delay has to come from there, whatever the arguments are.",
            time(returned)
        );
        return Some(case.broken(Code::Randomness, text));
    }
    let code = code(prescribed, returned, case.max_delay());
    let (wanted, got) = told_apart(prescribed, returned);
    let text = format!(
        "For max_delay = {}, the generator gave the number that stands for a delay of {wanted}, but the delay was {got}. With other arguments the delay is the right one. So it draws in another way here.",
        time(case.max_delay()),
    );
    let place = cases.source.call_of(case.task.dependency_function());
    Some(case.broken(code, text).at(place))
}

/// Another rule reports delays above `max_delay`.
fn is_above_max(case: &WaitRun) -> bool {
    case.returned().is_some_and(|returned| returned.iter().any(|delay| *delay > case.max_delay()))
}

/// The first prescribed delay that differs from the one that was returned, and that one.
fn first_difference(case: &WaitRun) -> Option<(Duration, Duration)> {
    let mut delays = prescribed(case)?;
    let mut returned = case.returned()?.to_vec();
    if case.task.takes_n {
        delays.sort();
        returned.sort();
    }
    delays.into_iter().zip(returned).find(|(wanted, got)| wanted != got)
}

/// The most likely mistake, if `returned` came in place of `prescribed`.
fn code(prescribed: Duration, returned: Duration, max_delay: Duration) -> Code {
    let off = prescribed.abs_diff(returned);
    if prescribed == max_delay || prescribed.is_zero() {
        Code::BoundExcluded
    } else if off * 1000 < max_delay && off < Duration::from_secs(60) {
        Code::LowResolution
    } else {
        Code::Skewed
    }
}

/// The longest delay that the scenario of a run prescribes.
pub fn longest(case: &WaitRun) -> Option<Duration> {
    prescribed(case)?.into_iter().max()
}
