//! Remembers what a report was made with, for the next grading: tables, `course.toml`, and the place of the secret.
//!
//! The tables are kept with their contents, because their files may be gone, or on another machine. For a secret, only the
//! path and the fingerprint are kept.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use serde::{Deserialize, Serialize};

use super::table::Table;
use crate::class::places::MADE_WITH;
use crate::class::previous_report;
use crate::class::results::Results;

/// The word instead of a file name if no file should be used any more: `--late none`.
pub const NONE: &str = "none";

/// What a report was made with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MadeWith {
    /// The table of `--late`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Table>,
    /// The table of `--override`.
    #[serde(default, rename = "override", skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Table>,
    /// The text of `course.toml`, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// The file of `--secret`. None, if a secret was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretFile>,
}

/// Where a secret was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecretFile {
    pub path: PathBuf,
    /// A fingerprint that distinguishes the secret from others, and reveals nothing else about it.
    pub fingerprint: String,
}

/// What the command line says about a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FileOption<'a> {
    /// It is not given. The same file as before is used.
    NotGiven,
    /// `none`: no file is used any more.
    None,
    File(&'a Path),
}

impl<'a> FileOption<'a> {
    pub fn of(option: Option<&'a Path>) -> Self {
        match option {
            None => Self::NotGiven,
            Some(path) if path == Path::new(NONE) => Self::None,
            Some(path) => Self::File(path),
        }
    }
}

/// A table that is remembered: its name in messages, and its option.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    name: &'static str,
    option: &'static str,
}

pub const LATE: Kind = Kind { name: "the late days", option: "--late" };
pub const BY_HAND: Kind = Kind { name: "the points by hand", option: "--override" };

impl MadeWith {
    /// What the report in `out` was made with. None, if there is none, or if it does not say.
    ///
    /// # Errors
    /// If its file is broken.
    pub fn of_report(out: &Path) -> Result<Option<Self>> {
        let path = out.join(MADE_WITH);
        let broken = |error: &dyn std::fmt::Display| {
            anyhow!(
                "cannot read {}, which says what the report was made with: {error}\n\n  next: move it away, and name the tables again with --late and --override",
                path.display()
            )
        };
        match std::fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json).map(Some).map_err(|error| broken(&error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(previous_report::read(out).ok().and_then(|results| results.made_with))
            }
            Err(error) => Err(broken(&error)),
        }
    }

    /// The difference to `other`, if it makes points incomparable. Paths and line endings make no difference.
    pub fn differs(&self, other: &Self) -> Option<&'static str> {
        let lines = |table: &Option<Table>| {
            let text = table.as_ref().map_or("", |table| &table.text);
            let text = text.trim_start_matches('\u{feff}').trim_end();
            text.lines().map(|line| line.trim_end().to_string()).collect::<Vec<_>>()
        };
        if lines(&self.late) != lines(&other.late) {
            Some("late days (--late)")
        } else if lines(&self.by_hand) != lines(&other.by_hand) {
            Some("points by hand (--override)")
        } else if !same_course(self.course.as_deref(), other.course.as_deref()) {
            Some("course.toml")
        } else {
            None
        }
    }
}

/// Whether two texts of `course.toml` have the same values. Comments make no difference.
pub fn same_course(one: Option<&str>, other: Option<&str>) -> bool {
    let [one, other] = [one, other].map(|text| text.unwrap_or_default().parse::<toml::Table>());
    matches!((one, other), (Ok(one), Ok(other)) if one == other)
}

/// The table to use, and messages about it. It is the table that is named, or else the one that was used before.
///
/// # Errors
/// If its file can't be read. (A missing file is not an error, because its text is kept.)
pub fn table(
    kind: Kind,
    file: FileOption,
    before: Option<&Table>,
) -> Result<(Option<Table>, Option<String>)> {
    let Kind { name, option } = kind;
    match (file, before) {
        (FileOption::File(path), _) => Ok((Some(Table::read(path)?), None)),
        (_, None) => Ok((None, None)),
        (FileOption::None, Some(before)) => {
            let from = display_path(&before.path);
            let says = format!("without {name} of {from}, which the earlier report was made with");
            Ok((None, Some(says)))
        }
        (FileOption::NotGiven, Some(before)) => {
            let from = display_path(&before.path);
            let out = format!("{option} none leaves them out");
            let (table, says) = match now(kind, before)? {
                None => (
                    before.clone(),
                    format!(
                        "with {name} of {from} as kept in the report, because the file is gone ({option} FILE replaces them, {out})"
                    ),
                ),
                Some(now) if now.text == before.text => {
                    (now, format!("with {name} of {from}, as before ({out})"))
                }
                Some(now) => (
                    now,
                    format!(
                        "with {name} of {from}, which has changed since the earlier report ({out})"
                    ),
                ),
            };
            Ok((Some(table), Some(says)))
        }
    }
}

