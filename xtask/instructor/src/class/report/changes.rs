//! `changes.csv`: what the last grading changed, against the one before it in the same folder.
//!
//! A row without a task is about all tasks together. After the first grading, there are no rows.

use anyhow::Result;

use super::csv_escape;
use super::out::Out;
use crate::class::changes::{Change, Changes, Judged, TaskChange};

const HEADER: [&str; 7] =
    ["student", "task", "points before", "points after", "verdict before", "verdict after", "why"];

pub fn write(changes: &Changes, out: &mut Out) -> Result<()> {
    out.file("changes.csv", |to| {
        let mut table = csv::Writer::from_writer(to);
        table.write_record(HEADER)?;
        for change in &changes.students {
            table.write_record(together(change))?;
            for task in &change.tasks {
                table.write_record(of_task(&change.student, task))?;
            }
        }
        Ok(table.flush()?)
    })
}

fn together(change: &Change) -> [String; 7] {
    let points = |points: Option<f64>| points.map_or_else(String::new, csv_escape::number);
    let none = String::new;
    let (before, after) = (points(change.before), points(change.after));
    let why = csv_escape::text(&change.why.join("; "));
    [csv_escape::text(&change.student), none(), before, after, none(), none(), why]
}

fn of_task(student: &str, task: &TaskChange) -> [String; 7] {
    let points = |of: &Option<Judged>| {
        of.as_ref().and_then(|own| own.points).map_or_else(String::new, csv_escape::number)
    };
    let verdict = |of: &Option<Judged>| {
        of.as_ref().map_or_else(String::new, |own| csv_escape::text(own.verdict))
    };
    let (before, after) = (&task.before, &task.after);
    let why = csv_escape::text(&task.why.join("; "));
    [
        csv_escape::text(student),
        csv_escape::text(&task.task),
        points(before),
        points(after),
        verdict(before),
        verdict(after),
        why,
    ]
}

#[cfg(test)]
mod tests {
    use checker::verdict::{Outcome, Verdict};

    use super::super::{example, write as write_all};

    #[test]
    fn the_table_has_what_changed_against_the_earlier_report() {
        let dir = tempfile::tempdir().unwrap();
        let read = || std::fs::read_to_string(dir.path().join("changes.csv")).unwrap();
        let header = "student,task,points before,points after,verdict before,verdict after,why\n";
        let mut results = example::class();
        assert_eq!(write_all(&results, dir.path()).unwrap().changes, None, "it is the first");
        assert_eq!(read(), header);

        let crab = &mut results.students[4];
        crab.tasks[1].report.verdict = Verdict::new(Outcome::Untouched);
        (crab.tasks[1].points, crab.points) = (0.0, 20.0);
        results.students.remove(2);
        let changes = write_all(&results, dir.path()).unwrap().changes.unwrap();
        assert_eq!(changes.students.len(), 2);
        let formula = "'=cmd|' /C calc'!A0";
        let rows = [
            &format!("{formula},,10,,,,no longer in the class\n"),
            &format!("{formula},1 basic-coroutine,10,,passed,,\n"),
            &format!("{formula},2 concurrent-coroutines,0,,E-deadlock,,\n"),
            &format!("{formula},4 tasks,0,,not started,,\n"),
            "\"🦀 a\"\"b<c>&\",,40,20,,,\n",
            "\"🦀 a\"\"b<c>&\",2 concurrent-coroutines,20,0,passed,not started,right → not started\n",
        ];
        assert_eq!(read(), header.to_string() + &rows.concat());

        assert!(write_all(&results, dir.path()).unwrap().changes.unwrap().students.is_empty());
        assert_eq!(read(), header, "nothing more has changed");
    }

    #[test]
    fn a_report_that_could_not_be_written_to_its_end_tells_the_changes_when_it_is_repeated() {
        let dir = tempfile::tempdir().unwrap();
        let mut results = example::class();
        write_all(&results, dir.path()).unwrap();
        results.students[0].points = 40.0;
        let feedback = dir.path().join("feedback");
        std::fs::rename(&feedback, dir.path().join("aside")).unwrap();
        std::fs::write(&feedback, "in the way").unwrap();
        assert!(write_all(&results, dir.path()).is_err());
        std::fs::remove_file(&feedback).unwrap();
        let changes = write_all(&results, dir.path()).unwrap().changes.unwrap();
        assert_eq!(changes.students.len(), 1, "{changes:?}");
    }
}
