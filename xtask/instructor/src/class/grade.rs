//! From a submission to a student's results. The files of each task are compiled and run in the sandbox, on top of the
//! reference solutions of the tasks before it, so that one mistake costs points only once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use checker::contract::request::{Limits, Options};
use checker::format::count;
use checker::judge;
use checker::rules::before_build;
use checker::rules::dependency::Dependency;
use checker::tasks::Task;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Outcome, TaskReport, Verdict};
use xtask::build::kit::Kit;
use xtask::build::kit::calls::{Unlinked, Unread};
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::content::Content;
use xtask::build::kit::crates::Crate;
use xtask::build::{Harness, Package};
use xtask::stage;
use xtask::variant::{self, Variant};
use xtask::workbench;
use xtask::workspace::Workspace;

use super::confine::{Sandbox, names_of_limits};
use super::incomplete::{self, guarded, sentence};
use super::intake::{Stubs, Submission, Taken};
use super::results::{File, Graded, Student};
use super::review;
use super::settings::Settings;
use super::store::{Kept, Snapshots, Store, snapshots};
use crate::builders::crate_of;

mod own;

/// Grades submissions. Holds what all of them have in common.
pub struct Grader {
    workspace: Workspace,
    settings: Settings,
    kit: Kit,
    /// The kit that compiles submissions in the sandbox.
    compilation: Compilation,
    sandbox: Sandbox,
    /// The reference solutions, and their files.
    solutions: Vec<Variant>,
    course: PathBuf,
    /// What is known about the reference solution that each task builds on.
    upstream: BTreeMap<usize, Dependency>,
    /// The stubs, as they were handed out.
    stubs: Stubs,
    snapshots: BTreeMap<usize, Snapshots>,
    options: Options,
    store: Store,
    stop: Arc<AtomicBool>,
    /// Folders in which submissions are laid out. Each is used by one submission at a time.
    desks: Mutex<Vec<PathBuf>>,
    made_desks: AtomicUsize,
    /// Why verdicts could not be kept.
    not_kept: Mutex<Vec<String>>,
}

/// A task's files, and their verdict, if it is known already.
struct Work<'a> {
    taken: &'a Taken,
    name: String,
    kept: Option<Kept>,
    /// Notes on how it was judged.
    note: Option<String>,
}

