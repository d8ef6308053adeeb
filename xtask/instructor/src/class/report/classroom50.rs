//! `classroom50/NAME.json`: a `result/v1` of Classroom 50 (github.com/foundation50/classroom50).
//!
//! Its schema requires a text in each field. The classroom, the assignment, the commit, the release and the time of
//! submission are not known here. These fields have the placeholders [`UNKNOWN`], [`UNKNOWN_SUBMISSION`] and
//! [`UNKNOWN_TIME`] until somebody fills them in. The program that collects the results refuses an unknown classroom, so no
//! placeholder gets into a gradebook.

use anyhow::Result;
use serde::Serialize;

use super::Class;
use super::feedback;
use super::out::Out;
use crate::class::results::{Graded, Student};

/// The placeholder for the classroom and the assignment.
const UNKNOWN: &str = "unknown";

/// The placeholder for the submission: a tag below `submit/`. Commit, release and review have the same one, as Classroom 50
/// does for results without a commit.
const UNKNOWN_SUBMISSION: &str = "submit/unknown";

/// The placeholder for the time of submission. (The time of grading would look late.)
const UNKNOWN_TIME: &str = "1970-01-01T00:00:00Z";

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Submission<'a> {
    schema: &'static str,
    classroom: &'static str,
    assignment: &'static str,
    #[serde(rename = "assignment_type")]
    assignment_type: &'static str,
    owner: &'a str,
    submission: &'static str,
    commit: &'static str,
    release: &'static str,
    review: &'static str,
    datetime: &'static str,
    score: u64,
    max_score: u64,
    tests: Vec<Test>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Test {
    test_name: String,
    passed: bool,
    score: u64,
    max_score: u64,
}

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    // the format can't say that the grader failed, so a student without known points has no result
    for (student, name) in class.students().filter(|(student, _)| student.has_points()) {
        out.json(&format!("classroom50/{name}.json"), &of(student))?;
    }
    Ok(())
}

fn of(student: &Student) -> Submission<'_> {
    let (score, max_score) = whole(student.points, student.max_points);
    Submission {
        schema: "classroom50/result/v1",
        classroom: UNKNOWN,
        assignment: UNKNOWN,
        assignment_type: "individual",
        owner: &student.name,
        submission: UNKNOWN_SUBMISSION,
        commit: UNKNOWN_SUBMISSION,
        release: UNKNOWN_SUBMISSION,
        review: UNKNOWN_SUBMISSION,
        datetime: UNKNOWN_TIME,
        score,
        max_score,
        tests: student.tasks.iter().map(test).collect(),
    }
}

fn test(task: &Graded) -> Test {
    let (score, max_score) = whole(task.points, task.max_points);
    Test { test_name: feedback::name(task), passed: task.right(), score, max_score }
}

/// Points as the whole numbers that the format requires, from zero to the maximum.
fn whole(points: f64, max_points: f64) -> (u64, u64) {
    // (casting a negative number gives zero)
    let (points, max) = (points.round() as u64, max_points.round() as u64);
    (points.min(max), max)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::example;
    use super::*;

    #[test]
    fn what_is_written_keeps_the_form() {
        for student in &example::class().students {
            let written = serde_json::to_value(of(student)).unwrap();
            let errors = example::errors("formats/classroom50.schema.json", &written);
            assert!(errors.is_empty(), "{errors:?}\n{written:#}");
        }
    }

    #[test]
    fn the_schema_asks_for_texts() {
        let written = serde_json::to_value(of(&example::class().students[0])).unwrap();
        let errors = |field: &str, value: Value| {
            let mut changed = written.clone();
            changed[field] = value;
            example::errors("formats/classroom50.schema.json", &changed)
        };
        let texts =
            ["classroom", "assignment", "owner", "submission", "commit", "release", "review"];
        for field in texts.into_iter().chain(["datetime"]) {
            for no_text in [Value::Null, json!(""), json!(7)] {
                assert!(!errors(field, no_text.clone()).is_empty(), "{field}: {no_text}");
            }
        }
        for (field, value, fits) in [
            ("submission", json!("submit/2026-12-01T18-00-00Z-0a1b2c3"), true),
            ("submission", json!("v1"), false),
            ("datetime", json!("2026-12-01T18:00:00Z"), true),
            ("datetime", json!("2026-12-01T24:00:00Z"), false),
            ("datetime", json!("2026-12-01"), false),
            ("graded_at", json!("2026-12-01T18:00:00Z"), true),
            ("submitted_by", json!({"username": "ada", "id": null}), true),
            ("submitted_by", json!({"id": 7}), false),
            ("score", json!(27.5), false),
            ("assignment_type", json!("pair"), false),
        ] {
            assert_eq!(errors(field, value.clone()).is_empty(), fits, "{field}: {value}");
        }
    }

    /// The file of a student of whom only the name is known.
    #[test]
    fn a_result_without_any_optional_fact_keeps_the_form() {
        let mut student = example::class().students.remove(3);
        student.tasks.clear();
        (student.points, student.max_points) = (0.0, 0.0);
        let written = serde_json::to_value(of(&student)).unwrap();
        let errors = example::errors("formats/classroom50.schema.json", &written);
        assert!(errors.is_empty(), "{errors:?}\n{written:#}");
        let fields = written.as_object().unwrap();
        let empty = |value: &&Value| value.is_null() || *value == &json!("");
        assert_eq!(fields.values().find(empty), None, "{written:#}");
    }

    #[test]
    fn a_submission_whose_points_are_not_known_has_no_result() {
        let dir = tempfile::tempdir().unwrap();
        let results = example::with_gaps();
        let class = Class::new(&results);
        write(&class, &mut Out::new(dir.path())).unwrap();
        for (student, name) in class.students() {
            let path = dir.path().join(format!("classroom50/{name}.json"));
            assert_eq!(path.exists(), student.name != "anna", "{}", student.name);
        }
    }

    #[test]
    fn points_are_whole_and_never_more_than_there_are() {
        assert_eq!(whole(27.5, 40.0), (28, 40));
        assert_eq!(whole(-3.0, 40.0), (0, 40));
        assert_eq!(whole(45.0, 40.0), (40, 40));
    }
}
