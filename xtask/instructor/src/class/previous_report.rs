//! Reads the results of a previous grading, to join them with those of a later one.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::results::{Course, Graded, Grading, Results, Student, VERSION};
use super::settings::Settings;
use super::shard::Shard;

/// How many students a message names.
const NAMED: usize = 5;

/// Points that differ by less are the same, because a gradebook has two decimals.
const LEAST: f64 = 0.005;

/// The file with the results, for the path of this file, or of a report's folder.
pub fn file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("results.json") } else { path.to_path_buf() }
}

/// The results in a file, or in the folder of a report.
pub fn read(path: &Path) -> Result<Results> {
    let file = file(path);
    let shown = file.display();
    let json = std::fs::read(&file).map_err(|error| {
        anyhow!("cannot read {shown}: {error}\n\n  next: name a results.json, or the folder of a report that has one")
    })?;
    let results: Results = serde_json::from_slice(&json).map_err(|error| {
        anyhow!("{shown} is not a results.json of this program, or it is broken: {error}\n\n  next: grade that class again, or name another file")
    })?;
    if results.version != VERSION {
        bail!(
            "{shown} is of version {}, and this program reads {VERSION}\n\n  next: grade that class again",
            results.version
        );
    }
    Ok(results)
}

/// Why verdicts of two gradings can't be compared, and what to do.
pub fn unlike(results: &Results, course: &Course, grading: &Grading) -> Option<&'static str> {
    let known = [&results.grading.secret_fingerprint, &grading.secret_fingerprint];
    if results.course != *course {
        Some("for another course (another title, other tasks or points): grade all of it again")
    } else if known[0] != known[1] {
        Some(
            "with hidden runs made from another secret: grade all of it again, with the same --secret FILE for all parts",
        )
    } else if results.grading != *grading {
        Some("with another compiler, checker or level of isolation: grade all of it again")
    } else {
        None
    }
}

/// A note for the instructor, if the hidden runs of the report in `out` were made from another secret.
pub fn other_secret(out: &Path, grading: &Grading) -> Option<String> {
    let previous = read(out).ok()?.grading.secret_fingerprint;
    (!previous.is_empty() && previous != grading.secret_fingerprint).then(|| {
        format!(
            "everything is graded again, with other hidden runs: the earlier report in {} was made with another secret (a drawn secret is lost together with target/). To keep the hidden runs, use a secret of your own: --secret FILE",
            out.display()
        )
    })
}

/// The part of the previous report about students who are not graded now.
#[derive(Default)]
pub struct Others {
    pub students: Vec<Student>,
    /// Which shard of the class the report is of.
    shard: Option<Shard>,
    /// Whether the report lists files that look alike.
    pub similarity: bool,
}

impl Others {
    /// Checks that these students keep their points under `settings`, because all students of a report have points by the
    /// same rules.
    ///
    /// # Errors
    /// If some would get other points or comments. The text names them.
    pub fn have_points_by(&self, settings: &Settings, out: &Path) -> Result<()> {
        let other = |student: &&Student| {
            let mut now = (*student).clone();
            settings.grant(&mut now);
            !same_points(student, &now)
        };
        let names: Vec<&str> = self.students.iter().filter(other).map(|own| &*own.name).collect();
        if names.is_empty() {
            return Ok(());
        }
        let more = names.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        bail!(
            "these students in {} would get other points or comments, because the late days, the points by hand or course.toml have changed: {}{more}\n  --only leaves them as they are, and all students of a report have points by the same rules.\n\n  next: leave out --only (verdicts are kept, so that is quick), or name the tables that the report was made with",
            out.display(),
            names[..names.len().min(NAMED)].join(", ")
        )
    }

    /// The shard of the class that the report is about.
    ///
    /// # Errors
    /// If the previous report is about one shard, and another one was `asked` for.
    pub fn shard(&self, asked: Option<Shard>, out: &Path) -> Result<Option<Shard>> {
        if asked.is_some() && asked != self.shard && !self.students.is_empty() {
            let all = self.shard.map_or("all of the class".into(), |shard| shard.to_string());
            bail!(
                "the earlier report in {} is of {all}, and another part was asked for\n\n  next: name the same --shard, or another folder with --report",
                out.display()
            );
        }
        Ok(asked.or(self.shard))
    }
}

