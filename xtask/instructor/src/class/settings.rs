//! What a course grants: points, due dates, exceptions. From `course.toml`, and from tables for single students.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use checker::code::Code;
use checker::course::{TASKS, Task, by_name};
use checker::verdict::{Outcome, Verdict};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use xtask::workspace::Workspace;

use super::results::{Course, CourseTask};

/// The file, in the course's folder. Without it, all is as [`CourseFile`] says.
const COURSE: &str = "course.toml";

/// `course.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CourseFile {
    pub title: String,
    /// When submissions are due: a date (until its end, UTC) or a moment with its offset.
    pub due: Option<String>,
    pub late: Late,
    /// How much of a task's points a verdict is worth, by its code or its outcome: 0 to 1. What is not named is worth
    /// nothing, but for `passed`, which is worth 1.
    pub credit: BTreeMap<String, f64>,
    /// Points of tasks, by package, instead of those in the crates' manifests.
    pub points: BTreeMap<String, f64>,
    /// Seconds that one run may take in real time.
    pub seconds: f64,
}

impl Default for CourseFile {
    fn default() -> Self {
        Self {
            title: "Await & See".into(),
            due: None,
            late: Late::default(),
            credit: BTreeMap::new(),
            points: BTreeMap::new(),
            seconds: 2.0,
        }
    }
}

/// What is taken off for being late.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Late {
    /// Of all points that a student has, for each day begun.
    pub percent_a_day: f64,
    /// No more than this, if it is said.
    pub most_percent: Option<f64>,
}

/// What holds for a class.
#[derive(Debug)]
pub struct Settings {
    pub course: Course,
    /// Wall time of one run.
    pub run: Duration,
    late: Late,
    credit: BTreeMap<String, f64>,
    days_late: BTreeMap<String, u32>,
    exceptions: Vec<Exception>,
}

/// A line of `--late`: how late a student is, or when the submission came (and was due, if that is another day for this
/// student).
#[derive(Debug, Deserialize)]
struct Submitted {
    student: String,
    days: Option<u32>,
    submitted: Option<String>,
    due: Option<String>,
}

/// A line of `--override`: the points of a student's task, or of all together, set by hand.
#[derive(Debug, Clone, Deserialize)]
struct Exception {
    student: String,
    task: Option<String>,
    points: Option<f64>,
    comment: Option<String>,
}

/// What an instructor has set by hand.
#[derive(Debug, Default, PartialEq)]
pub struct ByHand {
    pub points: Option<f64>,
    pub comment: Option<String>,
}

impl Settings {
    /// Reads `course.toml` (if there is one), and the tables for single students.
    ///
    /// # Errors
    /// If one of them can't be read, or does not make sense: the text names the file and the place.
    pub fn read(
        workspace: &Workspace,
        late: Option<&Path>,
        by_hand: Option<&Path>,
    ) -> Result<Self> {
        let path = workspace.root.join(COURSE);
        let file: CourseFile = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("in {}", path.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => CourseFile::default(),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        Self::new(workspace, &file, late, by_hand)
    }

    fn new(
        workspace: &Workspace,
        file: &CourseFile,
        late: Option<&Path>,
        by_hand: Option<&Path>,
    ) -> Result<Self> {
        for name in file.points.keys() {
            by_name(name).with_context(|| format!("{COURSE}: [points] names no task `{name}`"))?;
        }
        for (name, part) in &file.credit {
            let known = name.parse::<Code>().is_ok() || outcome(name).is_some();
            if !known || !(0.0..=1.0).contains(part) {
                bail!(
                    "{COURSE}: [credit] `{name} = {part}`: a code or an outcome, and a part from 0 to 1"
                );
            }
        }
        let tasks = TASKS.iter().map(|task| {
            let about = workspace.about(task)?;
            let points = file.points.get(task.name).copied();
            Ok(CourseTask {
                number: task.number,
                name: task.name.into(),
                title: about.title,
                concept: about.concept,
                points: points.unwrap_or_else(|| about.points.into()),
            })
        });
        let course = Course { title: file.title.clone(), tasks: tasks.collect::<Result<_>>()? };
        let run = Duration::try_from_secs_f64(file.seconds)
            .ok()
            .filter(|run| (Duration::from_millis(100)..=Duration::from_secs(60)).contains(run))
            .with_context(|| format!("{COURSE}: `seconds = {}`: 0.1 to 60", file.seconds))?;
        let due = file
            .due
            .as_deref()
            .map(moment)
            .transpose()
            .with_context(|| format!("{COURSE}: due"))?;
        let mut days_late = BTreeMap::new();
        if let Some(path) = late {
            for line in table::<Submitted>(path)? {
                days_late.insert(
                    line.student.clone(),
                    days(&line, due).with_context(|| {
                        format!("{}: the line of {}", path.display(), line.student)
                    })?,
                );
            }
        }
        let exceptions: Vec<Exception> = by_hand.map(table).transpose()?.unwrap_or_default();
        for Exception { student, task, .. } in &exceptions {
            if let Some(task) = task {
                named(task).with_context(|| {
                    format!("--override: the line of {student}: there is no task `{task}`")
                })?;
            }
        }
        Ok(Self {
            course,
            run,
            late: file.late,
            credit: file.credit.clone(),
            days_late,
            exceptions,
        })
    }

    /// The points of a verdict on `task`.
    pub fn points(&self, task: &Task, verdict: &Verdict) -> f64 {
        let most = self.most(task);
        let code = verdict.code().and_then(|code| self.credit.get(code.name()));
        let part = code.or_else(|| self.credit.get(verdict.outcome.name())).copied();
        most * part.unwrap_or(if verdict.right() { 1.0 } else { 0.0 })
    }

    /// The points of a right solution of `task`.
    pub fn most(&self, task: &Task) -> f64 {
        let of_task = self.course.tasks.iter().find(|own| own.number == task.number);
        of_task.map_or(0.0, |own| own.points)
    }

    /// How late a student is, and what is taken off `points` for it.
    pub fn late(&self, student: &str, points: f64) -> (u32, f64) {
        let days = self.days_late.get(student).copied().unwrap_or(0);
        let percent = self.late.percent_a_day * f64::from(days);
        let percent = percent.min(self.late.most_percent.unwrap_or(100.0)).clamp(0.0, 100.0);
        (days, round(points * percent / 100.0))
    }

    /// What was set by hand for a student's `task`, or for all of them together.
    pub fn by_hand(&self, student: &str, task: Option<&Task>) -> ByHand {
        let fits = |exception: &&Exception| {
            let of = exception.task.as_deref().and_then(named).map(|task| task.number);
            exception.student == student && of == task.map(|task| task.number)
        };
        // of several lines, the last one counts
        match self.exceptions.iter().rfind(fits) {
            Some(line) => ByHand { points: line.points, comment: line.comment.clone() },
            None => ByHand::default(),
        }
    }

    /// Students in the tables who are not in the class: a typing error, most likely.
    pub fn strangers(&self, class: &[&str]) -> Vec<String> {
        let named = self.days_late.keys().chain(self.exceptions.iter().map(|line| &line.student));
        let mut strangers: Vec<String> =
            named.filter(|name| !class.contains(&name.as_str())).cloned().collect();
        strangers.sort();
        strangers.dedup();
        strangers
    }
}

/// Two decimals: what a gradebook has.
pub fn round(points: f64) -> f64 {
    // zero has no sign
    (points * 100.0).round() / 100.0 + 0.0
}

fn named(task: &str) -> Option<&'static Task> {
    TASKS.into_iter().find(|own| own.name == task || own.number.to_string() == task)
}

