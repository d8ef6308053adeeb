//! The settings of a course: points, due dates, exceptions.
//!
//! `course_file` reads `course.toml`. `table` reads the tables for single students, `rename` finds these students in the
//! class, and `timestamp` reads dates. [`remembered`] is what an earlier report was made with. `points` computes the points of a
//! student from all of this.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use checker::tasks::{self, TASKS, Task};
use jiff::Timestamp;
use xtask::workspace::{Workspace, unknown_task};

use super::results::{Course, CourseTask};
use course_file::{COURSE, CourseFile, Late, is_points};
use remembered::MadeWith;
use table::{Form, Line, Table};
use timestamp::{days_between, timestamp};

pub use points::{ByHand, round};

mod course_file;
mod points;
pub mod remembered;
mod rename;
pub mod table;
mod timestamp;

/// The settings for a class.
#[derive(Debug)]
pub struct Settings {
    pub course: Course,
    /// Wall time of one run.
    pub run: Duration,
    /// The tables and the `course.toml` that all this was read from.
    pub made_with: MadeWith,
    late: Late,
    credit: BTreeMap<String, f64>,
    days_late: BTreeMap<String, u32>,
    exceptions: Vec<Exception>,
    /// Notes on the tables for the instructor.
    notes: Vec<String>,
    /// The students of each table, by its path.
    named: Vec<(String, Vec<String>)>,
}

/// How late a student is, or when the submission came (and when it was due, if that differs for this student).
const LATE: Form = Form {
    columns: &["student", "days", "submitted", "due"],
    header: "`student,days` or `student,submitted,due`",
};

/// The points of a student's task, or of all together, set by hand.
const BY_HAND: Form = Form {
    columns: &["student", "task", "points", "comment"],
    header: "`student,task,points,comment`",
};

#[derive(Debug)]
struct Exception {
    student: String,
    /// The number of the task. None, for all tasks together.
    task: Option<usize>,
    by_hand: ByHand,
}

impl Settings {
    /// Reads `course.toml` (if there is one), and the tables for single students.
    ///
    /// # Errors
    /// If one of them can't be read, or has a wrong value. The text names the file and the place.
    pub fn read(
        workspace: &Workspace,
        late: Option<&Table>,
        by_hand: Option<&Table>,
    ) -> Result<Self> {
        let (file, course) = CourseFile::read(&workspace.root)?;
        let mut settings = Self::new(&file, late, by_hand)?;
        settings.made_with.course = course;
        Ok(settings)
    }

    fn new(file: &CourseFile, late: Option<&Table>, by_hand: Option<&Table>) -> Result<Self> {
        let points = file.points()?;
        let tasks = TASKS.iter().map(|task| {
            let points = points.get(&task.number).copied();
            CourseTask {
                number: task.number,
                name: task.name.into(),
                title: task.title.into(),
                concept: task.concept.into(),
                points: points.unwrap_or_else(|| task.points.into()),
            }
        });
        let kept = |table: &Table| Table {
            path: remembered::absolute(&table.path),
            text: table.text.clone(),
        };
        let mut settings = Self {
            made_with: MadeWith {
                late: late.map(kept),
                by_hand: by_hand.map(kept),
                ..MadeWith::default()
            },
            course: Course { title: file.title()?, tasks: tasks.collect() },
            run: file.run()?,
            late: file.late()?,
            credit: file.credit()?,
            days_late: BTreeMap::new(),
            exceptions: Vec::new(),
            notes: Vec::new(),
            named: Vec::new(),
        };
        let due = file.due()?;
        if let Some(table) = late {
            settings.take_late(table, due)?;
        }
        if let Some(table) = by_hand {
            settings.take_by_hand(table)?;
        }
        Ok(settings)
    }

