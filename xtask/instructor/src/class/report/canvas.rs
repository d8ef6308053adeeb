//! `canvas.csv`: the points in the form that Canvas imports into a gradebook.
//!
//! Canvas finds a student by any of the columns `ID`, `SIS User ID` and `SIS Login ID`. Only the name of the submission is
//! known here. So it is written as the login (if submissions are named after logins, nothing else is needed), and as the
//! student's name, which Canvas only shows. The instructor can fill in the other columns.
//!
//! Canvas finds an assignment by a number in parentheses after its title. That number is Canvas's own, and a wrong one
//! would give the points to another assignment. So none is written: Canvas then uses the title, and offers a new assignment
//! if there is none. The row `Points Possible` says what a new one is worth.
//!
//! If a student's points are not known because of the machine, the cell is empty. Canvas reads that as "no grade". If Canvas
//! has no grade, nothing changes. If it has one, Canvas shows the student among the changes before it changes anything.

use anyhow::Result;

use super::out::Out;
use super::{Class, csv_escape};

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    out.file("canvas.csv", |to| {
        let mut table = csv::Writer::from_writer(to);
        let title = csv_escape::text(&class.results.course.title);
        table.write_record(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", &title])?;
        let possible = csv_escape::number(class.max_points());
        table.write_record(["Points Possible", "", "", "", "", &possible])?;
        for (student, _) in class.students() {
            let name = csv_escape::text(&student.name);
            let points = if student.has_points() {
                csv_escape::number(student.points)
            } else {
                String::new()
            };
            table.write_record([&name, "", "", &name, "", &points])?;
        }
        Ok(table.flush()?)
    })
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn a_row_for_each_student_comes_after_what_canvas_expects() {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::class()), &mut Out::new(dir.path())).unwrap();
        let written = std::fs::read_to_string(dir.path().join("canvas.csv")).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(
            lines[..6],
            [
                "Student,ID,SIS User ID,SIS Login ID,Section,Await & See",
                "Points Possible,,,,,40",
                "anna,,,anna,,27.5",
                "Anna,,,Anna,,0",
                "'=cmd|' /C calc'!A0,,,'=cmd|' /C calc'!A0,,10",
                "../../etc,,,../../etc,,0",
            ]
        );
    }

    #[test]
    fn a_student_whose_points_are_not_known_has_no_zero() {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::with_gaps()), &mut Out::new(dir.path())).unwrap();
        let written = std::fs::read_to_string(dir.path().join("canvas.csv")).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines[2..4], ["anna,,,anna,,", "Anna,,,Anna,,0"]);
    }
}
