//! The verdict on a task, and the report of one check, as plain data.
//!
//! In: what the rules found. Out: [`Verdict`] and [`Report`], whose JSON form other programs read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::contract::TaskInfo;
use crate::timeline::Timeline;
use crate::trace::SourceLocation;
use code::Code;

pub mod code;

/// The result of judging a task, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is right, perhaps with remarks.
    Passed,
    /// It returns, but breaks the contract.
    Failed,
    /// It does not compile, or would not compile for a grader.
    DidNotCompile,
    /// A limit ended it.
    DidNotFinish,
    /// It panicked, was killed, or ended the process.
    Crashed,
    /// It is still the stub, which reaches its `todo!()` at once.
    Untouched,
    /// There is no such crate, or no `src/lib.rs` in it.
    Missing,
    /// It builds on a task that is not right yet.
    Waiting,
    /// It could not be judged, for example because the machine was too busy. The student is not to blame.
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

/// The verdict on one task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Verdict {
    pub outcome: Outcome,
    /// What is wrong: the most likely cause first, and its symptoms after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnoses: Vec<Diagnosis>,
    /// What could be better in a right solution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Diagnosis>,
    /// The run that shows the first diagnosis, and the expected run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The compiler's errors, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<String>,
    /// The compiler's warnings about a source that compiles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warnings: Option<String>,
    /// What the student's code printed, shortened. It is kept only if it may help to understand a mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// The package of the task that it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// Why it could not be judged, and what to do about it, in sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_judged: Option<String>,
    /// Pending snapshots, of runs that keep every rule but have no reviewed snapshot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<PathBuf>,
    /// Further scenarios in which the run of a right solution differs from that of the reference solution. Either the
    /// solution is unusual, or (if the public scenarios look as expected) it has answers made for the public ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlike_reference: Vec<String>,
}

/// One mistake (or a remark), in words, with the numbers of this run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub code: Code,
    /// What happened, and mostly what to do, in a few sentences.
    pub text: String,
    /// The place in the student's source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SourceLocation>,
    /// The call that shows it, such as `wait_n(n = 4, max_delay = 50 ms)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

/// A student's run, and the expected run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The call, in words.
    pub call: String,
    /// The name of the scenario.
    pub scenario: String,
    /// The student's run.
    pub yours: Timeline,
    /// The run of a right solution, if the scenario determines it.
    pub expected: Option<Timeline>,
}

impl Verdict {
    /// A verdict with an outcome, and nothing else.
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

    /// A verdict with one diagnosis, whose code decides the outcome.
    pub fn of(diagnosis: Diagnosis) -> Self {
        Self { diagnoses: vec![diagnosis.clone()], ..Self::new(diagnosis.code.outcome()) }
    }

    /// The verdict on a task that waits for the task with this package.
    pub fn waiting_for(package: &str) -> Self {
        Self { waits_for: Some(package.into()), ..Self::new(Outcome::Waiting) }
    }

    /// The verdict on a task that builds on `up`, which got `verdict` and is not right. If `up` could not be judged, this task
    /// can't be judged, either.
    pub fn builds_on(up: &TaskInfo, verdict: Option<&Verdict>) -> Self {
        match verdict.and_then(|verdict| verdict.not_judged.as_deref()) {
            Some(why) => Self::not_judged(format!(
                "It builds on {}, which could not be judged. {why}",
                up.name
            )),
            None => Self::waiting_for(up.name),
        }
    }

    /// The verdict on a task that could not be judged.
    pub fn not_judged(why: impl Into<String>) -> Self {
        Self { not_judged: Some(why.into()), ..Self::new(Outcome::NotJudged) }
    }

    /// Whether the task passed.
    pub fn right(&self) -> bool {
        self.outcome == Outcome::Passed
    }

    /// The code of the first diagnosis, if there is one.
    pub fn code(&self) -> Option<Code> {
        self.diagnoses.first().map(|diagnosis| diagnosis.code)
    }
}

/// The version of the JSON form of a [`Report`]. It increases when a field is removed, or gets another meaning.
pub const REPORT_VERSION: u32 = 2;

/// The verdicts of one check, in the order of the course.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    pub version: u32,
    /// The seed of the further scenarios.
    pub seed: u64,
    pub tasks: Vec<TaskReport>,
    /// What could not be checked, and what to do about it, in sentences. It says nothing about the student's work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// The entry of one task in a report.
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
    /// The entry of `task`.
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

    /// Removes the pending snapshots, for places where nobody reviews them.
    pub fn without_review(&mut self) {
        self.tasks.iter_mut().for_each(|task| task.verdict.pending.clear());
    }

    /// Whether every task in it could be judged.
    pub fn judged(&self) -> bool {
        self.tasks.iter().all(|task| task.verdict.outcome != Outcome::NotJudged)
    }

    /// Whether every task in it passed.
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
