//! What a rule is. A rule is declared in one place, with all that the rest of the course needs to know about it.

use super::{AllRuns, RunView};
use crate::contract::Input;
use crate::contract::scenario::Scenario;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// A rule: something that the contract asks for, and how a breach of it is found.
pub struct Rule<I: Input> {
    /// Its name in this code, for messages about errors of the course.
    pub name: &'static str,
    /// What the contract asks for, in one sentence. It stands in `docs/verdicts.md`.
    pub asks: &'static str,
    /// All codes that it may report.
    pub codes: &'static [Code],
    /// Codes that silence it: if another rule found one of them in the same run, a finding of this rule is the same mistake
    /// once more.
    pub silenced_by: &'static [Code],
    /// What it looks at, and its check.
    pub check: Check<I>,
}

/// What a rule looks at, and the function that checks it.
pub enum Check<I: Input> {
    /// How each run ended. (`Findings` has this check.)
    Ends,
    /// Each run that returned, and whose events are all recorded.
    Run(fn(&RunView<I>) -> Option<Diagnosis>),
    /// Each run that returned, even if not all of its events are recorded. So the check may use only the result and its time.
    Result(fn(&RunView<I>) -> Option<Diagnosis>),
    /// All runs together.
    All(Needs<I>, fn(&AllRuns<I>) -> Option<Diagnosis>),
    /// All runs together, if no other rule found anything in any of them (except remarks).
    AllIfRight(Needs<I>, fn(&AllRuns<I>) -> Option<Diagnosis>),
}

impl<I: Input> Check<I> {
    /// What it looks at, in words, for the table in `docs/verdicts.md`.
    pub fn looks_at(&self) -> &'static str {
        match self {
            Self::Ends | Self::Run(_) => "each run",
            Self::Result(_) => "what each run returned, and when",
            Self::All(..) => "all runs",
            Self::AllIfRight(..) => "all runs, if nothing else is wrong",
        }
    }
}

/// How many runs of some kind a rule about all runs needs. With fewer runs it can find nothing, which would look like a
/// pass. So a plan with fewer of them is an error of the course.
pub struct Needs<I> {
    /// Counts the runs (or samples) of a plan that the rule can use.
    pub has: fn(&[&Scenario<I>]) -> usize,
    /// How many of them the rule needs.
    pub least: usize,
}

impl<I> Needs<I> {
    /// One run is enough.
    pub const NOTHING: Self = Self { has: |planned| planned.len(), least: 1 };
}

/// The declaration of a rule, without the types that its check looks at. The fields are those of [`Rule`].
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
    /// Its declaration, without its types.
    pub fn declared(&self) -> Declared {
        let Self { name, asks, codes, silenced_by, .. } = *self;
        Declared { name, asks, codes, silenced_by, looks_at: self.check.looks_at() }
    }
}
