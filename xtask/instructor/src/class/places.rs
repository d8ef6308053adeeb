//! The folders of a class: which folder holds submissions, and which folder may receive a report.
//!
//! A report replaces files, and a folder of submissions is full of other people's work. So each folder is checked first.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use checker::tasks::TASKS;

use super::intake::is_hidden;
use super::results::{has_keys, looks_like_results};

/// The folder for kept verdicts, in the folder of the report.
pub const GRADED: &str = "graded";

/// The file that says what a report is made with. It is written when the grading begins.
pub const MADE_WITH: &str = "made-with.json";

/// Refuses two folders if one of them lies in the other.
pub fn apart(submissions: &Path, report: &Path) -> Result<()> {
    let (one, other) = (real(submissions)?, real(report)?);
    if one.starts_with(&other) || other.starts_with(&one) {
        bail!(
            "the submissions in {} and the report in {} would get mixed up, because one folder lies in the other\n\n  next: name a folder outside of the submissions with --report",
            submissions.display(),
            report.display()
        );
    }
    Ok(())
}

/// Where a folder is, or where it will be when it is made.
pub fn real(folder: &Path) -> Result<PathBuf> {
    let cannot = || format!("cannot tell where {} is", folder.display());
    let absolute = std::path::absolute(folder).with_context(cannot)?;
    let there = absolute.ancestors().find(|above| above.exists()).unwrap_or(&absolute);
    let new = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(there.canonicalize().with_context(cannot)?.join(new))
}

/// Refuses a folder that is one submission, or the course: its folders would be taken for students.
pub fn has_a_class(submissions: &Path) -> Result<()> {
    let of_one = |name: &str| {
        let is_folder = submissions.join(name).is_dir();
        let of_a_task = || TASKS.iter().any(|task| task.is_named(name));
        is_folder && (["checker", "crates", "src"].contains(&name) || of_a_task())
    };
    let entries = std::fs::read_dir(submissions).into_iter().flatten().flatten();
    let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    if let Some(name) = names.find(|name| of_one(name)) {
        bail!(
            "{} is not a class, but one submission or a course: it has the folder `{name}` in it\n\n  next: name the folder that has one folder or archive for each student, perhaps the one above",
            submissions.display()
        );
    }
    Ok(())
}

/// Refuses a folder with files in it that do not belong to an earlier report.
pub fn receives_reports(out: &Path) -> Result<()> {
    let entries = match std::fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => bail!(
            "cannot list {}, the folder of the reports: {error}\n\n  next: name a new folder with --report, or one that can be read",
            out.display()
        ),
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    // an interrupted first run leaves kept verdicts, and what it was made with
    let own = |name: &str| [GRADED, MADE_WITH].contains(&name) || is_hidden(name);
    let strange = names.filter(|name| !own(name)).min();
    let Some(strange) = strange else { return Ok(()) };
    let results = out.join("results.json");
    match (looks_like_results(&results), has_verdicts(&out.join(GRADED)), results.exists()) {
        // (a report without results.json: the file was moved away)
        (true, ..) | (_, true, false) => Ok(()),
        (false, true, true) => bail!(
            "{0} is broken: it can't be read as the results of a class\n\n  next: move {0} away, and repeat the command: the verdicts in {GRADED}/ are kept, and a new report is written",
            results.display()
        ),
        (false, false, _) => bail!(
            "{} is not an earlier report, because it has `{strange}` in it, so nothing was written\n\n  next: name a new folder with --report, or empty this one",
            out.display()
        ),
    }
}

/// Whether a folder has a kept verdict in it, of any version.
fn has_verdicts(graded: &Path) -> bool {
    let mut entries = std::fs::read_dir(graded).into_iter().flatten().flatten();
    entries.any(|entry| has_keys(&entry.path(), &["verdict", "snapshots"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_lies_neither_in_the_submissions_nor_around_them() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at("in/ann")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("in"), at("link")).unwrap();
        for (report, fits) in [
            ("in", false),
            ("in/new/report", false),
            ("in/ann", false),
            ("", false),
            ("link/out", cfg!(not(unix))),
            ("out", true),
            ("in-2", true),
        ] {
            assert_eq!(apart(&at("in"), &at(report)).is_ok(), fits, "{report}");
        }
    }

    #[test]
    fn one_submission_is_no_class() {
        for (path, fits) in [
            ("crates/01-basic-coroutine", false),
            ("checker/src", false),
            ("src/bin", false),
            ("01-basic-coroutine/src", false),
            ("1-basic-coroutine/src", false),
            ("tasks/crates", true),
            ("ann/crates", true),
        ] {
            let dir = tempfile::tempdir().unwrap();
            std::fs::create_dir_all(dir.path().join(path)).unwrap();
            assert_eq!(has_a_class(dir.path()).is_ok(), fits, "{path}");
        }
    }

    #[test]
    fn a_folder_with_other_files_gets_no_report() {
        let results = r#"{"version": 1, "grading": {}, "students": []}"#;
        let kept = ("graded/1.json", r#"{"verdict": {}, "snapshots": {}}"#);
        for (files, fits) in [
            (&[][..], true),
            (&[("graded/1.json", ""), (".DS_Store", "")], true),
            (&[("graded/1.json", ""), ("made-with.json", "{}"), (".lock", "")], true),
            (&[("made-with.json", "{}"), ("made-with.csv", "")], false),
            (&[("thesis.md", "")], false),
            (&[("results.json", "{}")], false),
            (&[("index.html", ""), ("graded/1.json", "")], false),
            (&[("results.json", results), ("my-notes.txt", "")], true),
            (&[("results.json", &results[..20]), kept], false),
            (&[("index.html", ""), kept], true),
        ] {
            let dir = tempfile::tempdir().unwrap();
            for (path, text) in files {
                let path = dir.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            assert_eq!(receives_reports(dir.path()).is_ok(), fits, "{files:?}");
        }
        assert!(receives_reports(Path::new("there/is/no/such")).is_ok());
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("README.md"), "").unwrap();
        let error = receives_reports(&dir.path().join("README.md")).unwrap_err().to_string();
        assert!(error.contains("\n\n  next: name a new folder with --report"), "{error}");
    }
}
