//! What a rule is: declared in one place, with all that others need to know of it.

use super::{AllRuns, RunView};
use crate::contract::scenario::Scenario;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// A rule: something that the contract asks for, and how a breach of it is found.
pub struct Rule {
    /// Its name in this code, for errors of the course.
    pub name: &'static str,
    /// What the contract asks for, in one sentence. It stands in `docs/verdicts.md`.
    pub asks: &'static str,
    /// All codes that it may find.
    pub codes: &'static [Code],
    /// Codes that make it silent: what it would find where one of them was found, in the same run, is the same mistake once
    /// more.
    pub silenced_by: &'static [Code],
    pub check: Check,
}

/// What a rule looks at, and the function that does so.
#[derive(Clone, Copy)]
pub enum Check {
    /// How each run ended.
    Ends,
    /// Each run that returned, and of which all events are recorded.
    Run(fn(&RunView) -> Option<Diagnosis>),
    /// Each run that returned, even if not all of its events are recorded. So the check may use only the result and its time.
    Result(fn(&RunView) -> Option<Diagnosis>),
    /// All runs together.
    All(Needs, fn(&AllRuns) -> Option<Diagnosis>),
    /// The same, if nothing else is wrong in any of them.
    AllIfRight(Needs, fn(&AllRuns) -> Option<Diagnosis>),
}

impl Check {
    /// What it looks at, in words.
    pub fn looks_at(&self) -> &'static str {
        match self {
            Self::Ends | Self::Run(_) => "each run",
            Self::Result(_) => "what each run returned, and when",
            Self::All(..) => "all runs",
            Self::AllIfRight(..) => "all runs, if nothing else is wrong",
        }
    }
}

/// How many runs of some kind a rule about all runs needs to find anything. Without them it would stay silent, and that must
/// not look like praise: a plan that has fewer is an error of the course.
#[derive(Clone, Copy)]
pub struct Needs {
    /// How much of what it needs a plan has.
    pub has: fn(&[&Scenario]) -> usize,
    pub least: usize,
}

impl Needs {
    /// One run is enough.
    pub const NOTHING: Needs = Needs { has: |planned| planned.len(), least: 1 };
}
