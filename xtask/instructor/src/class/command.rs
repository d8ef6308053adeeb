//! `cargo xtask check --submissions DIR --report OUT`: grades a class.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, anyhow, bail};
use checker::screen::wrap;
use checker::words::{count, nearest};
use clap::Args;
use sandbox::Level;
use xtask::build::kit::Kit;
use xtask::side_by_side::{processors, side_by_side_by};
use xtask::workspace::Workspace;
use xtask::{UNABLE, say, stage};

use super::confine::Sandbox;
use super::grade::Grader;
use super::intake::{self, Bounds, Entry, Listing};
use super::part::Part;
use super::progress::Progress;
use super::results::{Grading, Results, Student, VERSION};
use super::secret::Secret;
use super::settings::Settings;
use super::store::Store;
use super::{earlier, places, report, review, similar, summary};

/// Grade a class of submissions, kept apart from this machine
///
/// DIR holds a folder or an archive (.zip, .tar, .tar.gz, .tgz) for each student: the whole course, or the files of its
/// tasks. It may be the bulk download of Canvas, Blackboard or Moodle, unpacked. What is handed in is compiled and run in a sandbox, on top of the reference solutions of the tasks before it. Verdicts are kept
/// in OUT/graded, so that grading again does only what has changed, and what was interrupted goes on.
///
/// Exit codes: 0 the class is graded, whatever the verdicts; 2 the command could not do its work, or not all of it.
#[derive(Args)]
pub struct Check {
    /// The folder with a submission for each student
    #[arg(long, value_name = "DIR")]
    submissions: PathBuf,
    /// The folder to write the reports to
    #[arg(long, value_name = "OUT")]
    report: PathBuf,
    /// The least level of isolation: A, B or C (docs/isolation.md says what each promises)
    #[arg(long, default_value = "B", value_name = "LEVEL")]
    isolation: Level,
    /// A file whose contents the hidden runs are made from (one is drawn and kept, if none is named)
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// A table of who is late: student,days or student,submitted,due
    #[arg(long, value_name = "FILE")]
    late: Option<PathBuf>,
    /// A table of points set by hand: student,task,points,comment
    #[arg(long = "override", value_name = "FILE")]
    by_hand: Option<PathBuf>,
    /// Grade these students only, and leave the others in the report as they are
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// How many submissions at a time (as many as there are processors, if it is not said)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Grade a part of the class: the I-th of N. `cargo xtask report` joins the parts
    #[arg(long, value_name = "I/N")]
    shard: Option<Part>,
    /// List files that look alike, as something to look at
    #[arg(long)]
    similarity: bool,
    /// Go on with what was interrupted. (That is so without it, too: it only makes sure that there is something)
    #[arg(long, conflicts_with = "fresh")]
    resume: bool,
    /// Grade everything anew
    #[arg(long)]
    fresh: bool,
}

impl Check {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let mut settings =
            Settings::read(&workspace, self.late.as_deref(), self.by_hand.as_deref())?;
        let class = intake::entries(&self.submissions)?;
        settings.rename(|student| class.find(student))?;
        places::has_a_class(&self.submissions)?;
        places::apart(&self.submissions, &self.report)?;
        places::receives_reports(&self.report)?;
        let names: Vec<&str> = class.entries.iter().map(Entry::name).collect();
        let mut notes = settings.notes(&names, &self.submissions);
        notes.extend(class.twins.iter().map(|(one, other)| {
            format!("`{one}` and `{other}` are graded as two students: remove one, if they are not")
        }));
        notes.extend(class.notes.iter().cloned());
        let asked = self.asked(&class)?;

        let level = self.level()?;
        let secret = match &self.secret {
            Some(path) => Secret::read(path)?,
            None => Secret::drawn(&stage::own_folder(&workspace).join("class/secret"))?,
        };
        let store = self.store()?;
        say("making ready …\n");
        let kit = Kit::of(&workspace, true)
            .context("a class is graded by the kit, which can't be made here")?;
        let stop = stop_on_interrupt()?;
        let sandbox = Sandbox::new(level, kit.clone(), Arc::clone(&stop));
        let grading = Grading {
            isolation: level.to_string(),
            promises: level.promises().into(),
            rustc: kit.rustc().version.lines().next().unwrap_or_default().into(),
            checker: kit.name().into(),
            secret: true,
            secret_fingerprint: secret.fingerprint,
        };
        if self.secret.is_none() {
            notes.extend(earlier::other_secret(&self.report, &grading));
        }
        let asked_names: Vec<&str> = asked.iter().map(|entry| entry.name()).collect();
        let others = if self.only.is_empty() {
            earlier::Others::default()
        } else {
            earlier::others(&self.report, (&settings.course, &grading), &names, &asked_names)?
        };
        let part = others.part(self.shard, &self.report)?;
        let grader =
            Grader::new(&workspace, settings, kit, sandbox, secret.seed, store, Arc::clone(&stop))?;
        say(&(wrap(&format!("isolation {level}: {}", level.promises()), 78).join("\n  ") + "\n"));

