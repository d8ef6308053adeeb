//! The rule about scripted delays: if a solution follows the script in other runs, it follows it in each run.
//!
//! A scripted generator yields a number that stands for one delay of the range, however it is drawn. So a solution that
//! follows the script and has another delay in one run draws in another way there: from a smaller range, from other bits,
//! or not from the generator at all. No statistics are needed to see that.

use std::collections::BTreeSet;
use std::time::Duration;

use super::impression::{Impressions, of_delays, prescribed};
use super::{Check, Needs, Rule, WaitRun, WaitRuns};
use crate::contract::scenario::RngMode;
use crate::contract::waits::WaitInput;
use crate::format::{time, times, told_apart};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const AS_PRESCRIBED: Rule<WaitInput> = Rule {
    name: "as_prescribed",
    asks: "A solution that follows the script of the generator in other runs follows it in each run.",
    codes: &[
        Code::NoSleep,
        Code::Randomness,
        Code::BoundExcluded,
        Code::LowResolution,
        Code::Skewed,
    ],
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
    if !cases.complete {
        // a later run may tell more about the mistake
        return None;
    }
    let impressions = Impressions::of(&cases.runs, of_delays);
    let unlike = impressions.unlike_script();
    let unlike: Vec<&WaitRun> =
        unlike.filter(|case| case.is_plain() && !is_above_max(case)).collect();
    let all: Vec<Difference> = unlike.into_iter().flat_map(differences).collect();
    let (difference, code) = most_telling(&all)?;
    let case = difference.case;
    let zeros = case.elapsed().is_zero() && case.returned()?.iter().all(Duration::is_zero);
    if zeros && case.task.takes_n {
        let (returned, delays) = (times(case.returned()?), times(&case.scenario.delays()?));
        let text =
            format!("It returned {returned} at once, but the generator gave numbers for {delays}.");
        return Some(case.broken(Code::NoSleep, text));
    }
    if case.is_recorded() && case.trace().draws().next().is_none() {
        let text = format!(
            "It returned {}, but drew no number from its generator. Every delay has to come from there, whatever the arguments are.",
            time(difference.returned)
        );
        return Some(case.broken(Code::Randomness, text));
    }
    let (wanted, got) = told_apart(difference.prescribed, difference.returned);
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

/// A prescribed delay, and the one that came in its place.
#[derive(Clone, Copy)]
struct Difference<'a> {
    case: &'a WaitRun<'a>,
    prescribed: Duration,
    returned: Duration,
}

/// All prescribed delays of a run in whose place others came.
fn differences<'a>(case: &'a WaitRun<'a>) -> Vec<Difference<'a>> {
    let (Some(mut delays), Some(returned)) = (prescribed(case), case.returned()) else {
        return Vec::new();
    };
    let mut returned = returned.to_vec();
    if case.task.takes_n {
        delays.sort();
        returned.sort();
    }
    let pairs = delays.into_iter().zip(returned).filter(|(wanted, got)| wanted != got);
    pairs.map(|(prescribed, returned)| Difference { case, prescribed, returned }).collect()
}

/// The difference that tells most about the mistake, and the code of the mistake.
fn most_telling<'a>(all: &[Difference<'a>]) -> Option<(Difference<'a>, Code)> {
    // a recorded run tells more than one without events
    let first = all.iter().find(|difference| difference.case.is_recorded()).or(all.first())?;
    let inside = || all.iter().filter(|difference| !difference.misses_an_end());
    if has_steps(inside().map(|difference| difference.returned)) {
        return inside().next().map(|example| (*example, Code::LowResolution));
    }
    if let Some(at_an_end) = all.iter().find(|difference| difference.misses_an_end()) {
        return Some((*at_an_end, Code::BoundExcluded));
    }
    let off = first.prescribed.abs_diff(first.returned);
    let slightly = off * 1000 < first.case.max_delay() && off < Duration::from_secs(60);
    Some((*first, if slightly { Code::LowResolution } else { Code::Skewed }))
}

/// So many delays that differ by multiples of something are no chance.
const ENOUGH: usize = 12;

/// Whether all of these delays differ by multiples of more than a millisecond. (No, if there are too few to tell.)
fn has_steps(delays: impl Iterator<Item = Duration>) -> bool {
    let delays: BTreeSet<u128> = delays.map(|delay| delay.as_millis()).collect();
    let least = delays.first().copied().unwrap_or_default();
    let gcd = |mut a: u128, mut b: u128| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let step = delays.iter().map(|delay| delay - least).fold(0, gcd);
    delays.len() >= ENOUGH && step > 1
}

/// With a shorter `max_delay`, the ends of a range are near everything.
const TELLING: Duration = Duration::from_millis(20);

impl Difference<'_> {
    /// Whether an end of the range is prescribed, and another delay near it came instead.
    fn misses_an_end(&self) -> bool {
        let max_delay = self.case.max_delay();
        if max_delay < TELLING {
            return false;
        }
        let is_an_end = self.prescribed == max_delay || self.prescribed.is_zero();
        let near = max_delay / 50 + Duration::from_millis(1);
        is_an_end && self.prescribed.abs_diff(self.returned) <= near
    }
}

/// The longest delay that the scenario of a run prescribes.
pub fn longest(case: &WaitRun) -> Option<Duration> {
    prescribed(case)?.into_iter().max()
}