/// The file of a table, as it is now. None, if it is gone.
fn now(kind: Kind, before: &Table) -> Result<Option<Table>> {
    let there = before.path.try_exists();
    if there.is_ok_and(|there| !there) {
        return Ok(None);
    }
    let option = kind.option;
    Table::read(&before.path).map(Some).map_err(|error| {
        anyhow!(
            "{error:#}\n  The earlier report was made with {}.\n\n  next: correct the file, name another one with {option} FILE, or use none with {option} none",
            kind.name
        )
    })
}

/// A path for messages: relative to the current folder, if that is shorter.
pub fn display_path(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    from(&here, path).display().to_string()
}

/// The path from a folder to `path`, or `path` itself, if that is shorter.
fn from(folder: &Path, path: &Path) -> PathBuf {
    let shared = folder.components().zip(path.components()).take_while(|(one, other)| one == other);
    let shared = shared.count();
    let up = folder.components().skip(shared).map(|_| Path::new(".."));
    let down = path.components().skip(shared).map(|part| Path::new(part.as_os_str()));
    let relative: PathBuf = up.chain(down).collect();
    let is_shorter = relative.as_os_str().len() < path.as_os_str().len();
    if path.is_absolute() && is_shorter { relative } else { path.into() }
}

/// A path that is valid in every folder, and can be written as JSON.
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.into());
    absolute.to_string_lossy().into_owned().into()
}

