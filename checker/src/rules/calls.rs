//! The rules about calls that are not alone, or that are made on a machine that is late. Their runs have no events, so
//! only results and times are compared.

use super::impression::{Impressions, of_delays};
use super::{AllRuns, Check, Needs, Rule, WaitRuns};
use crate::contract::manner::Manner;
use crate::contract::waits::WaitInput;
use crate::contract::{Input, Output};
use crate::format::time;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

impl<I: Input> Rule<I> {
    pub const CALLS_STAND_ALONE: Self = Self {
        name: "calls_stand_alone",
        asks: "A call does the same beside another call, after another one, if its future is polled late, and if its future moves to another task.",
        codes: &[Code::CallsInterfere],
        silenced_by: &[],
        check: Check::AllIfRight(needs_manners(), calls_stand_alone),
    };
}

/// What the rule `calls_stand_alone` needs: calls in another manner than alone.
const fn needs_manners<I: Input>() -> Needs<I> {
    Needs { has: |planned| planned.iter().filter(|s| s.manner != Manner::Alone).count(), least: 1 }
}

fn calls_stand_alone<I: Input>(cases: &AllRuns<I>) -> Option<Diagnosis> {
    if !cases.complete {
        // most other rules say more exactly what is wrong
        return None;
    }
    let in_company = cases.runs.iter().filter(|case| case.scenario.manner != Manner::Alone);
    in_company.into_iter().find_map(|case| {
        let is_alone = |other: &&_| {
            let other: &super::RunView<I> = other;
            other.scenario.manner == Manner::Alone
                && other.output.is_some()
                && other.scenario.same_but_for_manner(case.scenario)
        };
        let alone = cases.runs.iter().find(is_alone)?;
        let of_alone = alone.output.as_ref()?;
        if case.output.as_ref() == Some(of_alone) && case.elapsed() == alone.elapsed() {
            return None;
        }
        let did = match &case.output {
            Some(output) => {
                format!("It returned {} after {}", output.shown().words(), time(case.elapsed()))
            }
            None => "It never returned".into(),
        };
        let text = format!(
            "{did}, but a call alone returns {} after {}. {}",
            of_alone.shown().words(),
            time(alone.elapsed()),
            cause(case.scenario.manner)
        );
        Some(case.broken(Code::CallsInterfere, text))
    })
}

/// What the difference usually comes from, and what to do.
fn cause(manner: Manner) -> &'static str {
    match manner {
        Manner::BesideAnother | Manner::AfterAnother | Manner::AfterDropped | Manner::Alone => {
            "Something is shared by all calls, such as a static or a lock. Keep everything in local variables."
        }
        Manner::PolledLate => {
            "Its time must count from the first poll of its future: begin everything inside the `async` code."
        }
        Manner::Moved => {
            "A future is woken through the waker of its latest poll: don't keep the waker of an earlier one."
        }
    }
}

pub const RIGHT_ON_A_LATE_MACHINE: Rule<WaitInput> = Rule {
    name: "right_on_a_late_machine",
    asks: "On a machine that fires a timer late, the function returns the same delays, and takes only that much longer.",
    codes: &[Code::ValueMismatch],
    silenced_by: &[],
    check: Check::AllIfRight(NEEDS_LATE, right_on_a_late_machine),
};

/// What the rule `right_on_a_late_machine` needs: a run on a late machine.
const NEEDS_LATE: Needs<WaitInput> = Needs {
    has: |planned| planned.iter().filter(|scenario| !scenario.timer_delay.is_zero()).count(),
    least: 1,
};

fn right_on_a_late_machine(cases: &WaitRuns) -> Option<Diagnosis> {
    if !cases.complete {
        return None;
    }
    let impressions = Impressions::of(&cases.runs, of_delays);
    let wrong = impressions.odd().chain(impressions.unlike_script());
    let late = |case: &&super::WaitRun| {
        !case.is_recorded() && !case.scenario.timer_delay.is_zero() && case.output.is_some()
    };
    let case = wrong.into_iter().find(late)?;
    let text = format!(
        "A timer fired {} late, as timers may do. It returned {} after {}, which does not fit.",
        time(case.scenario.timer_delay),
        case.output.as_ref()?.shown().words(),
        time(case.elapsed())
    );
    Some(case.broken(Code::ValueMismatch, text))
}
