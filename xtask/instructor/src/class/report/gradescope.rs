//! `gradescope/NAME/results.json`: the output of an autograder of Gradescope.
//!
//! If the points of a submission are not known because of the machine, it has no scores at all. Gradescope then reports that
//! the autograder has failed, which is true, and shows no grade.

use anyhow::Result;
use serde::Serialize;

use super::Class;
use super::feedback;
use super::out::Out;
use crate::class::results::{Graded, Student};

#[derive(Serialize)]
struct Submission {
    /// Only if it is not the sum of the tests, because points are taken off for being late.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    max_score: f64,
    /// Only if the task was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    output: String,
    /// The format of the output: plain text, because it contains what the student has printed.
    output_format: &'static str,
    visibility: &'static str,
}

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    for (student, name) in class.students() {
        out.json(&format!("gradescope/{name}/results.json"), &of(student, class.secret()))?;
    }
    Ok(())
}

fn of(student: &Student, secret: bool) -> Submission {
    let points = feedback::rounded(student.points);
    let known = student.has_points();
    let is_the_sum =
        points == feedback::rounded(student.tasks.iter().map(|task| task.points).sum());
    Submission {
        score: (known && (!is_the_sum || student.refused.is_some())).then_some(points),
        output: feedback::as_text(&feedback::of_submission(student)).trim().into(),
        tests: student.tasks.iter().map(|task| test(task, known, secret)).collect(),
    }
}

fn test(task: &Graded, known: bool, secret: bool) -> Test {
    Test {
        name: feedback::name(task),
        score: known.then(|| feedback::rounded(task.points)),
        max_score: feedback::rounded(task.max_points),
        status: (!task.lacks_points()).then_some(if task.right() { "passed" } else { "failed" }),
        output: feedback::plain(task, secret),
        output_format: "text",
        visibility: "visible",
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn what_is_written_keeps_the_form() {
        for student in &example::class().students {
            let written = serde_json::to_value(of(student, true)).unwrap();
            let errors = example::errors("formats/gradescope.schema.json", &written);
            assert!(errors.is_empty(), "{errors:?}\n{written:#}");
        }
    }

    #[test]
    fn days_late_count_by_a_score_of_the_whole() {
        let class = example::class();
        let late = of(&class.students[0], true);
        assert_eq!(
            (late.score, late.output.as_str()),
            (
                Some(27.5),
                "It came 2 days late: 2 points taken off.\n\nYour instructor says: =1+1 is two"
            )
        );
        assert_eq!(of(&class.students[2], true).score, None);
        let refused = class.students.iter().find(|student| student.refused.is_some()).unwrap();
        assert_eq!(of(refused, true).score, Some(0.0));
    }

    #[test]
    fn a_submission_whose_points_are_not_known_has_no_score_anywhere() {
        for student in &example::with_gaps().students[..2] {
            let written = serde_json::to_value(of(student, true)).unwrap();
            let errors = example::errors("formats/gradescope.schema.json", &written);
            assert!(errors.is_empty(), "{errors:?}\n{written:#}");
            assert_eq!(written.to_string().contains("\"score\":"), student.has_points());
            assert_eq!(written["tests"][0]["status"].is_null(), !student.has_points());
        }
    }
}
