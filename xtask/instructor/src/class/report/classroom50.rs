//! `classroom50/NAME.json`: a `result/v1` of Classroom 50, as far as it is known here.
//!
//! Which classroom and assignment it belongs to, and what commit and release it was, whoever hands it on has to fill in;
//! so is when it was handed in, which is not the time of grading.

use anyhow::Result;
use serde::Serialize;

use super::Class;
use super::out::Out;
use super::said;
use crate::class::results::{Graded, Student};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Submission<'a> {
    schema: &'static str,
    classroom: Option<String>,
    assignment: Option<String>,
    #[serde(rename = "assignment_type")]
    assignment_type: &'static str,
    owner: &'a str,
    submission: Option<String>,
    commit: Option<String>,
    release: Option<String>,
    review: Option<String>,
    datetime: Option<String>,
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
    // the form has no word for a grader that failed, so whose points are not known has no result
    for (student, name) in class.students().filter(|(student, _)| student.has_points()) {
        out.json(&format!("classroom50/{name}.json"), &of(student))?;
    }
    Ok(())
}

fn of(student: &Student) -> Submission<'_> {
    let (score, max_score) = whole(student.points, student.max_points);
    Submission {
        schema: "classroom50/result/v1",
        classroom: None,
        assignment: None,
        assignment_type: "individual",
        owner: &student.name,
        submission: None,
        commit: None,
        release: None,
        review: None,
        datetime: None,
        score,
        max_score,
        tests: student.tasks.iter().map(test).collect(),
    }
}

fn test(task: &Graded) -> Test {
    let (score, max_score) = whole(task.points, task.max_points);
    Test { test_name: said::name(task), passed: task.right(), score, max_score }
}

/// Points as the whole numbers that the form asks for: from zero to the most.
fn whole(points: f64, max_points: f64) -> (u64, u64) {
    // (a cast of what is below zero gives zero)
    let (points, max) = (points.round() as u64, max_points.round() as u64);
    (points.min(max), max)
}

#[cfg(test)]
mod tests {
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
