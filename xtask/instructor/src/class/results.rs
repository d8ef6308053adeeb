//! The results of grading a class. Every report is made from them.
//!
//! `results.json` has exactly this form. docs/results.schema.json describes it.

use std::collections::BTreeMap;
use std::path::Path;

use checker::verdict::{Outcome, TaskReport};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::intake::NearlyNamed;
use super::settings::remembered::MadeWith;
use super::shard::Shard;

/// The version of the JSON form. It grows when a field changes its meaning or is removed.
pub const VERSION: u32 = 1;

/// The results of a class.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Results {
    pub version: u32,
    pub course: Course,
    pub grading: Grading,
    /// What it was made with, so that the next grading can use it again. None in reports of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_with: Option<MadeWith>,
    /// The shard of the class, if the class was graded in shards.
    #[serde(rename = "part", default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// Sorted by name.
    pub students: Vec<Student>,
    /// What could not be graded now because of the machine. Empty, if the report is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<Incomplete>,
    /// Traces that keep all rules but are new, and wait for review.
    #[serde(default)]
    pub review: Vec<Pending>,
    /// Files that look alike, for the instructor to compare. They never change a verdict. None, if nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar: Option<Vec<Similar>>,
    /// Files beside the submissions that can't be submissions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

/// The course that was graded.
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
    /// The level of isolation: `A` (best), `B`, `C` or `none`.
    pub isolation: String,
    /// What that level prevents, and what it does not.
    pub promises: String,
    /// The compiler.
    pub rustc: String,
    /// The name of the checker, computed from its contents.
    pub checker: String,
    /// Whether the hidden runs were made from a secret.
    pub secret: bool,
    /// A fingerprint that distinguishes the secret from others, and reveals nothing else about it.
    #[serde(default)]
    pub secret_fingerprint: String,
}

/// A student's submission, graded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Student {
    /// Unique in the class. Bytes that are not UTF-8 are shown as `\xNN`.
    pub name: String,
    /// Why the submission could not be taken at all, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// Days after the due date. A day that has begun counts.
    #[serde(default)]
    pub days_late: u32,
    /// The points taken off for being late.
    #[serde(default)]
    pub late_penalty: f64,
    /// The points of all tasks, minus what is taken off.
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
    /// Notes on its files, in sentences, for example that one was left out.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Files that are nearly named like one of the task's: taken, or not. Each has a note, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearly: Vec<NearlyNamed>,
    /// The files that were judged.
    #[serde(default)]
    pub files: Vec<File>,
    /// Why the machine could not grade it now. The verdict and the files are then those of an earlier grading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_now: Option<String>,
    /// How long the verdict took, in milliseconds. (Only this differs from grading to grading.)
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

/// A student's task that could not be graded because of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incomplete {
    pub student: String,
    /// The package of the task.
    pub task: String,
    /// Why, and what to do, in sentences.
    pub why: String,
    /// Whether it keeps the verdict and the points of an earlier grading. If not, it has no verdict, and its points mean
    /// nothing.
    pub graded_before: bool,
}

/// A trace that keeps the contract, but is not one of the reviewed ones.
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
    /// The part of the smaller file that is also in the other one, from 0 to 1, without names and comments.
    pub alike: f64,
}

/// Whether a file has results of this program, of any version.
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

    /// Whether the points are complete. If not, some task has neither a verdict nor points by hand.
    pub fn has_points(&self) -> bool {
        self.points_by_hand || !self.tasks.iter().any(Graded::lacks_points)
    }
}

impl Graded {
    /// Whether its points are unknown: the machine could not judge it, and nobody has set points by hand.
    pub fn lacks_points(&self) -> bool {
        self.report.verdict.outcome == Outcome::NotJudged && !self.overridden
    }

    pub fn right(&self) -> bool {
        self.report.verdict.right()
    }

    /// The result in a few words: the title of its first diagnosis, or of its outcome.
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
