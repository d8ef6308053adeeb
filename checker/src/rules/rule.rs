//! What a rule is: declared in one place, with all that others need to know of it.

use super::{AllRuns, RunView};
use crate::contract::Input;
use crate::contract::scenario::Scenario;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// A rule: something that the contract asks for, and how a breach of it is found.
pub struct Rule<I: Input> {
    /// Its name in this code, for errors of the course.
    pub name: &'static str,
    /// What the contract asks for, in one sentence. It stands in `docs/verdicts.md`.
    pub asks: &'static str,
    /// All codes that it may find.
    pub codes: &'static [Code],
    /// Codes that make it silent: what it would find where one of them was found, in the same run, is the same mistake once
    /// more.
    pub silenced_by: &'static [Code],
    pub check: Check<I>,
}

/// What a rule looks at, and the function that does so.
pub enum Check<I: Input> {
    /// How each run ended.
    Ends,
    /// Each run that returned, and of which all events are recorded.
    Run(fn(&RunView<I>) -> Option<Diagnosis>),
    /// Each run that returned, even if not all of its events are recorded. So the check may use only the result and its time.
    Result(fn(&RunView<I>) -> Option<Diagnosis>),
    /// All runs together.
    All(Needs<I>, fn(&AllRuns<I>) -> Option<Diagnosis>),
    /// The same, if nothing else is wrong in any of them.
    AllIfRight(Needs<I>, fn(&AllRuns<I>) -> Option<Diagnosis>),
}

impl<I: Input> Check<I> {
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
pub struct Needs<I> {
    /// How much of what it needs a plan has.
    pub has: fn(&[&Scenario<I>]) -> usize,
    pub least: usize,
}

impl<I> Needs<I> {
    /// One run is enough.
    pub const NOTHING: Self = Self { has: |planned| planned.len(), least: 1 };
}

/// What is declared of a rule, without the types that its check looks at.
#[derive(Clone, Copy)]
pub struct Declared {
    pub name: &'static str,
    pub asks: &'static str,
    pub codes: &'static [Code],
    pub silenced_by: &'static [Code],
    /// What it looks at, in words.
    pub looks_at: &'static str,
}

impl<I: Input> Rule<I> {
    pub fn declared(&self) -> Declared {
        let Self { name, asks, codes, silenced_by, .. } = *self;
        Declared { name, asks, codes, silenced_by, looks_at: self.check.looks_at() }
    }
}
