//! What an earlier run has graded: read back, to be joined with what a later one grades.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::results::{Course, Grading, Results, Student, VERSION};

/// The results in a file, or in the folder of a report.
pub fn read(path: &Path) -> Result<Results> {
    let file = if path.is_dir() { path.join("results.json") } else { path.to_path_buf() };
    let shown = file.display();
    let json = std::fs::read(&file).with_context(|| format!("cannot read {shown}"))?;
    let results: Results = serde_json::from_slice(&json)
        .with_context(|| format!("{shown} is no results.json of this program"))?;
    if results.version != VERSION {
        bail!("{shown} is of version {}, and this program reads {VERSION}", results.version);
    }
    Ok(results)
}

/// What makes verdicts of two runs unequal, and the way out.
pub fn unlike(results: &Results, course: &Course, grading: &Grading) -> Option<&'static str> {
    let known = [&results.grading.secret_fingerprint, &grading.secret_fingerprint];
    if results.course != *course {
        Some("of another course (its title, its tasks or their points): grade all of it again")
    } else if known[0] != known[1] {
        Some(
            "on hidden runs that are made from another secret: grade all of it again, with the same --secret FILE for all parts",
        )
    } else if results.grading != *grading {
        Some("by another compiler, checker or level of isolation: grade all of it again")
    } else {
        None
    }
}

/// What an earlier report has besides those who are graded now.
#[derive(Default)]
pub struct Others {
    pub students: Vec<Student>,
    /// Whether likeness was looked for.
    pub similarity: bool,
}

/// The students of the report in `out` who are not graded now, if there is one: those who are still in the `class`.
///
/// # Errors
/// If they were graded otherwise, so that points would not mean the same.
pub fn others(
    out: &Path,
    (course, grading): (&Course, &Grading),
    class: &[&str],
    asked: &[&str],
) -> Result<Others> {
    if !out.join("results.json").is_file() {
        return Ok(Others::default());
    }
    let earlier = read(out)?;
    if let Some(why) = unlike(&earlier, course, grading) {
        return Err(anyhow!(
            "the others in {} were graded {why}\n\n  next: leave out --only, or name another folder with --report",
            out.display()
        ));
    }
    let stays = |student: &Student| {
        let name = student.name.as_str();
        class.contains(&name) && !asked.contains(&name)
    };
    let similarity = earlier.similar.is_some();
    Ok(Others { students: earlier.students.into_iter().filter(stays).collect(), similarity })
}
