//! From a submission to a student's results. The files of each task are compiled and run in the sandbox, on top of the
//! reference solutions of the tasks before it, so that one mistake costs points only once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use checker::contract::request::Options;
use checker::format::count;
use checker::judge;
use checker::rules::before_build;
use checker::rules::dependency::Dependency;
use checker::tasks::Task;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Outcome, TaskReport, Verdict};
use xtask::build::kit::Kit;
use xtask::build::kit::answer::{Unlinked, Unread};
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::content::Content;
use xtask::build::kit::crates::Crate;
use xtask::build::{Harness, Package};
use xtask::source_override::SourceOverride;
use xtask::workbench;
use xtask::workspace::Workspace;

use super::confine::{Sandbox, names_of_limits};
use super::incomplete::{self, guarded, sentence};
use super::intake::{Stubs, Submission, Taken};
use super::results::{File, Graded, Student};
use super::review;
use super::settings::Settings;
use super::store::{Kept, Snapshots, Store};
use crate::builders::crate_of;

mod prepare;
mod scratch;
mod student_dependencies;

use scratch::ScratchFolders;

/// Grades submissions. Holds what all of them have in common.
pub struct Grader {
    workspace: Workspace,
    settings: Settings,
    kit: Kit,
    /// The kit that compiles submissions in the sandbox.
    compilation: Compilation,
    sandbox: Sandbox,
    /// The reference solutions, and their files.
    solutions: Vec<SourceOverride>,
    course: PathBuf,
    /// What is known about the reference solutions that each task depends on.
    dependencies: BTreeMap<usize, Dependency>,
    /// The stubs, as they were handed out.
    stubs: Stubs,
    snapshots: BTreeMap<usize, Snapshots>,
    options: Options,
    store: Store,
    stop: Arc<AtomicBool>,
    scratch: ScratchFolders,
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
        let task = |solution: &SourceOverride| bare(solution.task, not_judged_as(why.into()));
        self.line(name, None, self.solutions.iter().map(task).collect())
    }

    /// For tasks of `student` that could not be judged now, takes the verdicts from the `previous` grading.
    pub fn keep_previous(&self, student: &mut Student, previous: Option<&Student>) {
        incomplete::keep_previous(student, previous, |graded| graded.points);
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
            let judged = self.scratch.with(|scratch| {
                self.judge(&mut works, scratch);
                Ok(())
            });
            if let Err(error) = judged {
                let open = works.iter_mut().filter(|work| work.kept.is_none());
                open.for_each(|work| work.kept = Some(self.not_judged(&error)));
            }
        }
        for at in 0..works.len() {
            if student_dependencies::may_need_them(&works[at])
                && let Err(error) = self
                    .scratch
                    .with(|scratch| self.judge_on_student_dependencies(&mut works, at, scratch))
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

    /// Judges the tasks without a verdict, which are laid out in the folder `scratch`, unless grading is stopped.
    fn judge(&self, works: &mut [Work], scratch: &Path) {
        let mut crates = Vec::new();
        for work in works.iter_mut().filter(|work| work.kept.is_none()) {
            match self.lay_out(work.taken, scratch) {
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
        let dependency = Some(&self.dependencies[&own.task.number]);
        let verdict = match self.compilation.package(own) {
            Ok(package) => self.verdict(own, &package, dependency)?,
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
    fn lay_out(&self, taken: &Taken, scratch: &Path) -> Result<Crate> {
        let folder = Path::new("crates").join(taken.task.folder());
        let own = scratch.join(&folder);
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
        write().with_context(|| format!("cannot write {}", scratch.display()))?;
        let dependencies = taken.task.dependency_tasks().filter_map(|needed| {
            let solution = self.solutions.iter().find(|own| own.task.number == needed.number)?;
            Some(crate_of(&self.course, solution, &self.solutions))
        });
        Ok(Crate {
            task: taken.task,
            root: scratch.into(),
            folder,
            dependencies: dependencies.collect(),
        })
    }

    /// The verdict on a crate. If nothing is known about the function that it builds on, this is found out first.
    fn verdict(
        &self,
        own: &Crate,
        package: &Package,
        dependency: Option<&Dependency>,
    ) -> Result<Verdict> {
        let library = match workbench::harness(own.task, package, &own.dir()) {
            Ok(Some(Harness::Library(library, _))) => library,
            Ok(_) => {
                anyhow::bail!("{} could not be built, and no reason was reported", own.task.name)
            }
            Err(not_compiled) => return Ok(*not_compiled),
        };
        let harness = self.sandbox.harness(&library);
        let judged = match dependency {
            Some(dependency) => judge::built_on(dependency, own.task, &harness, &self.options),
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

/// The verdict that the machine could not judge a task, with the reason.
fn not_judged_as(why: String) -> Kept {
    Kept { verdict: Verdict::not_judged(why), took_ms: 0, snapshots: Snapshots::new() }
}

/// Compiles in the sandbox.
fn confined(kit: &Kit, sandbox: &Sandbox) -> Compilation {
    Compilation::new(kit.clone().called_by(Arc::new(sandbox.clone())))
}