impl Grader {
    /// Prepares the grading: compiles the reference solutions, outside of the sandbox.
    pub fn new(
        workspace: &Workspace,
        settings: Settings,
        kit: Kit,
        sandbox: Sandbox,
        seed: u64,
        store: Store,
        stop: Arc<AtomicBool>,
    ) -> Result<Self> {
        clear_desks(&stage::own_folder(workspace).join(DESKS));
        let solutions = variant::solutions(workspace);
        let course = stage::own_folder(workspace).join("class/course");
        variant::lay_out(workspace, &course, &solutions.iter().collect::<Vec<_>>())?;
        let trusted = Compilation::new(kit.clone());
        let crates: Vec<Crate> =
            solutions.iter().map(|solution| crate_of(&course, solution, &solutions)).collect();
        let limits = Limits { scenario: settings.run, ..Limits::default() };
        let mut upstream = BTreeMap::new();
        for own in &crates {
            let package = trusted.package(own)?;
            if let Some(why) = package.not_built {
                anyhow::bail!(
                    "the reference solution of {} can't be compiled: {why}",
                    own.task.name
                );
            }
            let Some(Harness::Library(library, _)) = &package.harness else {
                let (name, said) = (own.task.name, package.library_errors.join("\n"));
                anyhow::bail!("the reference solution of {name} does not compile:\n{said}");
            };
            let seen = judge::dependency(own.task, &sandbox.harness(library), limits)
                .with_context(|| format!("cannot run what {} is built on", own.task.name))?;
            let seen = seen.map_err(|verdict| cannot_be_built_on(own.task, &verdict))?;
            upstream.insert(own.task.number, seen);
        }
        let stub = |task: &Task| {
            let path = workspace.root.join("checker/stubs").join(format!("{}.rs", task.folder()));
            std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))
        };
        let tasks = || solutions.iter().map(|solution| solution.task);
        let stubs = tasks().map(|task| Ok((task.number, stub(task)?))).collect::<Result<_>>()?;
        let of_task = |task: &Task| snapshots(&workspace.crate_dir(task).join("tests/snapshots"));
        Ok(Self {
            snapshots: tasks().map(|task| (task.number, of_task(task))).collect(),
            stubs,
            compilation: confined(&kit, &sandbox),
            workspace: workspace.clone(),
            options: Options { seed, limits, ..workspace.options() },
            desks: Mutex::default(),
            made_desks: AtomicUsize::new(0),
            not_kept: Mutex::default(),
            settings,
            kit,
            sandbox,
            solutions,
            course,
            upstream,
            store,
            stop,
        })
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The stubs, as they were handed out.
    pub fn stubs(&self) -> &Stubs {
        &self.stubs
    }

    /// Grades a submission. None, if grading was stopped in the meantime. If the machine can't judge a task, the task says
    /// so, and the others are graded all the same.
    pub fn student(&self, submission: &Submission) -> Option<Student> {
        // a refused submission has no task, but may have points by hand
        let tasks = self.works(submission).into_iter().map(Self::graded).collect();
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.line(&submission.name, submission.refused.clone(), tasks))
    }

    /// The results of a student for whom nothing could be graded, with the reason.
    pub fn not_graded(&self, name: &str, why: &str) -> Student {
        let task = |solution: &Variant| bare(solution.task, not_judged_as(why.into()));
        self.line(name, None, self.solutions.iter().map(task).collect())
    }

    /// For tasks of `student` that could not be judged now, takes the verdicts from `earlier`.
    pub fn keep_earlier(&self, student: &mut Student, earlier: Option<&Student>) {
        incomplete::keep_earlier(student, earlier, |graded| graded.points);
        self.settings.grant(student);
    }

    /// The note on verdicts that could not be kept: how many, and the first reason. None, if all are kept.
    pub fn not_kept(&self) -> Option<String> {
        let errors = self.not_kept.lock().unwrap_or_else(PoisonError::into_inner);
        let first = errors.first()?;
        let many = count(errors.len(), "verdict");
        Some(format!("{many} could not be kept, so the next grading makes them again: {first}"))
    }

    /// All tasks of a submission with their verdicts. None, if grading was stopped.
    fn works<'a>(&self, submission: &'a Submission) -> Vec<Work<'a>> {
        let mut works: Vec<Work> =
            submission.tasks.iter().map(|taken| self.look_at(taken)).collect();
        if works.iter().any(|work| work.kept.is_none()) {
            let judged = self.at_a_desk(|desk| {
                self.judge(&mut works, desk);
                Ok(())
            });
            if let Err(error) = judged {
                let open = works.iter_mut().filter(|work| work.kept.is_none());
                open.for_each(|work| work.kept = Some(self.not_judged(&error)));
            }
        }
        for at in 0..works.len() {
            if own::may_need_it(&works[at])
                && let Err(error) = self.at_a_desk(|desk| self.judge_on_own(&mut works, at, desk))
            {
                works[at].kept = Some(self.not_judged(&error));
            }
        }
        works
    }

    /// The verdict on a task's files, if it is clear without compiling them.
    fn look_at<'a>(&self, taken: &'a Taken) -> Work<'a> {
        let name = self.name(taken);
        let snapshots = self.snapshots.get(&taken.task.number);
        let at_once = |verdict| Kept { verdict, took_ms: 0, snapshots: Snapshots::new() };
        let kept = if let Some(why) = &taken.refused {
            let text = why.clone();
            let refused =
                Diagnosis { code: Code::InvalidSubmission, text, place: None, call: None };
            Some(at_once(Verdict::of(refused)))
        } else if taken.is_missing() {
            Some(at_once(Verdict::new(Outcome::Missing)))
        } else if self.is_stub(taken) {
            Some(at_once(Verdict::new(Outcome::Untouched)))
        } else {
            let files = taken.files.iter().map(|(path, text)| (path.as_path(), text.as_str()));
            let ruled = before_build::of_files(taken.task, files).map(at_once);
            let known = || self.store.get(&name, snapshots?);
            ruled.or_else(|| known().filter(|kept| self.can_be_reviewed(&kept.verdict.pending)))
        };
        Work { taken, name, kept, note: None }
    }

    /// Whether all pending snapshots of a verdict still exist, as far as they may be written. If one was removed, the
    /// submission has to be run again to write it.
    fn can_be_reviewed(&self, pending: &[PathBuf]) -> bool {
        !self.options.write_pending || review::all_there(&self.workspace.root, pending)
    }

    fn is_stub(&self, taken: &Taken) -> bool {
        let mut files = taken.files.values();
        match (files.next(), files.next()) {
            (Some(only), None) => self.stubs.get(&taken.task.number) == Some(only),
            _ => false,
        }
    }

    /// The name of everything that a verdict depends on, except snapshots.
    fn name(&self, taken: &Taken) -> String {
        let mut content = Content::of("verdict");
        content.add(self.kit.name().as_bytes());
        content.add(taken.task.name.as_bytes());
        content.add(format!("{:?} {}", self.options, names_of_limits()).as_bytes());
        for (path, text) in &taken.files {
            content.add(path.as_os_str().as_encoded_bytes());
            content.add(text.as_bytes());
        }
        // what it is compiled on top of, and how it is connected
        for solution in &self.solutions {
            let _ = content.add_path(&solution.lib, solution.task.name);
            content.add(solution.task.harness().as_bytes());
        }
        content.name()
    }

    /// Does `job` in a folder that nobody else uses. The folder is empty before and afterwards.
    fn at_a_desk(&self, job: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let free = self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let desk = free.unwrap_or_else(|| {
            let number = self.made_desks.fetch_add(1, Ordering::Relaxed);
            let folder = format!("{}-{number}", std::process::id());
            stage::own_folder(&self.workspace).join(DESKS).join(folder)
        });
        let _ = std::fs::remove_dir_all(&desk);
        let done = guarded(|| job(&desk));
        let _ = std::fs::remove_dir_all(&desk);
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        done
    }

    /// Judges the tasks without a verdict, which are laid out on `desk`, unless grading is stopped.
    fn judge(&self, works: &mut [Work], desk: &Path) {
        let mut crates = Vec::new();
        for work in works.iter_mut().filter(|work| work.kept.is_none()) {
            match self.lay_out(work.taken, desk) {
                Ok(own) => crates.push(own),
                Err(error) => work.kept = Some(self.not_judged(&error)),
            }
        }
        self.compilation.prepare(&crates);
        let open = works.iter_mut().filter(|work| work.kept.is_none());
        for (work, own) in open.zip(&crates) {
            let judged = guarded(|| self.judge_one(&work.name, own));
            if self.stop.load(Ordering::Relaxed) {
                // a run that is ended from outside gives no verdict
                break;
            }
            work.kept = Some(judged.unwrap_or_else(|error| self.not_judged(&error)));
        }
    }

    /// The verdict on `own`. It is kept under this name, unless grading is stopped in the meantime.
    fn judge_one(&self, name: &str, own: &Crate) -> Result<Kept> {
        let begun = Instant::now();
        let upstream = Some(&self.upstream[&own.task.number]);
        let verdict = match self.compilation.package(own) {
            Ok(package) => self.verdict(own, &package, upstream)?,
            // a file outside of the crate; its name may show only after macros are expanded
            Err(error) if error.is::<Unread>() => before_build::reaches_for_a_file(own.task),
            Err(error) if error.is::<Unlinked>() => before_build::can_not_be_linked(own.task),
            Err(error) => return Err(error),
        };
        Ok(self.keep(name, own, verdict, begun))
    }

    /// Keeps the verdict on `own` under this name. `begun` is when judging began.
    fn keep(&self, name: &str, own: &Crate, mut verdict: Verdict, begun: Instant) -> Kept {
        // they are written through a link, to the course
        let of_the_course = |path: &mut PathBuf| {
            if let Ok(inside) = path.strip_prefix(own.dir()) {
                *path = own.folder.join(inside);
            }
        };
        verdict.pending.iter_mut().for_each(of_the_course);
        let snapshots = self.snapshots.get(&own.task.number).cloned().unwrap_or_default();
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let kept = Kept { verdict, took_ms, snapshots };
        if self.stop.load(Ordering::Relaxed) {
            return kept;
        }
        if let Err(error) = self.store.put(name, &kept) {
            // the verdict is valid all the same
            let mut errors = self.not_kept.lock().unwrap_or_else(PoisonError::into_inner);
            errors.push(format!("{error:#}"));
        }
        kept
    }

    /// Writes a task's files to the place where they are compiled. The path is always the same, so that the same file is
    /// compiled only once, whoever handed it in.
    fn lay_out(&self, taken: &Taken, desk: &Path) -> Result<Crate> {
        let folder = Path::new("crates").join(taken.task.folder());
        let own = desk.join(&folder);
        let course = self.workspace.crate_dir(taken.task);
        let write = || -> std::io::Result<()> {
            for (path, text) in &taken.files {
                let path = own.join(path);
                std::fs::create_dir_all(path.parent().unwrap_or(&own))?;
                std::fs::write(path, text)?;
            }
            std::fs::copy(course.join("README.md"), own.join("README.md"))?;
            // the course's own folder, so that new snapshots wait there for review
            std::os::unix::fs::symlink(course.join("tests"), own.join("tests"))
        };
        write().with_context(|| format!("cannot write {}", desk.display()))?;
        let upstream = taken.task.dependency_tasks().filter_map(|up| {
            let solution = self.solutions.iter().find(|own| own.task.number == up.number)?;
            Some(crate_of(&self.course, solution, &self.solutions))
        });
        Ok(Crate { task: taken.task, root: desk.into(), folder, upstream: upstream.collect() })
    }

    /// The verdict on a crate. If nothing is known about the function that it builds on, this is found out first.
    fn verdict(
        &self,
        own: &Crate,
        package: &Package,
        upstream: Option<&Dependency>,
    ) -> Result<Verdict> {
        let library = match workbench::harness(own.task, package, &own.dir()) {
            Ok(Some(Harness::Library(library, _))) => library,
            Ok(_) => {
                anyhow::bail!("{} could not be built, and no reason was reported", own.task.name)
            }
            Err(not_compiled) => return Ok(*not_compiled),
        };
        let harness = self.sandbox.harness(&library);
        let judged = match upstream {
            Some(upstream) => judge::built_on(upstream, own.task, &harness, &self.options),
            None => judge::task(own.task, &harness, &self.options),
        };
        let mut verdict =
            judged.with_context(|| format!("cannot run a submission of {}", own.task.name))?;
        if !package.warnings.is_empty() {
            verdict.warnings = Some(package.warnings.join("\n"));
        }
        Ok(verdict)
    }

    /// A task of a submission, without points: [`Settings::grant`] adds them.
    fn graded(work: Work) -> Graded {
        let Work { taken, kept, note, .. } = work;
        let stopped =
            || not_judged_as("Grading came to an end before it was judged. Grade again.".into());
        let file = |(path, text): (&PathBuf, &String)| File {
            path: path.display().to_string(),
            text: text.clone(),
        };
        Graded {
            notes: taken.notes.iter().cloned().chain(note).collect(),
            nearly: taken.nearly.clone(),
            files: taken.files.iter().map(file).collect(),
            ..bare(taken.task, kept.unwrap_or_else(stopped))
        }
    }

    /// The verdict that the machine could not judge a task because of this error.
    fn not_judged(&self, error: &anyhow::Error) -> Kept {
        not_judged_as(sentence(error, &self.workspace.root))
    }

    fn line(&self, name: &str, refused: Option<String>, tasks: Vec<Graded>) -> Student {
        let mut student = Student {
            name: name.into(),
            refused,
            days_late: 0,
            late_penalty: 0.0,
            points: 0.0,
            max_points: 0.0,
            points_by_hand: false,
            comment: None,
            tasks,
        };
        self.settings.grant(&mut student);
        student
    }
}