fn outcome(name: &str) -> Option<Outcome> {
    serde_json::from_value(name.into()).ok()
}

/// The lines of a table.
fn table<Line: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<Line>> {
    let shown = path.display();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("cannot read {shown}"))?;
    reader.deserialize().collect::<Result<_, _>>().with_context(|| format!("in {shown}"))
}

/// Days begun between when it was due and when it came.
fn days(line: &Submitted, due: Option<Timestamp>) -> Result<u32> {
    let Some(submitted) = line.submitted.as_deref().filter(|text| !text.is_empty()) else {
        return line.days.context("it says neither `days` nor `submitted`");
    };
    let own = line.due.as_deref().filter(|text| !text.is_empty()).map(moment).transpose()?;
    let due = own
        .or(due)
        .with_context(|| format!("when was it due? Neither the line nor {COURSE} says so"))?;
    let late = moment(submitted)?.duration_since(due);
    if late <= SignedDuration::ZERO {
        return Ok(0);
    }
    let day = SignedDuration::from_hours(24);
    let days = late.as_nanos().unsigned_abs().div_ceil(day.as_nanos().unsigned_abs());
    u32::try_from(days).map_err(|_| anyhow!("`{submitted}` is too far away"))
}

/// A moment: `2026-12-01T18:00:00+01:00`, or the end of a day, `2026-12-01`.
fn moment(text: &str) -> Result<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let date: Date = text.parse().map_err(|_| {
        anyhow!("`{text}` is no moment: write 2026-12-01, or 2026-12-01T18:00:00+01:00")
    })?;
    Ok(date.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str, late: &str, by_hand: &str) -> Result<Settings> {
        let workspace = Workspace::find()?;
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| -> Result<_> {
            let path = folder.path().join(name);
            std::fs::write(&path, text)?;
            Ok(path)
        };
        let (late, by_hand) = (write("late.csv", late)?, write("override.csv", by_hand)?);
        Settings::new(&workspace, &toml::from_str(toml)?, Some(&late), Some(&by_hand))
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
        assert_eq!(settings.strangers(&["ben"]), ["ann"]);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (toml, late, by_hand, says) in [
            ("[points]\nbasic = 1", NO_LATE, NO_HAND, "`basic`"),
            ("[credit]\nE-nothing = 1", NO_LATE, NO_HAND, "E-nothing"),
            ("[credit]\nfailed = 2", NO_LATE, NO_HAND, "0 to 1"),
            ("seconds = 0", NO_LATE, NO_HAND, "seconds"),
            ("titel = \"\"", NO_LATE, NO_HAND, "titel"),
            ("due = \"soon\"", NO_LATE, NO_HAND, "`soon`"),
            ("", "student,days\nann,x\n", NO_HAND, "late.csv"),
            ("", "student,submitted\nann,2026-12-01\n", NO_HAND, "when was it due"),
            ("", NO_LATE, "student,task,points,comment\nann,9,1,\n", "`9`"),
        ] {
            let error = settings(toml, late, by_hand).unwrap_err();
            assert!(format!("{error:#}").contains(says), "{error:#}");
        }
    }
}
