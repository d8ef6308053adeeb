//! `gradebook.csv`: all points of all students in a table, for a spreadsheet.

use anyhow::Result;
use checker::verdict::Outcome;

use super::out::Out;
use super::{Class, csv_escape, feedback};
use crate::class::results::{CourseTask, Graded, Student};

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    let tasks = &class.results.course.tasks;
    out.file("gradebook.csv", |to| {
        let mut table = csv::Writer::from_writer(to);
        table.write_record(header(tasks))?;
        for (student, file) in class.students() {
            table.write_record(row(student, tasks, file))?;
        }
        Ok(table.flush()?)
    })
}

fn header(tasks: &[CourseTask]) -> Vec<String> {
    let columns =
        ["student", "points", "max", "percent", "days late", "taken off"].map(String::from);
    let of_task = |task: &CourseTask| {
        let name = format!("{} {}", task.number, task.name);
        [format!("{name}: points"), format!("{name}: verdict")]
    };
    let columns = columns.into_iter().chain(tasks.iter().flat_map(of_task));
    columns.chain(["comment", "files"].map(String::from)).collect()
}

/// The columns about the student, with the name of the files in the other folders.
fn row(student: &Student, tasks: &[CourseTask], file: &str) -> Vec<String> {
    let percent = match student.max_points {
        0.0 => 0.0,
        max => (student.points / max * 1000.0).round() / 10.0,
    };
    let late = [f64::from(student.days_late), student.late_penalty];
    // an unknown value is not a number
    let known = |number: f64| student.has_points().then(|| csv_escape::number(number));
    let [points, percent] =
        [student.points, percent].map(|number| known(number).unwrap_or_default());
    let numbers = [points, csv_escape::number(student.max_points), percent].into_iter();
    let name = [csv_escape::text(&student.name)].into_iter();
    let columns = name.chain(numbers).chain(late.map(csv_escape::number));
    let of_task = |task: &CourseTask| cells(student.task(task.number));
    let last = [csv_escape::text(&comment(student)), csv_escape::text(file)];
    columns.chain(tasks.iter().flat_map(of_task)).chain(last).collect()
}

/// The points of a task, and its code or other result.
fn cells(task: Option<&Graded>) -> [String; 2] {
    let Some(task) = task else { return Default::default() };
    let points = if task.lacks_points() { String::new() } else { csv_escape::number(task.points) };
    [points, csv_escape::text(&marked(task))]
}

/// The code, or the outcome in words.
pub fn verdict(task: &Graded) -> &'static str {
    match task.report.verdict.outcome {
        Outcome::Untouched => "not started",
        Outcome::NotJudged => "not judged",
        _ => feedback::code_or_outcome(task),
    }
}

/// The same, with a mark if it is from an earlier grading.
fn marked(task: &Graded) -> String {
    let verdict = verdict(task);
    let before = task.not_now.as_ref().map(|_| format!("{verdict} ({})", feedback::GRADED_BEFORE));
    before.unwrap_or_else(|| verdict.into())
}

/// The message about the whole submission.
fn comment(student: &Student) -> String {
    let incomplete = (!student.has_points()).then(|| feedback::INCOMPLETE.to_string());
    let sentences =
        incomplete.into_iter().chain(feedback::refused(student)).chain(student.comment.clone());
    sentences.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    fn written() -> String {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::class()), &mut Out::new(dir.path())).unwrap();
        std::fs::read_to_string(dir.path().join("gradebook.csv")).unwrap()
    }

    #[test]
    fn a_row_has_the_points_and_verdicts_of_a_student() {
        let written = written();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(
            lines[..4],
            [
                "student,points,max,percent,days late,taken off,1 basic-coroutine: points,1 basic-coroutine: verdict,2 concurrent-coroutines: points,2 concurrent-coroutines: verdict,4 tasks: points,4 tasks: verdict,comment,files",
                "anna,27.5,40,68.8,2,2,10,passed,19.5,E-sequential,0,E-compile,'=1+1 is two,anna-7a07650a75e7dba7",
                "Anna,0,40,0,0,0,0,E-panic,0,waiting,0,waiting,,Anna-4c5bceda47339e5d",
                "'=cmd|' /C calc'!A0,10,40,25,0,0,10,passed,0,E-deadlock,0,not started,,cmd__ _C calc__A0-b9be7df9b21d96ef",
            ]
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        let written = written();
        let mut table = csv::Reader::from_reader(written.as_bytes());
        let mut rows = 0;
        for row in table.records() {
            rows += 1;
            for cell in row.unwrap().iter().filter(|cell| cell.parse::<f64>().is_err()) {
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{cell}");
            }
        }
        assert_eq!(rows, example::class().students.len());
    }

    #[test]
    fn what_is_not_known_is_no_number_and_a_verdict_from_before_is_marked() {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::with_gaps()), &mut Out::new(dir.path())).unwrap();
        let written = std::fs::read_to_string(dir.path().join("gradebook.csv")).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert!(
            lines[1]
                .starts_with("anna,,40,,2,2,,not judged,19.5,E-sequential,0,E-compile,The grading machine could not"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].starts_with("Anna,0,40,0,0,0,0,\"E-panic (graded before, not now)\","),
            "{}",
            lines[2]
        );
    }
}
