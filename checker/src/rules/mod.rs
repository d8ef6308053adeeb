//! Rules: properties that the contract asks for.
//!
//! In: one run ([`RunView`]), all runs of a task ([`AllRuns`]), or a student's files. Out: nothing, or a [`Diagnosis`]: what is
//! wrong, in a student's words and with this run's own numbers.
//!
//! [`every`] holds the rules for every task; [`single`] those for one wait, [`many`] those for n waits, [`random`] those for
//! randomness. [`Findings`] applies them, and knows which finding makes which other rule silent. [`before_build`] and [`manifest`] judge files before anything is built. [`dependency`] tells which waits
//! were made by the function that a task builds on. A task's file in `tasks` lists the rules of the task.

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
pub use excuse::{Excuse, LISTED_IN_NO_TIME, excuse};
pub use findings::Findings;
pub use rule::{Check, Declared, Needs, Rule};

pub mod before_build;
mod case;
pub mod chance;
pub mod dependency;
mod ending;
pub mod every;
mod excuse;
mod findings;
pub mod manifest;
pub mod many;
pub mod random;
mod rule;
pub mod single;
mod spread;
mod waits;

/// All that is known of a task when it is judged.
pub struct AllRuns<'a, I: Input> {
    pub task: &'static TaskInfo,
    /// The scenarios that are planned, whether they were run yet or not.
    pub planned: Vec<&'a Scenario<I>>,
    /// Whether all of them were run.
    pub complete: bool,
    pub runs: Vec<RunView<'a, I>>,
    pub samples: Vec<(&'a Scenario<I>, &'a [Sample])>,
    pub source: &'a Source,
}

/// All runs of a function of part one.
pub type WaitRuns<'a> = AllRuns<'a, WaitInput>;

impl<'a, I: Input> AllRuns<'a, I> {
    /// A task of which nothing was run yet.
    pub fn none(task: &'static TaskInfo, source: &'a Source) -> Self {
        let (planned, runs, samples) = (Vec::new(), Vec::new(), Vec::new());
        Self { task, planned, complete: false, runs, samples, source }
    }
}

impl Diagnosis {
    /// The same, pointing at `place`. (A place that no student has written is taken away by the judge.)
    pub fn at(self, place: Option<SourceLocation>) -> Self {
        Self { place, ..self }
    }
}
