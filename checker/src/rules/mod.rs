//! Rules: what the contract asks for, and how a breach of it is found.
//!
//! In: one run ([`RunView`]), all runs of a task ([`AllRuns`]), or a student's files. Out: nothing, or a [`Diagnosis`]:
//! what is wrong, in words that a student knows, with the numbers of this run.
//!
//! [`every`] holds the rules for every task, [`single`] those for one wait, [`many`] those for n waits, and [`random`]
//! those for randomness. [`Findings`] applies them, and knows which finding silences which other rule. [`before_build`]
//! and [`manifest`] judge files before anything is built. [`impression`] is what a run tells without its events,
//! [`prescribed`] and [`calls`] hold the rules that need no events. [`dependency`] finds out which waits were made by the
//! function that a task builds on. A task's file in `tasks` lists the rules of the task.

use crate::contract::scenario::{Sample, Scenario};
use crate::contract::waits::WaitInput;
use crate::contract::{Input, TaskInfo};
use crate::source::Source;
use crate::trace::SourceLocation;
use crate::verdict::Diagnosis;

pub use case::{RunView, WaitRun};
#[cfg(test)]
pub(crate) use ending::more_than_is_recorded;
pub(crate) use every::blocks;
pub use excuse::{Excuse, Habits, LISTED_IN_NO_TIME, excuse};
pub use findings::Findings;
pub use rule::{Check, Declared, Needs, Rule};

pub mod before_build;
pub mod calls;
mod case;
pub mod chance;
pub mod dependency;
mod ending;
pub mod every;
mod excuse;
mod findings;
pub mod impression;
pub mod manifest;
pub mod many;
pub mod prescribed;
pub mod random;
mod rule;
pub mod single;
mod waits;

/// All that is known about a task when it is judged: its runs so far, and its source.
pub struct AllRuns<'a, I: Input> {
    pub task: &'static TaskInfo,
    /// All planned scenarios, including those that were not run yet.
    pub planned: Vec<&'a Scenario<I>>,
    /// Whether all of them were run.
    pub complete: bool,
    /// The recorded runs, in the order of the plan.
    pub runs: Vec<RunView<'a, I>>,
    /// The samples, in the order of the plan.
    pub samples: Vec<(&'a Scenario<I>, &'a [Sample])>,
    /// The text of the student's files.
    pub source: &'a Source,
}

/// All runs of a function of part one.
pub type WaitRuns<'a> = AllRuns<'a, WaitInput>;

impl<'a, I: Input> AllRuns<'a, I> {
    /// A task before its first run.
    pub fn none(task: &'static TaskInfo, source: &'a Source) -> Self {
        let (planned, runs, samples) = (Vec::new(), Vec::new(), Vec::new());
        Self { task, planned, complete: false, runs, samples, source }
    }
}

impl Diagnosis {
    /// The same diagnosis, pointing at `place`. (The judge removes a place that is not in the student's files.)
    pub fn at(self, place: Option<SourceLocation>) -> Self {
        Self { place, ..self }
    }
}
