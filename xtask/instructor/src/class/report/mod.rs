//! Reports: the results of a class as files that other programs, and people, read.
//!
//! Every format is a module with one function, which writes files from the results. To add a format, write its module, and
//! add its line to `FORMATS`.
//!
//! The formats share these modules: `feedback` is the feedback on a task, `sanitize` makes text of students safe to show, `names`
//! makes file names from students' names, `out` writes files, and `stale` removes files of an earlier report. `changes`
//! compares the results with those of the earlier report.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::class::changes::{Changes, between};
use crate::class::places::MADE_WITH;
use crate::class::previous_report;
use crate::class::results::{Results, Student};
use crate::class::settings::remembered::MadeWith;
use out::Out;

mod canvas;
mod changes;
mod classroom50;
mod csv_escape;
mod exercism;
mod feedback;
mod feedback_files;
mod github_classroom;
mod gradebook;
mod gradescope;
mod junit;
mod made_with;
mod markdown;
mod names;
mod out;
pub mod page;
mod results;
mod sanitize;
mod stale;

#[cfg(test)]
pub(in crate::class) mod example;

pub(in crate::class) use gradebook::verdict;
pub(in crate::class) use sanitize::line as sanitized;

/// A format: how many files it has, and the function that writes them.
type Format = (Files, fn(&Class, &mut Out) -> Result<()>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    /// One file for the class.
    One,
    /// One file for each student, who may read it.
    OneEach,
}

/// All formats.
const FORMATS: &[Format] = &[
    (Files::One, made_with::write),
    (Files::One, page::write),
    (Files::One, junit::write),
    (Files::One, canvas::write),
    (Files::One, gradebook::write),
    (Files::OneEach, gradescope::write),
    (Files::OneEach, exercism::write),
    (Files::OneEach, github_classroom::write),
    (Files::OneEach, classroom50::write),
    (Files::OneEach, feedback_files::write),
    // last, because until it is replaced, grading again compares with the earlier report
    (Files::One, results::write),
];

/// The input of all formats.
struct Class<'a> {
    results: &'a Results,
    /// The file name of each student, in the order of the students.
    files: Vec<String>,
}

impl<'a> Class<'a> {
    fn new(results: &'a Results) -> Self {
        let students: Vec<&str> =
            results.students.iter().map(|student| student.name.as_str()).collect();
        Self { results, files: names::for_files(&students) }
    }

    /// The students, each with the file name.
    fn students(&self) -> impl Iterator<Item = (&'a Student, &str)> {
        self.results.students.iter().zip(self.files.iter().map(String::as_str))
    }

    /// Whether names of scenarios must stay hidden, because they would reveal the seeds.
    fn secret(&self) -> bool {
        self.results.grading.secret
    }

    /// The points of a submission without a mistake.
    fn max_points(&self) -> f64 {
        self.results.course.tasks.iter().map(|task| task.points).sum()
    }
}

/// The result of writing a report.
#[derive(Debug)]
pub struct Written {
    pub files: Vec<PathBuf>,
    /// Students of an earlier report who are not in this one. Their files were removed.
    pub gone: Vec<String>,
    /// The changes compared with the earlier report, if there was one.
    pub changes: Option<Changes>,
}

/// Writes all reports below `out`, and removes those of students who are no longer there. Equal results give equal files.
///
/// # Errors
/// If a file can't be written. The files before it are complete.
pub fn write(results: &Results, out: &Path) -> Result<Written> {
    let class = Class::new(results);
    // results that can't be read are from another program or another version
    let earlier = previous_report::read(&out.join("results.json")).ok();
    // before anything is written, because some systems don't distinguish an old `Anna` from a new `anna`
    let gone = earlier.as_ref().map_or(Ok(Vec::new()), |own| stale::remove(own, &class, out))?;
    let changes = earlier.map(|earlier| between(&earlier, results));
    let mut out = Out::new(out);
    changes::write(changes.as_ref().unwrap_or(&Changes::default()), &mut out)?;
    for (_, format) in FORMATS {
        format(&class, &mut out)?;
    }
    Ok(Written { files: out.written, gone, changes })
}

