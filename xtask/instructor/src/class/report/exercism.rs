//! `exercism/NAME/results.json`: the output of a test runner of Exercism, in version 3 of the format.

use anyhow::Result;
use checker::verdict::Outcome;
use serde::Serialize;

use super::Class;
use super::feedback::{self, SimpleOutcome};
use super::out::Out;
use super::sanitize;
use crate::class::intake::HAND_IN;
use crate::class::results::{Graded, Student};

/// The most characters of a student's output.
const MOST_OUTPUT: usize = 500;
/// The most characters of a message. It may have 65535 bytes, and a character has at most four.
const MOST_MESSAGE: usize = 65_535 / 4;
/// The end of a text that was too long.
const TRUNCATED: &str = "\n… (cut, as it is too long)";

#[derive(Serialize)]
struct Submission {
    version: u32,
    status: &'static str,
    /// Only if nothing could be run, or not everything could be graded.
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    message: Option<String>,
    output: Option<String>,
    test_code: String,
    task_id: usize,
}

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    for (student, name) in class.students() {
        out.json(&format!("exercism/{name}/results.json"), &of(student, class.secret()))?;
    }
    Ok(())
}

fn of(student: &Student, secret: bool) -> Submission {
    let status = match () {
        _ if !student.has_points() => "error",
        _ if !student.tasks.iter().any(ran) => "error",
        _ if student.tasks.iter().all(Graded::right) => "pass",
        _ => "fail",
    };
    Submission {
        version: 3,
        status,
        message: (status == "error").then(|| truncate(&message(student, secret), MOST_MESSAGE)),
        tests: student.tasks.iter().map(|task| test(task, secret)).collect(),
    }
}

/// Whether there was something to run.
fn ran(task: &Graded) -> bool {
    let compiles = task.report.verdict.outcome != Outcome::DidNotCompile;
    compiles
        && !matches!(
            feedback::simple_outcome(task),
            SimpleOutcome::NotJudged | SimpleOutcome::GraderFailed
        )
}

/// Why nothing could be run, or not everything could be graded.
fn message(student: &Student, secret: bool) -> String {
    if let Some(task) = student
        .tasks
        .iter()
        .find(|task| feedback::simple_outcome(task) == SimpleOutcome::GraderFailed)
    {
        return format!("{}\n\n{}", feedback::INCOMPLETE, feedback::plain(task, secret));
    }
    let refused = feedback::refused(student).map(|why| format!("{why}\n\n{HAND_IN}"));
    let mut text = refused.unwrap_or_default();
    if let Some(task) =
        student.tasks.iter().find(|task| feedback::simple_outcome(task) == SimpleOutcome::Broken)
    {
        text.push_str(&feedback::plain(task, secret));
    }
    if text.is_empty() { "Nothing was handed in that could be judged.".into() } else { text }
}

fn test(task: &Graded, secret: bool) -> Test {
    Test {
        name: feedback::name(task),
        status: feedback::status(task),
        message: (!task.right()).then(|| feedback::plain(task, secret)),
        output: task
            .report
            .verdict
            .output
            .as_deref()
            .map(|output| truncate(&sanitize::text(output), MOST_OUTPUT)),
        test_code: feedback::call(task),
        task_id: task.report.number,
    }
}

fn truncate(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    text.chars().take(most - TRUNCATED.chars().count()).chain(TRUNCATED.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn what_is_written_keeps_the_form() {
        for student in &example::class().students {
            let written = serde_json::to_value(of(student, true)).unwrap();
            let errors = example::errors("formats/exercism.schema.json", &written);
            assert!(errors.is_empty(), "{errors:?}\n{written:#}");
        }
    }

    #[test]
    fn it_is_an_error_only_where_nothing_ran_and_then_it_says_why() {
        let class = example::class();
        let answers: Vec<(&str, Option<String>)> = class
            .students
            .iter()
            .map(|student| of(student, true))
            .map(|submission| (submission.status, submission.message))
            .collect();
        assert_eq!(answers[0], ("fail", None));
        assert_eq!(answers[1], ("fail", None), "what panics has run");
        assert_eq!(
            answers[3],
            ("error", Some("Nothing was handed in that could be judged.".into()))
        );
        assert_eq!(answers[4], ("pass", None));
        assert_eq!(answers[5].0, "error");
        assert!(answers[5].1.as_ref().unwrap().contains("error: expected `;`"), "{:?}", answers[5]);
    }

    #[test]
    fn what_could_not_be_graded_is_an_error_of_the_whole() {
        let class = example::with_gaps();
        let submission = of(&class.students[0], true);
        assert_eq!((submission.status, submission.tests[0].status), ("error", "error"));
        let message = submission.message.as_deref().unwrap();
        assert!(message.contains("The grading machine could not grade all of it."), "{message}");
        assert!(message.contains("The disk is full."), "{message}");
        let written = serde_json::to_value(submission).unwrap();
        assert!(example::errors("formats/exercism.schema.json", &written).is_empty());
        assert_eq!(of(&class.students[1], true).status, "fail", "it keeps what was graded before");
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let mut class = example::class();
        let student = &mut class.students[5];
        let verdict = &mut student.tasks[0].report.verdict;
        verdict.output = Some("🦀".repeat(501));
        verdict.compiler = Some("🦀".repeat(20_000));
        let submission = of(student, true);
        let output = submission.tests[0].output.as_ref().unwrap();
        assert!(output.chars().count() == 500 && output.ends_with(TRUNCATED), "{output}");
        let message = submission.message.unwrap();
        assert!(message.len() <= 65_535 && message.ends_with(TRUNCATED), "{}", message.len());
        assert_eq!(truncate(&"🦀".repeat(500), 500), "🦀".repeat(500));
    }
}