/// The students of the report in `out` who are still in the `class`, and are not graded now.
///
/// # Errors
/// If they were graded in another way, so that points can't be compared.
pub fn others(
    out: &Path,
    (course, grading): (&Course, &Grading),
    class: &[&str],
    asked: &[&str],
) -> Result<Others> {
    if !out.join("results.json").is_file() {
        return Ok(Others::default());
    }
    let previous = read(out)?;
    if let Some(why) = unlike(&previous, course, grading) {
        return Err(anyhow!(
            "the others in {} were graded {why}\n\n  next: leave out --only, or name another folder with --report",
            out.display()
        ));
    }
    let stays = |student: &Student| {
        let name = student.name.as_str();
        class.contains(&name) && !asked.contains(&name)
    };
    Ok(Others {
        shard: previous.shard,
        similarity: previous.similar.is_some(),
        students: previous.students.into_iter().filter(stays).collect(),
    })
}

/// Whether a student has the same points for the same reasons.
fn same_points(one: &Student, other: &Student) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() < LEAST;
    let task = |(one, other): (&Graded, &Graded)| {
        close(one.points, other.points)
            && close(one.max_points, other.max_points)
            && (one.overridden, &one.comment) == (other.overridden, &other.comment)
    };
    close(one.points, other.points)
        && close(one.max_points, other.max_points)
        && close(one.late_penalty, other.late_penalty)
        && (one.days_late, &one.comment) == (other.days_late, &other.comment)
        && one.tasks.iter().zip(&other.tasks).all(task)
}

#[cfg(test)]
mod tests {
    use super::super::report::{self, example};
    use super::*;

    #[test]
    fn what_are_no_results_is_said_with_the_way_out() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("results.json");
        report::write(&example::class(), dir.path()).unwrap();
        let whole = std::fs::read_to_string(&file).unwrap();
        let older = whole.replacen("\"version\": 1", "\"version\": 0", 1);
        for (text, says) in [
            (&whole[..whole.len() / 2], "or it is broken: EOF"),
            ("{}", "is not a results.json of this program"),
            (&older, "is of version 0, and this program reads 1"),
        ] {
            std::fs::write(&file, text).unwrap();
            let error = read(dir.path()).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains("\n\n  next: "), "{error}");
        }
        let error = read(&dir.path().join("none")).unwrap_err().to_string();
        assert!(error.contains("\n\n  next: name a results.json"), "{error}");
    }

    #[test]
    fn another_secret_than_that_of_the_earlier_report_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let previous = example::class();
        let other = Grading { secret_fingerprint: "00".into(), ..previous.grading.clone() };
        assert_eq!(other_secret(dir.path(), &other), None, "there is none");
        report::write(&previous, dir.path()).unwrap();
        assert_eq!(other_secret(dir.path(), &previous.grading), None);
        let told = other_secret(dir.path(), &other).unwrap();
        assert!(told.contains("graded again") && told.contains("--secret FILE"), "{told}");
        // an old report does not say it
        let grading = Grading { secret_fingerprint: String::new(), ..previous.grading.clone() };
        report::write(&Results { grading, ..previous }, dir.path()).unwrap();
        assert_eq!(other_secret(dir.path(), &other), None);
    }

    #[test]
    fn a_part_stays_that_part_when_some_of_it_are_graded_again() {
        let [first, second] = [Shard { index: 1, of: 2 }, Shard { index: 2, of: 2 }];
        let others =
            |shard| Others { students: example::class().students, shard, similarity: false };
        let out = Path::new("out");
        assert_eq!(others(Some(first)).shard(None, out).unwrap(), Some(first));
        assert_eq!(others(Some(first)).shard(Some(first), out).unwrap(), Some(first));
        assert_eq!(others(None).shard(None, out).unwrap(), None);
        assert_eq!(Others::default().shard(Some(second), out).unwrap(), Some(second));
        for (shard, says) in [(Some(first), "of part 1 of 2,"), (None, "of all of the class,")] {
            let error = others(shard).shard(Some(second), out).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains("\n\n  next: "), "{error}");
        }
    }
}