        let workers = self.jobs.map_or_else(processors, usize::from);
        let progress = Progress::new(asked.len());
        let graded = side_by_side_by(workers, &asked, |entry| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            progress.begin(entry.name());
            let submission = entry.read(&Bounds::default(), grader.stubs());
            let student = grader.student(&submission);
            progress.end(entry.name());
            Some(student.with_context(|| entry.name().to_string()))
        });
        progress.finish();

        let mut students: Vec<Student> = Vec::new();
        let mut failed = Vec::new();
        for student in graded.into_iter().flatten() {
            match student {
                Ok(student) => students.extend(student),
                Err(error) => failed.push(format!("{error:#}")),
            }
        }
        let missing = asked.len() - students.len() - failed.len();
        if missing > 0 {
            say(&stopped(students.len(), asked.len(), self.fresh));
            return Ok(ExitCode::from(UNABLE));
        }
        if !others.students.is_empty() {
            let (new, kept) = (count(students.len(), "student"), others.students.len());
            notes.push(format!("{new} graded now, {kept} kept as graded before"));
        }
        students.extend(others.students);
        students.sort_by(|a, b| a.name.cmp(&b.name));
        let results = Results {
            version: VERSION,
            course: grader.settings().course.clone(),
            grading,
            part,
            review: review::pending(&workspace.root, &students),
            similar: (self.similarity || others.similarity).then(|| similar::alike(&students)),
            students,
            others: class.others,
        };
        let written = report::write(&results, &self.report)?;
        say(&summary::text(&results, &self.report, &written, &notes));
        for failure in &failed {
            eprintln!("error: could not be graded: {failure}");
        }
        Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(UNABLE) })
    }

    /// Those of the class that are to be graded.
    fn asked<'a>(&self, class: &'a Listing) -> Result<Vec<&'a Entry>> {
        let entries = &class.entries;
        let mut only: Vec<&str> = Vec::new();
        for name in &self.only {
            let names: Vec<&str> = entries.iter().map(Entry::name).collect();
            let found = class.find(name)?;
            only.push(found.ok_or_else(|| anyhow!(unknown(name, &names, &self.submissions)))?);
        }
        let part = self.shard.unwrap_or(Part::WHOLE);
        let own: Vec<&Entry> = part.of(entries.iter()).collect();
        if only.is_empty() {
            return Ok(own);
        }
        if let Some(name) = only.iter().find(|name| !own.iter().any(|own| own.name() == **name)) {
            bail!(
                "`{name}` is not in {part} of this class\n\n  next: leave out --only, or --shard"
            );
        }
        Ok(own.into_iter().filter(|own| only.contains(&own.name())).collect())
    }

    /// The best level that works here; an error, if that is not enough.
    fn level(&self) -> Result<Level> {
        let best = sandbox::best_level().map_err(|why| anyhow!(why))?;
        if best > self.isolation {
            bail!(
                "this machine isolates submissions at level {best} only, and {} was asked for\n  {best}: {}\n  Grade on a \
                 Linux of 5.13 or newer that allows namespaces and Landlock, or say --isolation {best} if you trust \
                 these submissions so far",
                self.isolation,
                best.promises()
            );
        }
        Ok(best)
    }

    fn store(&self) -> Result<Store> {
        let folder = self.report.join(places::GRADED);
        if self.resume && !folder.is_dir() {
            bail!(
                "there is nothing to go on with in {}\n\n  next: leave out --resume, or name the folder of an earlier report",
                self.report.display()
            );
        }
        if self.fresh && folder.is_dir() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))
                .map_err(unwritable)?;
        }
        Store::new(folder).map_err(unwritable)
    }
}

fn unwritable(error: anyhow::Error) -> anyhow::Error {
    anyhow!("{error:#}\n\n  next: name a folder with --report that you may write to")
}

/// That there is no submission of this name, and which one was meant, if that can be guessed.
fn unknown(name: &str, names: &[&str], submissions: &Path) -> String {
    let near = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!(", which has {}", count(names.len(), "other")),
    };
    format!(
        "there is no submission of `{name}` in {}{near}\n\n  next: name one with --only as its folder is called, or its archive without the ending",
        submissions.display()
    )
}

/// What is said of a class of which so many are graded.
fn stopped(graded: usize, of: usize, fresh: bool) -> String {
    let how = if fresh { " without --fresh" } else { "" };
    let said = format!(
        "stopped: {graded} of {of} are graded, and kept; the same command{how} goes on with the rest"
    );
    wrap(&said, 78).join("\n  ") + "\n"
}

/// Something that is set when ^C is pressed; pressed twice, the command ends at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("\nstopping: what is being graded is given up, what was graded is kept");
    };
    ctrlc::set_handler(handler).context("cannot listen for ^C")?;
    Ok(stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_nearly_one_is_guessed_and_else_it_is_said_how_many_there_are() {
        let said = |name| unknown(name, &["Anna", "ben"], Path::new("in"));
        for (name, says) in [
            ("anna", "no submission of `anna` in in; did you mean `Anna`?\n\n  next: name one"),
            ("bem", "; did you mean `ben`?"),
            ("nobody", "no submission of `nobody` in in, which has 2 others\n\n  next: name one"),
        ] {
            assert!(said(name).contains(says), "{}", said(name));
        }
    }

    #[test]
    fn what_was_begun_anew_goes_on_only_without_that() {
        let said = |fresh| stopped(3, 12, fresh).replace("\n  ", " ");
        assert!(said(false).contains("; the same command goes on with the rest"));
        assert!(said(true).contains("; the same command without --fresh goes on with the rest"));
    }
}
