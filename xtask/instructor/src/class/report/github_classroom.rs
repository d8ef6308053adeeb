//! `github-classroom/NAME.txt`: what the reporter of GitHub Classroom reads as the result of a grader, in base64.
//!
//! The reporter only adds up the points of tests. So the points that are taken off for being late are a test of their own,
//! with points below zero.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::Class;
use super::feedback;
use super::out::Out;
use crate::class::results::{Graded, Student};

#[derive(Serialize)]
struct Submission {
    version: u32,
    status: &'static str,
    max_score: f64,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    score: f64,
    message: String,
    test_code: String,
    filename: String,
    /// 0, if no line is known.
    line_no: u32,
    /// In seconds.
    duration: f64,
}

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    for (student, name) in class.students() {
        let json = serde_json::to_vec(&of(student, class.secret()))?;
        out.text(&format!("github-classroom/{name}.txt"), &STANDARD.encode(json))?;
    }
    Ok(())
}

fn of(student: &Student, secret: bool) -> Submission {
    let mut tests: Vec<Test> = student.tasks.iter().map(|task| test(task, secret)).collect();
    let taken_off =
        feedback::rounded(student.points - tests.iter().map(|test| test.score).sum::<f64>());
    if taken_off != 0.0 || student.refused.is_some() {
        tests.push(of_submission(student, taken_off));
    }
    let right = student.refused.is_none() && student.tasks.iter().all(Graded::right);
    Submission {
        version: 1,
        status: match student.has_points() {
            true if right => "pass",
            true => "fail",
            // the existing scores must not look like the whole result
            false => "error",
        },
        max_score: feedback::rounded(student.max_points),
        tests,
    }
}

fn test(task: &Graded, secret: bool) -> Test {
    let place =
        task.report.verdict.diagnoses.first().and_then(|diagnosis| diagnosis.place.as_ref());
    Test {
        name: feedback::name(task),
        status: feedback::status(task),
        score: feedback::rounded(task.points),
        message: feedback::plain(task, secret),
        test_code: feedback::call(task),
        filename: place.map(|place| place.file.clone()).unwrap_or_default(),
        line_no: place.map_or(0, |place| place.line),
        duration: task.took_ms as f64 / 1e3,
    }
}

/// The messages about the whole submission.
fn of_submission(student: &Student, taken_off: f64) -> Test {
    Test {
        name: "the whole submission".into(),
        status: if student.refused.is_some() { "error" } else { "pass" },
        score: taken_off,
        message: feedback::as_text(&feedback::of_submission(student)).trim().into(),
        test_code: String::new(),
        filename: String::new(),
        line_no: 0,
        duration: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::example;
    use super::*;

    #[test]
    fn what_is_written_keeps_the_form_and_its_points_add_up() {
        let dir = tempfile::tempdir().unwrap();
        let results = example::class();
        let class = Class::new(&results);
        write(&class, &mut Out::new(dir.path())).unwrap();
        for (student, name) in class.students() {
            let path = dir.path().join(format!("github-classroom/{name}.txt"));
            let written = std::fs::read_to_string(path).unwrap();
            let written: Value =
                serde_json::from_str(&example::from_base64(&written).unwrap()).unwrap();
            let errors = example::errors("formats/github-classroom.schema.json", &written);
            assert!(errors.is_empty(), "{errors:?}\n{written:#}");
            let tests = written["tests"].as_array().unwrap();
            let sum: f64 = tests.iter().map(|test| test["score"].as_f64().unwrap()).sum();
            assert_eq!(sum, student.points);
        }
    }

    #[test]
    fn what_could_not_be_graded_is_an_error_of_the_whole() {
        let class = example::with_gaps();
        let submission = of(&class.students[0], true);
        assert_eq!((submission.status, submission.tests[0].status), ("error", "error"));
        assert!(submission.tests[0].message.contains("The disk is full."));
        assert_eq!(of(&class.students[1], true).status, "fail", "it keeps what was graded before");
    }

    #[test]
    fn a_mistake_is_found_in_its_file() {
        let class = example::class();
        let test = &of(&class.students[0], true).tests[1];
        assert_eq!((test.status, test.score, test.duration), ("fail", 19.5, 0.25));
        assert_eq!(test.filename, "crates/02-concurrent-coroutines/src/lib.rs");
        assert_eq!((test.line_no, &*test.test_code), (12, "wait_n(n = 2, max_delay = 50 ms)"));
    }
}
