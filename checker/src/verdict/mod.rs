//! The verdict on a task, and the report of one check, as plain data.
//!
//! In: what rules found. Out: [`Verdict`] and [`Report`], whose JSON form other programs read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::contract::TaskInfo;
use crate::timeline::Timeline;
use crate::trace::SourceLocation;
use code::Code;

pub mod code;

/// The ways in which the judging of a task can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Right, perhaps with remarks.
    Passed,
    /// It runs to its end, and breaks the contract.
    Failed,
    /// rustc refuses it, or a grader's would.
    DidNotCompile,
    /// A limit ended it.
    DidNotFinish,
    /// It panicked, was killed, or ended the process.
    Crashed,
    /// The stub as it was handed out: nothing is done before its `todo!()`.
    Untouched,
    /// There is no such crate, or no `src/lib.rs` in it.
    Missing,
    /// It builds on a task that is not right yet.
    Waiting,
    /// The machine could not run all of it: nothing is known of it, and that is no fault of the student's.
    NotJudged,
}

impl Outcome {
    /// Its name in reports: `did-not-compile`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::DidNotCompile => "did-not-compile",
            Self::DidNotFinish => "did-not-finish",
            Self::Crashed => "crashed",
            Self::Untouched => "untouched",
            Self::Missing => "missing",
            Self::Waiting => "waiting",
            Self::NotJudged => "not-judged",
        }
    }
}

/// What the checker says of one task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Verdict {
    pub outcome: Outcome,
    /// What is wrong: the most likely cause first, its symptoms after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnoses: Vec<Diagnosis>,
    /// What could be nicer in a right solution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Diagnosis>,
    /// The run that the first diagnosis speaks of, and what it should have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// What the compiler said, where it said something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<String>,
    /// What the compiler warned of, where it compiled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warnings: Option<String>,
    /// What the student's code printed, shortened; kept only where it helps to understand what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// The package of the task it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// Why it could not be judged, and the way out, in sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_judged: Option<String>,
    /// Pending snapshots: the run keeps every rule, but is none of the reviewed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<PathBuf>,
    /// Further scenarios in which a right solution's run differs from the reference solution's: a way of its own,
    /// or (if the public scenarios look as they should) an answer made for these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlike_reference: Vec<String>,
}

/// One thing that is wrong (or could be nicer), in words, with this run's own numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub code: Code,
    /// One or two sentences.
    pub text: String,
    /// Where in the student's source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SourceLocation>,
    /// The call it was seen in, such as `wait_n(n = 4, max_delay = 50 ms)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

/// A run and the one that was expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The call, in words.
    pub call: String,
    /// Which scenario it was: scripted delays, or a seed.
    pub scenario: String,
    pub yours: Timeline,
    pub expected: Option<Timeline>,
}

impl Verdict {
    /// A verdict that says nothing more than its outcome.
    pub fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            diagnoses: Vec::new(),
            remarks: Vec::new(),
            evidence: None,
            compiler: None,
            warnings: None,
            output: None,
            waits_for: None,
            not_judged: None,
            pending: Vec::new(),
            unlike_reference: Vec::new(),
        }
    }

    /// A verdict whose outcome is that of its diagnosis.
    pub fn of(diagnosis: Diagnosis) -> Self {
        Self { diagnoses: vec![diagnosis.clone()], ..Self::new(diagnosis.code.outcome()) }
    }

    /// The task waits for another one.
    pub fn waiting_for(package: &str) -> Self {
        Self { waits_for: Some(package.into()), ..Self::new(Outcome::Waiting) }
    }

    /// The verdict on a task that builds on `up`, which is not right, and got `verdict`. What the machine could not judge
    /// says nothing of either.
    pub fn builds_on(up: &TaskInfo, verdict: Option<&Verdict>) -> Self {
        match verdict.and_then(|verdict| verdict.not_judged.as_deref()) {
            Some(why) => Self::not_judged(format!(
                "It builds on {}, which could not be judged. {why}",
                up.name
            )),
            None => Self::waiting_for(up.name),
        }
    }

    /// The machine could not judge it.
    pub fn not_judged(why: impl Into<String>) -> Self {
        Self { not_judged: Some(why.into()), ..Self::new(Outcome::NotJudged) }
    }

    pub fn right(&self) -> bool {
        self.outcome == Outcome::Passed
    }

    /// The code of the first diagnosis.
    pub fn code(&self) -> Option<Code> {
        self.diagnoses.first().map(|diagnosis| diagnosis.code)
    }
}

/// The version of the JSON form of a [`Report`]; it grows when a field changes its meaning or goes away.
pub const REPORT_VERSION: u32 = 2;

/// The verdicts of one check, in course order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    pub version: u32,
    /// The seed that the further scenarios were made from.
    pub seed: u64,
    pub tasks: Vec<TaskReport>,
    /// What could not be looked at, and the way out, in sentences. It says nothing of the student's work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One task's line of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TaskReport {
    pub number: usize,
    /// The package.
    pub name: String,
    pub function: String,
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl TaskReport {
    /// The line of `task`.
    pub fn new(task: &TaskInfo, verdict: Verdict) -> Self {
        Self {
            number: task.number,
            name: task.name.into(),
            function: task.function.into(),
            verdict,
        }
    }
}

impl Report {
    /// An empty report.
    pub fn new(seed: u64) -> Self {
        Self { version: REPORT_VERSION, seed, tasks: Vec::new(), notes: Vec::new() }
    }

    /// Says nothing of what waits for review, where nobody reviews it.
    pub fn without_review(&mut self) {
        self.tasks.iter_mut().for_each(|task| task.verdict.pending.clear());
    }

    /// Whether every task in it was judged. One that was not says nothing of the student's work.
    pub fn judged(&self) -> bool {
        self.tasks.iter().all(|task| task.verdict.outcome != Outcome::NotJudged)
    }

    /// Whether every task in it is right.
    pub fn right(&self) -> bool {
        self.tasks.iter().all(|task| task.verdict.right())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    #[test]
    fn a_report_is_right_if_every_task_in_it_is() {
        let right = |outcomes: &[Outcome]| {
            let mut report = Report::new(0);
            for (task, outcome) in TASKS.iter().zip(outcomes) {
                report.tasks.push(TaskReport::new(task, Verdict::new(*outcome)));
            }
            report.right()
        };
        assert!(right(&[Outcome::Passed, Outcome::Passed]));
        assert!(!right(&[Outcome::Passed, Outcome::Failed]));
        assert!(!right(&[Outcome::Waiting, Outcome::Passed]));
    }

    #[test]
    fn what_builds_on_a_task_that_could_not_be_judged_is_not_judged() {
        let on = |verdict| Verdict::builds_on(TASKS[0], verdict);
        let machine = Verdict::not_judged("The disk is full.");
        let said = on(Some(&machine)).not_judged.unwrap();
        assert!(said.starts_with("It builds on basic-coroutine, which could not be judged."));
        assert!(said.ends_with(" The disk is full."));
        for wrong in [None, Some(&Verdict::new(Outcome::Failed))] {
            assert_eq!(on(wrong).waits_for.as_deref(), Some("basic-coroutine"));
        }
    }
}
