//! `cargo xtask check --submissions DIR --report OUT`: grades a class. `inputs` reads what the options name.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use checker::format::count;
use checker::show::wrap;
use clap::Args;
use sandbox::Level;
use xtask::build::kit::Kit;
use xtask::par_map::{par_map_with, processors};
use xtask::workspace::Workspace;
use xtask::{UNABLE, say};

use super::confine::Sandbox;
use super::grade::Grader;
use super::incomplete::guarded;
use super::intake::{Bounds, Entry};
use super::lock::Lock;
use super::progress::Progress;
use super::results::{Grading, Results, Student, VERSION};
use super::shard::Shard;
use super::{incomplete, previous_report, report, review, similar, summary};

mod inputs;

/// Grade a class of submissions in a sandbox
///
/// DIR holds one folder or archive (.zip, .tar, .tar.gz, .tgz) for each student: the whole course, or the files of its
/// tasks. DIR may also be the unpacked bulk download of Canvas, Blackboard or Moodle. Submissions are compiled and run in a
/// sandbox, on top of the reference solutions of earlier tasks. Verdicts are kept in OUT/graded. So if you grade again, only
/// what has changed is graded, and an interrupted grading goes on.
///
/// Exit codes: 0 the class is graded, whatever the verdicts are; 2 the command could not do its work, or not all of it (the
/// report then says what is missing).
#[derive(Args)]
pub struct Check {
    /// The folder with a submission for each student
    #[arg(long, value_name = "DIR")]
    submissions: PathBuf,
    /// The folder to write the reports to
    #[arg(long, value_name = "OUT")]
    report: PathBuf,
    /// The lowest level of isolation that you accept: A, B or C (docs/isolation.md says what each level promises)
    #[arg(long, default_value = "B", value_name = "LEVEL")]
    isolation: Level,
    /// A file with the secret from which the hidden runs are made [default: the file of the earlier report, or else a secret
    /// that is drawn at random and kept]. `none`: use the drawn secret
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// A table of who is late: student,days or student,submitted,due [default: the table of the earlier report]. `none`: nobody
    /// is late any more
    #[arg(long, value_name = "FILE")]
    late: Option<PathBuf>,
    /// A table of points set by hand: student,task,points,comment [default: the table of the earlier report]. `none`: no points
    /// are set by hand any more
    #[arg(long = "override", value_name = "FILE")]
    by_hand: Option<PathBuf>,
    /// Grade these students only, and leave the others in the report as they are
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// How many submissions to grade at the same time [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Grade one part of the class: part I of N. `cargo xtask report` joins the parts
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// List files that look alike, so that you can compare them
    #[arg(long)]
    similarity: bool,
    /// Go on with an earlier grading, and fail if there is none (without this option, a grading goes on, too)
    #[arg(long, conflicts_with = "fresh")]
    resume: bool,
    /// Grade and compile everything again
    #[arg(long)]
    fresh: bool,
}

impl Check {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let class = self.class()?;
        let lock = Lock::take(&self.report)?;
        let before = self.before()?;
        let mut settings = self.settings(&workspace, &before, &class)?;
        let mut notes = self.notes(&class, &settings, &lock);
        let asked = self.asked(&class)?;
        let level = self.level()?;
        let secret = self.secret(&workspace, before.secret.as_ref(), &mut settings)?;
        let store = self.store()?;
        let kit = self.kit(&workspace)?;
        let stop = stop_on_interrupt()?;
        let sandbox = Sandbox::new(level, kit.clone(), Arc::clone(&stop));
        let grading = grading(level, &kit, secret.fingerprint);
        notes.extend(self.other_secret(&grading));
        let others = self.others((&settings, &grading), &class, &asked)?;
        let shard = others.shard(self.shard, &self.report)?;
        report::begin(&settings.made_with, &self.report)?;
        let grader =
            Grader::new(&workspace, settings, kit, sandbox, secret.seed, store, Arc::clone(&stop))?;
        say_line(&format!("isolation {level}: {}", level.promises()));