/// A task with its verdict, without points ([`Settings::grant`] adds them), and without its files.
fn bare(task: &'static Task, kept: Kept) -> Graded {
    Graded {
        points: 0.0,
        max_points: 0.0,
        overridden: false,
        comment: None,
        notes: Vec::new(),
        nearly: Vec::new(),
        files: Vec::new(),
        not_now: None,
        took_ms: kept.took_ms,
        report: TaskReport::new(task, kept.verdict),
    }
}

/// The error if too little is known about the reference solution that `task` builds on. Then nothing can be graded.
fn cannot_be_built_on(task: &Task, verdict: &Verdict) -> anyhow::Error {
    let said = verdict.not_judged.as_deref();
    let said = said.or(verdict.diagnoses.first().map(|first| first.text.as_str()));
    anyhow!(
        "submissions of {} can't be judged on top of the reference solution: {}\n\n  next: grade again; if that does not help, cargo xtask selfcheck --only {}/solution",
        task.name,
        said.unwrap_or("it is not written yet."),
        task.folder()
    )
}

/// The verdict that the machine could not judge a task, with the reason.
fn not_judged_as(why: String) -> Kept {
    Kept { verdict: Verdict::not_judged(why), took_ms: 0, snapshots: Snapshots::new() }
}

/// Compiles in the sandbox.
fn confined(kit: &Kit, sandbox: &Sandbox) -> Compilation {
    Compilation::new(kit.clone().called_by(Arc::new(sandbox.clone())))
}

/// The folder of all desks. Each desk is named after its process.
const DESKS: &str = "class/desk";

/// Removes desks of processes that ended in the middle of their work.
fn clear_desks(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.split('-').next().unwrap_or_default();
        if !Path::new("/proc").join(owner).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