    fn take_late(&mut self, table: &Table, due: Option<Timestamp>) -> Result<()> {
        let lines = table::lines(table, &LATE)?;
        for (index, line) in lines.iter().enumerate() {
            line.only(lines[..index].iter().find(|earlier| earlier.student == line.student))?;
            self.days_late.insert(line.student.clone(), days(line, due)?);
        }
        self.name_students(&table.path, &lines);
        Ok(())
    }

    fn take_by_hand(&mut self, table: &Table) -> Result<()> {
        let lines = table::lines(table, &BY_HAND)?;
        for (index, line) in lines.iter().enumerate() {
            let exception = exception(line)?;
            let same = |earlier: &Exception| {
                earlier.student == exception.student && earlier.task == exception.task
            };
            line.only(self.exceptions.iter().position(same).map(|earlier| &lines[earlier]))?;
            let of_task = |task: &&CourseTask| exception.task.is_none_or(|own| own == task.number);
            let most: f64 = self.course.tasks.iter().filter(of_task).map(|task| task.points).sum();
            if let Some(points) = exception.by_hand.points.filter(|points| *points > most) {
                let place = lines[index].place("");
                self.notes.push(format!(
                    "{place}: {points} points, but the maximum is {most}; they count all the same"
                ));
            }
            self.exceptions.push(exception);
        }
        self.name_students(&table.path, &lines);
        Ok(())
    }

    fn name_students(&mut self, path: &Path, lines: &[Line]) {
        let mut students: Vec<String> = lines.iter().map(|line| line.student.clone()).collect();
        students.sort();
        students.dedup();
        self.named.push((path.display().to_string(), students));
    }

    /// Notes on the tables for the instructor, for example about students who are not in the class, which are most likely
    /// typing errors.
    pub fn notes(&self, class: &[&str], folder: &Path) -> Vec<String> {
        let strangers = self.named.iter().flat_map(|(table, students)| {
            let strange = students.iter().filter(|name| !class.contains(&name.as_str()));
            strange.map(move |name| {
                format!("{name} is in {table}, but has no submission in {}", folder.display())
            })
        });
        self.notes.iter().cloned().chain(strangers).collect()
    }
}

/// The task with this number, package, folder or function.
fn task(name: &str) -> Result<&'static Task> {
    tasks::find(name).with_context(|| unknown_task(name))
}

fn exception(line: &Line) -> Result<Exception> {
    // in a table with semicolons, points may have a decimal comma
    let points = |text: &str| match text.replace(',', ".").parse::<f64>() {
        Ok(points) if is_points(points) => Ok(points),
        _ => bail!("`{text}` is not a number of points, 0 or more"),
    };
    let by_hand = ByHand {
        points: line.cell("points", points)?,
        comment: line.text("comment").map(String::from),
    };
    if by_hand == ByHand::default() {
        bail!("{}: it has neither points nor a comment", line.place(""));
    }
    let task = line.cell("task", task)?.map(|task| task.number);
    Ok(Exception { student: line.student.clone(), task, by_hand })
}

/// The days late of one line.
fn days(line: &Line, due: Option<Timestamp>) -> Result<u32> {
    let whole = |text: &str| match text.parse() {
        Ok(days) => Ok(days),
        Err(_) => bail!("`{text}` is not a whole number"),
    };
    let days = line.cell("days", whole)?;
    let Some(came) = line.cell("submitted", timestamp)? else {
        return days
            .with_context(|| format!("{}: it says neither days nor submitted", line.place("")));
    };
    let due = line.cell("due", timestamp)?.or(due).with_context(|| {
        format!("{}: when was it due? Neither the line nor {COURSE} says so", line.place(""))
    })?;
    days_between(due, came).with_context(|| line.place("submitted of "))
}

#[cfg(test)]
mod tests {
    use checker::verdict::code::Code;
    use checker::verdict::{Outcome, Verdict};

    use super::*;