/// Writes into `out` what its report will be made with.
pub fn begin(made_with: &MadeWith, out: &Path) -> Result<()> {
    Out::new(out).json(MADE_WITH, made_with)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    use super::*;

    /// All files below a folder, by their paths in it.
    fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![dir.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        files
    }

    /// How many formats have this many files.
    fn formats(files: Files) -> usize {
        // those of the class are changes.csv as well
        let more = usize::from(files == Files::One);
        FORMATS.iter().filter(|(own, _)| *own == files).count() + more
    }

    #[test]
    fn equal_results_make_equal_files_and_what_is_named_is_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let results = example::class();
        let written = write(&results, dir.path()).unwrap().files;
        let first = files(dir.path());
        assert_eq!(written.len(), first.len());
        assert!(written.iter().all(|path| first.contains_key(path)), "{written:?}");
        let each = formats(Files::OneEach) * results.students.len();
        assert_eq!(first.len(), formats(Files::One) + each);
        write(&results, dir.path()).unwrap();
        assert_eq!(first, files(dir.path()));
    }

    #[test]
    fn no_two_files_are_one_where_case_makes_no_difference() {
        let dir = tempfile::tempdir().unwrap();
        let results = example::class();
        let alike = |name: &str| name.eq_ignore_ascii_case("anna");
        assert_eq!(results.students.iter().filter(|student| alike(&student.name)).count(), 2);
        let files = write(&results, dir.path()).unwrap().files;
        let plain = |path: &PathBuf| path.to_str().unwrap().to_lowercase();
        let plain: BTreeSet<String> = files.iter().map(plain).collect();
        assert_eq!(plain.len(), files.len());
    }

    #[test]
    fn no_format_that_students_see_names_a_scenario_of_a_secret() {
        let dir = tempfile::tempdir().unwrap();
        let mut results = example::class();
        let names_one = |files: &BTreeMap<PathBuf, Vec<u8>>| {
            let of_instructors =
                ["results.json", "gradebook.csv", "index.html"].map(|name| dir.path().join(name));
            let names = |bytes: &[u8]| {
                let text = String::from_utf8_lossy(bytes);
                let decoded = example::from_base64(&text).unwrap_or_default();
                ["seed-17", "seed-23"].iter().any(|s| text.contains(s) || decoded.contains(s))
            };
            let students = files.iter().filter(|(path, _)| !of_instructors.contains(path));
            students.filter(|(_, bytes)| names(bytes)).count()
        };
        results.grading.secret = false;
        write(&results, dir.path()).unwrap();
        // each of a student's files, for the one whose mistake shows with that seed
        assert_eq!(names_one(&files(dir.path())), formats(Files::OneEach));
        results.grading.secret = true;
        write(&results, dir.path()).unwrap();
        assert_eq!(names_one(&files(dir.path())), 0);
    }

    #[test]
    fn the_schemas_of_the_formats_refuse_what_they_do_not_know() {
        let dir = tempfile::tempdir().unwrap();
        let results = example::class();
        write(&results, dir.path()).unwrap();
        let anna = &Class::new(&results).files[0];
        for (format, ending) in [
            ("gradescope", "/results.json"),
            ("exercism", "/results.json"),
            ("github-classroom", ".txt"),
            ("classroom50", ".json"),
        ] {
            let path = dir.path().join(format!("{format}/{anna}{ending}"));
            let text = std::fs::read_to_string(path).unwrap();
            let text = example::from_base64(&text).unwrap_or(text);
            let written: Value = serde_json::from_str(&text).unwrap();
            let schema = format!("formats/{format}.schema.json");
            let refused = |changed: Value| !example::errors(&schema, &changed).is_empty();
            assert!(!refused(written.clone()), "{format}");
            let mut more = written.clone();
            more["more"] = 1.into();
            assert!(refused(more), "{format}: one more at the top");
            let mut more = written.clone();
            more["tests"][0]["more"] = 1.into();
            assert!(refused(more), "{format}: one more in a test");
            let mut less = written;
            less.as_object_mut().unwrap().remove("tests");
            assert!(refused(less), "{format}: no tests");
        }
    }

    #[test]
    fn a_class_without_students_has_its_reports_too() {
        let dir = tempfile::tempdir().unwrap();
        let results = Results { students: Vec::new(), ..example::class() };
        assert_eq!(write(&results, dir.path()).unwrap().files.len(), formats(Files::One));
    }
}
