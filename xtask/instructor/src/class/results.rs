//! What came of grading a class: the one stream that every report is made from.
//!
//! `results.json` is exactly this; docs/results.schema.json describes it.

use std::collections::BTreeMap;
use std::path::Path;

use checker::verdict::{Outcome, TaskReport};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::intake::NearlyNamed;
use super::part::Part;
use super::settings::remembered::MadeWith;

/// The version of the JSON form; it grows when a field changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// The results of a class.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Results {
    pub version: u32,
    pub course: Course,
    pub grading: Grading,
    /// What it was made with, so that grading again does not forget it. None in reports of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_with: Option<MadeWith>,
    /// Which part of the class it is, if the others were graded by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// By name.
    pub students: Vec<Student>,
    /// What could not be graded now, because of the machine; empty, if the report is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<Incomplete>,
    /// Lawful but new traces, which wait for somebody to look at them.
    #[serde(default)]
    pub review: Vec<Pending>,
    /// Files that look alike: something to look at, never a verdict. None, if nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar: Option<Vec<Similar>>,
    /// Files beside the submissions that can't be any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

/// What was graded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub title: String,
    /// In course order.
    pub tasks: Vec<CourseTask>,
}

/// A task of the course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseTask {
    pub number: usize,
    /// The package.
    pub name: String,
    pub title: String,
    /// What it teaches.
    pub concept: String,
    /// The points of a right solution.
    pub points: f64,
}

/// How it was graded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grading {
    /// How well the submissions were kept apart from the machine: `A` (best), `B`, `C` or `none`.
    pub isolation: String,
    /// What that level keeps off, and what it does not.
    pub promises: String,
    /// The compiler.
    pub rustc: String,
    /// The name of the contents of all that judges.
    pub checker: String,
    /// Whether the further runs were made from a secret.
    pub secret: bool,
    /// Tells that secret from others, and nothing of it.
    #[serde(default)]
    pub secret_fingerprint: String,
}

/// A student's submission, graded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Student {
    /// Unique in the class. Bytes that are no UTF-8 are shown as `\xNN`.
    pub name: String,
    /// Why the submission could not be taken at all, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// Days after the due date, begun ones included.
    #[serde(default)]
    pub days_late: u32,
    /// What is taken off for that, in points.
    #[serde(default)]
    pub late_penalty: f64,
    /// The points of all tasks, less what is taken off.
    pub points: f64,
    pub max_points: f64,
    /// Whether an instructor has set the points of all tasks together by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub points_by_hand: bool,
    /// What the instructor says to the student about the points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// In course order.
    pub tasks: Vec<Graded>,
}

/// A task of a submission, graded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Graded {
    #[serde(flatten)]
    pub report: TaskReport,
    pub points: f64,
    pub max_points: f64,
    /// Whether an instructor has set the points by hand.
    #[serde(default)]
    pub overridden: bool,
    /// What the instructor says to the student about the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What was noticed of its files, in sentences: one that was left out, say.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Files that are nearly named like one of the task's: taken, or not. Each has a note, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearly: Vec<NearlyNamed>,
    /// The files that were judged.
    #[serde(default)]
    pub files: Vec<File>,
    /// Why it could not be graded now, because of the machine: the verdict and the files are those of an earlier grading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_now: Option<String>,
    /// What the verdict took, in milliseconds. (It is the only thing in here that is another one each time.)
    #[serde(default)]
    pub took_ms: u64,
}

/// A source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// In the task's crate: `src/lib.rs`.
    pub path: String,
    pub text: String,
}

/// A task of a student that could not be graded, because of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incomplete {
    pub student: String,
    /// The package of the task.
    pub task: String,
    /// Why, and the way out, in sentences.
    pub why: String,
    /// Whether it keeps the verdict and the points of an earlier grading. Otherwise it has no verdict, and its points say
    /// nothing.
    pub graded_before: bool,
}

/// A trace that keeps the contract, and is none of the reviewed ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// The package of the task.
    pub task: String,
    /// The pending snapshot, from the course's folder; `cargo insta review` finds it.
    pub snapshot: String,
    /// The students whose submissions show it.
    pub students: Vec<String>,
}

/// Files of two or more students that look alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Similar {
    /// The package of the task.
    pub task: String,
    pub students: Vec<String>,
    /// How much of the smaller file is in the other one too, once names and comments make no difference: 0 to 1.
    pub alike: f64,
}

/// Whether a file is the results of this program, of whatever version.
pub fn looks_like_results(file: &Path) -> bool {
    has_keys(file, &["version", "grading", "students"])
}

/// Whether a file is a JSON object that has these keys.
pub fn has_keys(file: &Path, keys: &[&str]) -> bool {
    let json = std::fs::read(file).unwrap_or_default();
    let read: Result<BTreeMap<String, IgnoredAny>, _> = serde_json::from_slice(&json);
    read.is_ok_and(|read| keys.iter().all(|key| read.contains_key(*key)))
}

impl Student {
    /// The task with this number.
    pub fn task(&self, number: usize) -> Option<&Graded> {
        self.tasks.iter().find(|task| task.report.number == number)
    }

    /// Whether the points say what the submission is worth. If they don't, a task has neither a verdict nor points by hand.
    pub fn has_points(&self) -> bool {
        self.points_by_hand || !self.tasks.iter().any(Graded::lacks_points)
    }
}

impl Graded {
    /// Whether nothing is known of what it is worth: the machine could not judge it, and nobody has set points by hand.
    pub fn lacks_points(&self) -> bool {
        self.report.verdict.outcome == Outcome::NotJudged && !self.overridden
    }

    pub fn right(&self) -> bool {
        self.report.verdict.right()
    }

    /// What came of it in a few words: the title of its first diagnosis, or of its outcome.
    pub fn headline(&self) -> String {
        let verdict = &self.report.verdict;
        match (verdict.code(), verdict.outcome) {
            (Some(code), _) => code.title().into(),
            (None, Outcome::Passed) => "right".into(),
            (None, Outcome::Failed) => "wrong".into(),
            (None, Outcome::DidNotCompile) => "does not compile".into(),
            (None, Outcome::DidNotFinish) => "did not finish".into(),
            (None, Outcome::Crashed) => "crashed".into(),
            (None, Outcome::Untouched) => "not started".into(),
            (None, Outcome::Missing) => "missing".into(),
            (None, Outcome::Waiting) => "waits for another task".into(),
            (None, Outcome::NotJudged) => "could not be judged".into(),
        }
    }
}