    fn settings(toml: &str, late: &str, by_hand: &str) -> Result<Settings> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| -> Result<_> {
            let path = folder.path().join(name);
            std::fs::write(&path, text)?;
            Table::read(&path)
        };
        let (late, by_hand) = (write("late.csv", late)?, write("override.csv", by_hand)?);
        Settings::new(&toml::from_str(toml)?, Some(&late), Some(&by_hand))
    }

    const NO_LATE: &str = "student,days\n";
    const NO_HAND: &str = "student,task,points,comment\n";

    #[test]
    fn a_right_solution_has_all_points_and_another_one_what_the_course_grants() {
        let toml =
            "[points]\nbasic-coroutine = 8\n[credit]\nE-order = 0.5\ndid-not-compile = 0.25\n";
        let settings = settings(toml, NO_LATE, NO_HAND).unwrap();
        let of = |code| {
            Verdict::of(checker::verdict::Diagnosis {
                code,
                text: String::new(),
                place: None,
                call: None,
            })
        };
        let points = |verdict: &Verdict| settings.points(TASKS[0], verdict);
        assert_eq!(points(&Verdict::new(Outcome::Passed)), 8.0);
        assert_eq!(points(&of(Code::Order)), 4.0);
        assert_eq!(points(&of(Code::Compile)), 2.0);
        assert_eq!(points(&of(Code::Sequential)), 0.0);
        assert_eq!(settings.most(TASKS[1]), 20.0);
    }

    #[test]
    fn days_late_are_days_begun() {
        let toml = "due = \"2026-12-01\"\n[late]\npercent_a_day = 10\nmost_percent = 25\n";
        let late = "student,days,submitted,due\n\
            ann,,2026-12-02T00:00:00Z,\n\
            ben,,2026-12-02T00:00:01Z,\n\
            cem,,2026-12-03T02:00:00+01:00,\n\
            dan,,2026-12-20,2026-12-19\n\
            eve,4,,\n";
        let settings = settings(toml, late, NO_HAND).unwrap();
        let days = ["ann", "ben", "cem", "dan", "eve", "fay"].map(|who| settings.late(who, 50.0));
        assert_eq!(days, [(0, 0.0), (1, 5.0), (2, 10.0), (1, 5.0), (4, 12.5), (0, 0.0)]);
    }

    #[test]
    fn what_is_set_by_hand_is_for_one_task_or_for_all() {
        let by_hand = "student,task,points,comment\nann,2,7.5,asked in person\nann,,40,\n";
        let settings = settings("", NO_LATE, by_hand).unwrap();
        let comment = Some("asked in person".into());
        assert_eq!(settings.by_hand("ann", Some(TASKS[1])), ByHand { points: Some(7.5), comment });
        assert_eq!(settings.by_hand("ann", None).points, Some(40.0));
        assert_eq!(settings.by_hand("ann", Some(TASKS[2])), ByHand::default());
        assert_eq!(settings.by_hand("ben", None), ByHand::default());
        let notes = settings.notes(&["ben"], Path::new("in"));
        assert!(notes.len() == 1 && notes[0].starts_with("ann is in "), "{notes:?}");
        assert!(notes[0].ends_with("override.csv, but has no submission in in"), "{notes:?}");
    }

    #[test]
    fn a_task_is_named_in_any_way_and_a_table_written_by_any_spreadsheet() {
        let toml =
            "due = 2026-12-01\n[points]\n1 = 8\n02-concurrent-coroutines = 9\ntask_wait_n = 7\n";
        let late = "\u{feff}Student;Submitted\r\nJose\u{301};2026-12-02T00:00:01Z\r\n";
        let by_hand =
            "student;task;points;comment\r\nann;wait_n;7,5\r\nben;3;99;bonus, as said\r\n";
        let settings = settings(toml, late, by_hand).unwrap();
        assert_eq!([0, 1, 4].map(|index| settings.most(TASKS[index])), [8.0, 9.0, 7.0]);
        assert_eq!(settings.late("Jos\u{e9}", 0.0).0, 1);
        assert_eq!(settings.by_hand("ann", Some(TASKS[1])).points, Some(7.5));
        assert_eq!(settings.by_hand("ben", Some(TASKS[2])).points, Some(99.0));
        let notes = settings.notes(&["ann", "ben", "Jos\u{e9}"], Path::new("in"));
        assert!(notes.len() == 1, "{notes:?}");
        assert!(
            notes[0].ends_with(
                "line 3: ben: 99 points, but the maximum is 15; they count all the same"
            ),
            "{notes:?}"
        );
    }

    #[track_caller]
    fn assert_refused(settings: Result<Settings>, says: &str) {
        let error = format!("{:#}", settings.unwrap_err());
        assert!(error.contains(says), "{error}");
    }

    #[test]
    fn what_makes_no_sense_in_course_toml_is_named() {
        for (toml, says) in [
            ("[points]\nbasic = 1", "no task `basic`; did you mean 1 (basic-"),
            ("[points]\nx = 1", "no task `x`; the tasks are 1 (basic-corout"),
            ("[points]\n1 = 1\nbasic-coroutine = 1", "task 1 is named twice"),
            ("[points]\ntasks = nan", "`tasks = NaN`: it must be a number of points"),
            ("[points]\ntasks = inf", "`tasks = inf`: it must be a number of points"),
            ("[points]\ntasks = -5", "`tasks = -5`: it must be a number of points"),
            ("[late]\npercent_a_day = -10", "`percent_a_day = -10`: it must be a perc"),
            ("[late]\nmost_percent = 200", "`most_percent = 200`: it must be a percent"),
            ("title = \" \"", "`title` is empty"),
            ("[credit]\nE-nothing = 1", "`E-nothing` is neither a code nor an outc"),
            ("[credit]\nE-nothing = 1", "did-not-finish"),
            ("[credit]\nfailed = 2", "0 to 1"),
            ("seconds = 0", "seconds"),
            ("titel = \"\"", "titel"),
            ("due = \"soon\"", "`soon`"),
            ("due = 2026-12-01T18:00:00", "is not a date"),
        ] {
            assert_refused(settings(toml, NO_LATE, NO_HAND), says);
        }
    }

    #[test]
    fn what_makes_no_sense_in_the_table_of_late_days_is_named() {
        for (late, says) in [
            ("", "late.csv is empty: its first line must be `student,days` or"),
            ("ann,2\n", "line 1: `ann,2` is not a header: the first line must be `stud"),
            ("student,days\nann,x\n", "late.csv, line 2: days of ann: `x` is not a whole"),
            ("student,days\nann,-1\n", "days of ann: `-1` is not a whole number"),
            ("student,days\nann,1.5\n", "days of ann: `1.5` is not a whole number"),
            ("student,days\nann,1\nann,2", "line 3: ann is in line 2 already"),
            ("student,days\nann,1,2\n", "line 2: 3 cells, and the header has 2"),
            ("student,days\n,1\n", "line 2: it names no student"),
            ("student,submitted\nann,2026-12-01\n", "when was it due"),
        ] {
            assert_refused(settings("", late, NO_HAND), says);
        }
    }

    #[test]
    fn what_makes_no_sense_in_the_table_of_points_by_hand_is_named() {
        for (by_hand, says) in [
            ("student,points\nann,NaN\n", "points of ann: `NaN` is not a number of"),
            ("student,points\nann,inf\n", "points of ann: `inf` is not a number of"),
            ("student,points\nann,-3\n", "points of ann: `-3` is not a number of"),
            ("student,points\nann,\n", "neither points nor a comment"),
            ("student,task,points\nann,2,1\nann,wait_n,2\n", "in line 2 already"),
            ("student,task,points,comment\nann,9,1,\n", "task of ann: there is no task `9`"),
        ] {
            assert_refused(settings("", NO_LATE, by_hand), says);
        }
    }
}
