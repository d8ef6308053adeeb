//! `cargo xtask check --submissions DIR --report OUT`: grades a class.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, anyhow, bail};
use checker::format::{count, nearest};
use checker::show::wrap;
use clap::Args;
use sandbox::Level;
use xtask::build::kit::Kit;
use xtask::side_by_side::{processors, side_by_side_by};
use xtask::workspace::Workspace;
use xtask::{UNABLE, say, stage};

use super::confine::Sandbox;
use super::grade::Grader;
use super::incomplete::guarded;
use super::intake::{self, Bounds, Entry, Listing};
use super::lock::Lock;
use super::progress::Progress;
use super::results::{Grading, Results, Student, VERSION};
use super::secret::{self, Chosen};
use super::settings::Settings;
use super::settings::remembered::{self, MadeWith, Said};
use super::settings::table::Table;
use super::shard::Shard;
use super::store::Store;
use super::{incomplete, places, previous_report, report, review, similar, summary};

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
        let class = intake::entries(&self.submissions)?;
        places::has_a_class(&self.submissions)?;
        places::apart(&self.submissions, &self.report)?;
        places::receives_reports(&self.report)?;
        let lock = Lock::take(&self.report)?;
        let before = self.before()?;
        let mut settings = self.settings(&workspace, &before)?;
        settings.rename(|student| class.find(student))?;
        let names: Vec<&str> = class.entries.iter().map(Entry::name).collect();
        let mut notes: Vec<String> = lock.note.iter().cloned().collect();
        notes.extend(settings.notes(&names, &self.submissions));
        notes.extend(class.twins.iter().map(|(one, other)| {
            format!("`{one}` and `{other}` are graded as two students: if they are one, remove one of the two")
        }));
        notes.extend(class.notes.iter().cloned());
        let asked = self.asked(&class)?;

        let level = self.level()?;
        let drawn = stage::own_folder(&workspace).join("class/secret");
        let said = Said::of(self.secret.as_deref());
        let Chosen { secret, file, says } = secret::choose(said, before.secret.as_ref(), &drawn)?;
        says.iter().for_each(|line| say_line(line));
        settings.made_with.secret = file;
        let store = self.store()?;
        say("making ready …\n");
        let kit = Kit::of(&workspace, true)
            .context("a class is graded by the kit, which can't be made here")?;
        let kit = if self.fresh { kit.compiling_anew() } else { kit };
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
        if !matches!(said, Said::File(_)) {
            notes.extend(previous_report::other_secret(&self.report, &grading));
        }
        let asked_names: Vec<&str> = asked.iter().map(|entry| entry.name()).collect();
        let others = if self.only.is_empty() {
            previous_report::Others::default()
        } else {
            previous_report::others(
                &self.report,
                (&settings.course, &grading),
                &names,
                &asked_names,
            )?
        };
        others.have_points_by(&settings, &self.report)?;
        let shard = others.shard(self.shard, &self.report)?;
        report::begin(&settings.made_with, &self.report)?;
        let grader =
            Grader::new(&workspace, settings, kit, sandbox, secret.seed, store, Arc::clone(&stop))?;
        say_line(&format!("isolation {level}: {}", level.promises()));

        let workers = self.jobs.map_or_else(processors, usize::from);
        let progress = Progress::new(asked.len());
        let graded = side_by_side_by(workers, &asked, |entry| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            progress.begin(entry.name());
            let student =
                guarded(|| Ok(grader.student(&entry.read(&Bounds::default(), grader.stubs()))));
            progress.end(entry.name());
            student.unwrap_or_else(|error| {
                Some(
                    grader.not_graded(entry.name(), &incomplete::sentence(&error, &workspace.root)),
                )
            })
        });
        progress.finish();

        let mut students: Vec<Student> = graded.into_iter().flatten().collect();
        if students.len() < asked.len() {
            say(&stopped(students.len(), asked.len(), self.fresh));
            return Ok(ExitCode::from(UNABLE));
        }
        if let Ok(previous) = previous_report::read(&self.report) {
            for student in &mut students {
                let before = previous.students.iter().find(|before| before.name == student.name);
                grader.keep_earlier(student, before);
            }
        }
        notes.extend(grader.not_kept());
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
            made_with: Some(grader.settings().made_with.clone()),
            shard,
            incomplete: incomplete::of(&students),
            review: review::pending(&workspace.root, &students),
            similar: (self.similarity || others.similarity).then(|| similar::alike(&students)),
            students,
            others: class.others,
        };
        let written = report::write(&results, &self.report)?;
        let again =
            if self.fresh { "the same command without --fresh" } else { "the same command" };
        say(&incomplete::text(&results, again));
        say(&summary::text(&results, &self.report, &written, &notes));
        let complete = results.incomplete.is_empty();
        Ok(if complete { ExitCode::SUCCESS } else { ExitCode::from(UNABLE) })
    }

    /// What the previous report was made with. Empty if there was no previous report.
    fn before(&self) -> Result<MadeWith> {
        let before = MadeWith::of_report(&self.report)?;
        let named = self.late.is_some() && self.by_hand.is_some();
        if before.is_none() && !named {
            let previous = previous_report::read(&self.report).ok();
            previous.as_ref().and_then(remembered::unknown).iter().for_each(|line| say_line(line));
        }
        Ok(before.unwrap_or_default())
    }

    /// Points, due dates and exceptions, from the tables that are named, or else from those of `before`. Prints which.
    fn settings(&self, workspace: &Workspace, before: &MadeWith) -> Result<Settings> {
        let table = |kind, option: &Option<PathBuf>, before: &Option<Table>| {
            let said = Said::of(option.as_deref());
            let (table, says) = remembered::table(kind, said, before.as_ref())?;
            says.iter().for_each(|line| say_line(line));
            Ok::<_, anyhow::Error>(table)
        };
        let late = table(remembered::LATE, &self.late, &before.late)?;
        let by_hand = table(remembered::BY_HAND, &self.by_hand, &before.by_hand)?;
        Settings::read(workspace, late.as_ref(), by_hand.as_ref())
    }

    /// The students to grade.
    fn asked<'a>(&self, class: &'a Listing) -> Result<Vec<&'a Entry>> {
        let entries = &class.entries;
        let mut only: Vec<&str> = Vec::new();
        for name in &self.only {
            let names: Vec<&str> = entries.iter().map(Entry::name).collect();
            let found = class.find(name)?;
            only.push(found.ok_or_else(|| anyhow!(unknown(name, &names, &self.submissions)))?);
        }
        let shard = self.shard.unwrap_or(Shard::WHOLE);
        let own: Vec<&Entry> = shard.of(entries.iter()).collect();
        if only.is_empty() {
            return Ok(own);
        }
        if let Some(name) = only.iter().find(|name| !own.iter().any(|own| own.name() == **name)) {
            bail!(
                "`{name}` is not in {shard} of this class\n\n  next: leave out --only, or --shard"
            );
        }
        Ok(own.into_iter().filter(|own| only.contains(&own.name())).collect())
    }

    /// The best level that works on this machine. An error if that is lower than the level that was asked for.
    fn level(&self) -> Result<Level> {
        let best = sandbox::best_level().map_err(|why| anyhow!(why))?;
        if best > self.isolation {
            bail!(
                "this machine isolates submissions at level {best} only, and {} was asked for\n  {best}: {}\n\n  next: grade on a \
                 Linux of 5.13 or newer that allows namespaces and Landlock, or say --isolation {best} if that is \
                 enough for these submissions",
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
                "{} has no earlier grading that could go on\n\n  next: leave out --resume, or name the folder of an earlier report",
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

/// Prints a sentence on lines of its own.
fn say_line(sentence: &str) {
    say(&(wrap(sentence, 78).join("\n  ") + "\n"));
}

fn unwritable(error: anyhow::Error) -> anyhow::Error {
    anyhow!("{error:#}\n\n  next: name a folder with --report that you may write to")
}

/// The message that there is no submission with this name, with a guess which one was meant.
fn unknown(name: &str, names: &[&str], submissions: &Path) -> String {
    let near = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!(", which has {}", count(names.len(), "other")),
    };
    format!(
        "there is no submission of `{name}` in {}{near}\n\n  next: name the student's folder with --only, or the archive without its ending",
        submissions.display()
    )
}

/// The message after ^C: how many of the class are graded.
fn stopped(graded: usize, of: usize, fresh: bool) -> String {
    let how = if fresh { " without --fresh" } else { "" };
    let said = format!(
        "stopped: {graded} of {of} are graded, and kept; the same command{how} goes on with the rest"
    );
    wrap(&said, 78).join("\n  ") + "\n"
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
    fn a_name_that_is_nearly_one_is_guessed_and_else_it_is_said_how_many_there_are() {
        let said = |name| unknown(name, &["Anna", "ben"], Path::new("in"));
        for (name, says) in [
            ("anna", "no submission of `anna` in in; did you mean `Anna`?\n\n  next: name the"),
            ("bem", "; did you mean `ben`?"),
            ("nobody", "no submission of `nobody` in in, which has 2 others\n\n  next: name the"),
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