        let Some(graded) = self.grade(&grader, &asked, &stop, &workspace) else {
            return Ok(ExitCode::from(UNABLE));
        };
        notes.extend(grader.not_kept());
        notes.extend(note_on_kept(graded.len(), others.students.len()));
        let similarity = self.similarity || others.similarity;
        let students = joined(graded, others.students);
        let results = Results {
            version: VERSION,
            course: grader.settings().course.clone(),
            grading,
            made_with: Some(grader.settings().made_with.clone()),
            shard,
            incomplete: incomplete::of(&students),
            review: review::pending(&workspace.root, &students),
            similar: similarity.then(|| similar::alike(&students)),
            students,
            others: class.others,
        };
        self.write(&results, &notes)
    }

    /// Grades the students that were asked for, as many at a time as `--jobs` says. None, if ^C has stopped it. Then a
    /// message is printed.
    fn grade(
        &self,
        grader: &Grader,
        asked: &[&Entry],
        stop: &AtomicBool,
        workspace: &Workspace,
    ) -> Option<Vec<Student>> {
        let workers = self.jobs.map_or_else(processors, usize::from);
        let progress = Progress::new(asked.len());
        let graded = par_map_with(workers, asked, |entry| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            progress.begin(entry.name());
            let student =
                guarded(|| Ok(grader.student(&entry.read(&Bounds::default(), grader.stubs()))));
            progress.end(entry.name());
            student.unwrap_or_else(|error| {
                let why = incomplete::sentence(&error, &workspace.root);
                Some(grader.not_graded(entry.name(), &why))
            })
        });
        progress.finish();
        let mut students: Vec<Student> = graded.into_iter().flatten().collect();
        if students.len() < asked.len() {
            say(&stopped(students.len(), asked.len(), self.fresh));
            return None;
        }
        if let Ok(previous) = previous_report::read(&self.report) {
            for student in &mut students {
                let before = previous.students.iter().find(|before| before.name == student.name);
                grader.keep_previous(student, before);
            }
        }
        Some(students)
    }

    /// Writes the reports, and prints the summary.
    fn write(&self, results: &Results, notes: &[String]) -> Result<ExitCode> {
        let written = report::write(results, &self.report)?;
        let again =
            if self.fresh { "the same command without --fresh" } else { "the same command" };
        say(&incomplete::text(results, again));
        say(&summary::text(results, &self.report, &written, notes));
        let complete = results.incomplete.is_empty();
        Ok(if complete { ExitCode::SUCCESS } else { ExitCode::from(UNABLE) })
    }
}

/// How this grading is done, for the report.
fn grading(level: Level, kit: &Kit, secret_fingerprint: String) -> Grading {
    Grading {
        isolation: level.to_string(),
        promises: level.promises().into(),
        rustc: kit.rustc().version.lines().next().unwrap_or_default().into(),
        checker: kit.name().into(),
        secret: true,
        secret_fingerprint,
    }
}

/// The note on students who are kept as they were graded before.
fn note_on_kept(new: usize, kept: usize) -> Option<String> {
    let new = count(new, "student");
    (kept > 0).then(|| format!("{new} graded now, {kept} kept as graded before"))
}

/// All students of the report, by name.
fn joined(mut graded: Vec<Student>, others: Vec<Student>) -> Vec<Student> {
    graded.extend(others);
    graded.sort_by(|a, b| a.name.cmp(&b.name));
    graded
}

/// Prints a sentence on lines of its own.
fn say_line(sentence: &str) {
    say(&(wrap(sentence, 78).join("\n  ") + "\n"));
}

/// The message after ^C: how many of the class are graded.
fn stopped(graded: usize, of: usize, fresh: bool) -> String {
    let how = if fresh { " without --fresh" } else { "" };
    let text = format!(
        "stopped: {graded} of {of} are graded, and kept; the same command{how} goes on with the rest"
    );
    wrap(&text, 78).join("\n  ") + "\n"
}

/// A flag that is set when ^C is pressed. If ^C is pressed again, the command ends at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("\nstopping: gradings under way are abandoned, and finished ones are kept");
    };
    ctrlc::set_handler(handler).context("cannot listen for ^C")?;
    Ok(stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_anew_goes_on_only_without_that() {
        let text = |fresh| stopped(3, 12, fresh).replace("\n  ", " ");
        assert!(text(false).contains("; the same command goes on with the rest"));
        assert!(text(true).contains("; the same command without --fresh goes on with the rest"));
    }
}