/// The note on an earlier report that does not say what it was made with, although it shows late days or points by hand.
pub fn unknown(earlier: &Results) -> Option<String> {
    let by_hand = earlier.students.iter().any(|student| {
        student.comment.is_some()
            || student.tasks.iter().any(|task| task.overridden || task.comment.is_some())
    });
    let late = earlier.students.iter().any(|student| student.days_late > 0);
    let name = match (late, by_hand, &earlier.made_with) {
        (_, _, Some(_)) | (false, false, _) => return None,
        (true, true, None) => "late days and points by hand",
        (true, false, None) => "late days",
        (false, true, None) => "points by hand",
    };
    Some(format!(
        "the earlier report has {name}, and does not say from which files: name them again with --late and --override"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::report::example;

    #[test]
    fn a_table_is_used_again_unless_another_one_or_none_is_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("late.csv");
        let write = |text: &str| std::fs::write(&path, text).unwrap();
        write("student,days\nann,2\n");
        let before = Table::read(&path).unwrap();
        let table = |file, before| table(LATE, file, before).unwrap();
        assert_eq!(table(FileOption::NotGiven, None), (None, None));
        assert_eq!(table(FileOption::None, None), (None, None));
        assert_eq!(table(FileOption::File(&path), None), (Some(before.clone()), None));

        let (again, says) = table(FileOption::NotGiven, Some(&before));
        assert_eq!(again.as_ref(), Some(&before));
        assert!(says.unwrap().ends_with("late.csv, as before (--late none leaves them out)"));
        let (none, says) = table(FileOption::None, Some(&before));
        assert_eq!(none, None);
        assert!(says.unwrap().starts_with("without the late days of "));

        write("student,days\nann,3\n");
        let (newer, says) = table(FileOption::NotGiven, Some(&before));
        assert_eq!(newer.unwrap().text, "student,days\nann,3\n");
        assert!(says.unwrap().contains("late.csv, which has changed since the earlier report ("));

        std::fs::remove_file(&path).unwrap();
        let (kept, says) = table(FileOption::NotGiven, Some(&before));
        assert_eq!(kept.as_ref(), Some(&before));
        assert!(says.unwrap().contains("late.csv as kept in the report, because the file is gone"));
    }

    #[test]
    fn a_remembered_table_that_can_not_be_read_is_named_with_the_way_out() {
        let dir = tempfile::tempdir().unwrap();
        let before = Table { path: dir.path().into(), text: "student,points\nann,1\n".into() };
        let error = table(BY_HAND, FileOption::NotGiven, Some(&before)).unwrap_err().to_string();
        assert!(error.contains(dir.path().to_str().unwrap()), "{error}");
        assert!(error.contains("earlier report was made with the points by hand"), "{error}");
        assert!(error.contains("\n\n  next: ") && error.contains("--override none"), "{error}");
    }

    #[test]
    fn a_path_is_shown_from_the_current_folder_if_that_is_shorter() {
        for (path, shown) in [
            ("/home/ada/course/late.csv", "late.csv"),
            ("/home/ada/late.csv", "../late.csv"),
            ("/home/ada/tables/late.csv", "../tables/late.csv"),
            ("/mnt/late.csv", "/mnt/late.csv"),
            ("late.csv", "late.csv"),
        ] {
            assert_eq!(from(Path::new("/home/ada/course"), Path::new(path)), Path::new(shown));
        }
    }

    #[test]
    fn a_file_that_is_called_none_can_be_named() {
        assert_eq!(FileOption::of(None), FileOption::NotGiven);
        assert_eq!(FileOption::of(Some(Path::new("none"))), FileOption::None);
        let file = Path::new("./none");
        // (paths are equal part by part, and a leading `.` is a part)
        assert_eq!(FileOption::of(Some(file)), FileOption::File(file));
    }

    #[test]
    fn what_a_report_was_made_with_is_read_from_its_own_file_and_else_from_its_results() {
        let dir = tempfile::tempdir().unwrap();
        let of = || MadeWith::of_report(dir.path());
        assert_eq!(of().unwrap(), None);
        let results = example::class();
        let json = serde_json::to_vec(&results).unwrap();
        std::fs::write(dir.path().join("results.json"), json).unwrap();
        assert_eq!(of().unwrap(), results.made_with);
        assert!(results.made_with.is_some());
        let other = MadeWith { course: Some("seconds = 3".into()), ..MadeWith::default() };
        let write = |text: &[u8]| std::fs::write(dir.path().join(MADE_WITH), text).unwrap();
        write(&serde_json::to_vec(&other).unwrap());
        assert_eq!(of().unwrap(), Some(other));
        write(b"{");
        let error = of().unwrap_err().to_string();
        assert!(error.contains("made-with.json") && error.contains("\n\n  next: move"), "{error}");
    }

    #[test]
    fn what_differs_is_named_and_neither_places_nor_line_ends_do() {
        let one = example::class().made_with.unwrap();
        let mut same = one.clone();
        let late = same.late.as_mut().unwrap();
        late.path = "/elsewhere/late.csv".into();
        late.text = format!("\u{feff}{}\r\n", late.text.replace('\n', "\r\n"));
        same.course = Some("# ours\n[late]\npercent_a_day = 5 # a day\n".into());
        same.secret = None;
        assert_eq!(one.differs(&same), None);
        let late = Some(Table { path: "late.csv".into(), text: "student,days\nanna,3\n".into() });
        for (other, what) in [
            (MadeWith { late, ..one.clone() }, "late days (--late)"),
            (MadeWith { late: None, ..one.clone() }, "late days (--late)"),
            (MadeWith { by_hand: None, ..one.clone() }, "points by hand (--override)"),
            (MadeWith { course: None, ..one.clone() }, "course.toml"),
            (MadeWith { course: Some("seconds = 3".into()), ..one.clone() }, "course.toml"),
        ] {
            assert_eq!(one.differs(&other), Some(what));
            assert_eq!(other.differs(&one), Some(what));
        }
    }

    #[test]
    fn a_report_that_does_not_say_what_it_was_made_with_is_told_if_it_matters() {
        let mut earlier = example::class();
        assert_eq!(unknown(&earlier), None);
        earlier.made_with = None;
        let says = unknown(&earlier).unwrap();
        assert!(
            says.contains("late days and points by hand") && says.contains("--late and"),
            "{says}"
        );
        earlier.students.retain(|student| student.name == "Anna");
        assert_eq!(unknown(&earlier), None);
    }
}
