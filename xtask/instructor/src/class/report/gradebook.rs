//! `gradebook.csv`: all points of all students in a table, for a spreadsheet.

use anyhow::Result;

use super::out::Out;
use super::{Class, cell, said};
use crate::class::results::{CourseTask, Graded, Student};

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    let tasks = &class.results.course.tasks;
    out.file("gradebook.csv", |to| {
        let mut table = csv::Writer::from_writer(to);
        table.write_record(header(tasks))?;
        for (student, _) in class.students() {
            table.write_record(row(student, tasks))?;
        }
        Ok(table.flush()?)
    })
}

fn header(tasks: &[CourseTask]) -> Vec<String> {
    let columns = ["student", "points", "max", "percent", "days late"].map(String::from);
    let of_task = |task: &CourseTask| {
        let name = format!("{} {}", task.number, task.name);
        [format!("{name}: points"), format!("{name}: verdict")]
    };
    let columns = columns.into_iter().chain(tasks.iter().flat_map(of_task));
    columns.chain(["comment".into()]).collect()
}

fn row(student: &Student, tasks: &[CourseTask]) -> Vec<String> {
    let percent = match student.max_points {
        0.0 => 0.0,
        max => (student.points / max * 1000.0).round() / 10.0,
    };
    let numbers = [student.points, student.max_points, percent, f64::from(student.days_late)];
    let name = [cell::text(&student.name)].into_iter();
    let columns = name.chain(numbers.map(cell::number));
    let of_task = |task: &CourseTask| cells(student.task(task.number));
    columns.chain(tasks.iter().flat_map(of_task)).chain([cell::text(&comment(student))]).collect()
}

/// The points and the code of a task, or what else came of it.
fn cells(task: Option<&Graded>) -> [String; 2] {
    task.map_or_else(Default::default, |task| {
        [cell::number(task.points), cell::text(said::code_or_outcome(task))]
    })
}

/// What is said of the whole submission.
fn comment(student: &Student) -> String {
    let said = student.refused.iter().chain(&student.comment);
    said.map(String::as_str).collect::<Vec<_>>().join(" ")
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
                "student,points,max,percent,days late,1 basic-coroutine: points,1 basic-coroutine: verdict,2 concurrent-coroutines: points,2 concurrent-coroutines: verdict,4 tasks: points,4 tasks: verdict,comment",
                "anna,27.5,40,68.8,2,10,passed,19.5,E-sequential,0,E-compile,'=1+1 is two",
                "Anna,0,40,0,0,0,E-panic,0,waiting,0,waiting,",
                "'=cmd|' /C calc'!A0,10,40,25,0,10,passed,0,E-deadlock,0,untouched,",
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
}
