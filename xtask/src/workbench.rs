//! From tasks to a report: builds and judges tasks. A task waits if a task that it builds on is not right.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Result;
use checker::contract::request::{JudgeRequest, Options};
use checker::rules::before_build;
use checker::rules::manifest;
use checker::tasks::Task;
use checker::verdict::code::Code;
use checker::verdict::{Outcome, Report, TaskReport, Verdict};

use crate::build::kit::Kit;
use crate::build::kit::compile::Compilation;
use crate::build::kit::crates::Crate;
use crate::build::site::{self, Verdicts};
use crate::build::{Build, Builder, Harness, Package};
use crate::migrate;
use crate::par_map::par_map;
use crate::workspace::Workspace;

mod not_compiled;

pub use not_compiled::harness;

/// Checks a workspace, once or many times, and keeps what can be kept between checks.
pub struct Workbench {
    workspace: Workspace,
    /// How to build. By default, with the kit where that is possible.
    builder: Option<Builder>,
    /// Whether compiler messages have colours.
    colour: bool,
    kit: Option<Kit>,
    passed: Arc<Passed>,
}

/// Verdicts on tasks that passed, by the contents that they were built from and the options that they were judged with.
type Passed = Mutex<HashMap<String, Verdict>>;

impl Workbench {
    pub fn new(workspace: Workspace, builder: Option<Builder>, colour: bool) -> Self {
        Self { workspace, builder, colour, kit: None, passed: Arc::default() }
    }

    /// Checks `asked` in the student's own crates. Their dependencies are checked, too, but not reported.
    pub fn check(&mut self, asked: &[&'static Task], options: &Options) -> Result<Report> {
        let passed = Arc::clone(&self.passed);
        let mut verdicts = self.with_builder(asked, |workspace, tasks, build| {
            Judging { workspace, build, options, asked, passed: &passed }.all(tasks)
        })?;
        let mut report = Report::new(options.seed);
        for task in asked {
            let unready = task
                .dependency_tasks()
                .filter(|dependency| !verdicts.get(&dependency.number).is_some_and(Verdict::right))
                .last();
            let verdict = match unready {
                Some(dependency) if !own_fault(verdicts.get(&task.number)) => {
                    Verdict::builds_on(dependency, verdicts.get(&dependency.number))
                }
                _ => verdicts.remove(&task.number).unwrap_or_else(|| not_built(task)),
            };
            verdicts.insert(task.number, verdict.clone());
            report.tasks.push(TaskReport::new(task, verdict));
        }
        if !self.workspace.is_reviewed() {
            report.without_review();
        }
        // the verdicts stay as they are, because the copy may be older than those files
        let infos = asked.iter().map(|task| task.info);
        report.notes.extend(manifest::lost(&self.workspace.root, infos));
        report.notes.extend(migrate::notes(&self.workspace, asked));
        Ok(report)
    }

    /// The harness of a task, or the verdict that explains why it can't be built.
    pub fn harness(
        &mut self,
        task: &'static Task,
    ) -> Result<std::result::Result<Harness, Box<Verdict>>> {
        let (mut ready, mut unready) = (None, HashMap::new());
        let mut verdicts = self.with_builder(&[task], |workspace, tasks, build| {
            let mut verdicts = Verdicts::new();
            let others = tasks.iter().filter(|other| other.number != task.number);
            if others.clone().count() < tasks.len() {
                match harness(task, &build.package(task)?, &workspace.crate_dir(task)) {
                    Ok(harness) => ready = harness,
                    Err(verdict) => drop(verdicts.insert(task.number, *verdict)),
                }
            }
            if ready.is_none() && verdicts.is_empty() {
                for dependency in others {
                    match harness(
                        dependency,
                        &build.package(dependency)?,
                        &workspace.crate_dir(dependency),
                    ) {
                        Ok(Some(_)) => continue,
                        Ok(None) => {
                            unready.insert(dependency.number, Verdict::waiting_for(dependency.name))
                        }
                        Err(verdict) => unready.insert(dependency.number, *verdict),
                    };
                    break;
                }
            }
            Ok(verdicts)
        })?;
        Ok(match (ready, verdicts.remove(&task.number)) {
            (Some(harness), _) => Ok(harness),
            (None, Some(verdict)) => Err(Box::new(verdict)),
            // the first dependency that does not compile or is not begun, as in a check
            (None, None) => {
                let verdict = |dependency: &Task| {
                    verdicts.get(&dependency.number).or(unready.get(&dependency.number))
                };
                let stuck = |dependency: &&'static Task| {
                    self.workspace.is_untouched(dependency) || verdict(dependency).is_some()
                };
                Err(Box::new(match task.dependency_tasks().filter(stuck).last() {
                    Some(dependency) => Verdict::builds_on(dependency, verdict(dependency)),
                    None => not_built(task),
                }))
            }
        })
    }

    /// Does `job` with `asked` and their dependencies, as far as they can be built. Returns the verdicts of the job, together
    /// with the verdicts on tasks that can't be built.
    fn with_builder(
        &mut self,
        asked: &[&'static Task],
        mut job: impl FnMut(&Workspace, &[&'static Task], &dyn Build) -> Result<Verdicts>,
    ) -> Result<Verdicts> {
        let all = with_dependencies(asked);
        migrate::nothing_is_missed(&self.workspace, &all)?;
        let mut verdicts = site::broken(&self.workspace, &all);
        for task in
            all.iter().filter(|task| !verdicts.contains_key(&task.number)).collect::<Vec<_>>()
        {
            // this verdict is clear without building, and is the same in a class
            let refused = before_build::verdict(task, &self.workspace.crate_dir(task));
            verdicts.extend(refused.map(|verdict| (task.number, verdict)));
        }
        if self.builder != Some(Builder::Cargo) {
            let tasks = site::buildable(&self.workspace, &all, &verdicts);
            let done = self.by_kit(&tasks, |workspace, build| job(workspace, &tasks, build));
            match done {
                Ok(done) => {
                    verdicts.extend(done);
                    return Ok(verdicts);
                }
                Err(error) if self.builder == Some(Builder::Kit) => {
                    return Err(
                        error.context("the kit can't be used here (`--builder cargo` works)")
                    );
                }
                // the student need not know why the kit can't build it: cargo builds it, or gives a better message
                Err(_) => {}
            }
        }
        let made = site::build(&self.workspace, &all, &mut verdicts, self.colour)?;
        let tasks = site::buildable(&self.workspace, &all, &verdicts);
        verdicts.extend(job(&self.workspace, &tasks, &made)?);
        Ok(verdicts)
    }

    /// Does `job` with the kit builder, which can build `tasks`.
    fn by_kit<Done>(
        &mut self,
        tasks: &[&'static Task],
        mut job: impl FnMut(&Workspace, &dyn Build) -> Result<Done>,
    ) -> Result<Done> {
        for task in tasks {
            self.workspace.is_plain(task)?;
        }
        let workspace = &self.workspace;
        let mut with = |kit: &Kit| {
            kit.warm_up();
            let compilation = Compilation::in_a_hurry(kit.clone(), self.colour);
            job(workspace, &ByKit { workspace: workspace.clone(), compilation })
        };
        if let Some(kit) = self.kit.take() {
            // whether it is still the current kit is checked while it works
            let (current, done) = std::thread::scope(|scope| {
                let current = scope.spawn(|| kit.is_current(workspace));
                let done = with(&kit);
                (current.join().unwrap_or(false), done)
            });
            if current {
                self.kit = Some(kit);
                return done;
            }
        }
        let kit = Kit::of(workspace, self.builder == Some(Builder::Kit))?;
        let done = with(&kit);
        self.kit = Some(kit);
        done
    }
}

/// The kit builder in the student's workspace.
struct ByKit {
    workspace: Workspace,
    compilation: Compilation,
}

impl Build for ByKit {
    fn package(&self, task: &'static Task) -> Result<Package> {
        self.compilation.package(&Crate::in_the_course(&self.workspace, task))
    }
}

/// Checks `asked` in the student's own crates, once.
pub fn check(
    workspace: &Workspace,
    asked: &[&'static Task],
    options: &Options,
    colour: bool,
) -> Result<Report> {
    Workbench::new(workspace.clone(), None, colour).check(asked, options)
}

/// The tasks and all their dependencies, in course order.
fn with_dependencies(asked: &[&'static Task]) -> Vec<&'static Task> {
    let mut all: Vec<&'static Task> = asked
        .iter()
        .flat_map(|task| task.dependency_tasks())
        .chain(asked.iter().copied())
        .collect();
    all.sort_by_key(|task| task.number);
    all.dedup_by_key(|task| task.number);
    all
}

/// The verdict if building a task gave neither a harness nor an error, although all its dependencies are right.
fn not_built(task: &Task) -> Verdict {
    Verdict::not_judged(format!(
        "{} could not be built, and no reason was reported. Remove the folder `target`, and check again. If it happens again, please report it.",
        task.name
    ))
}

/// Whether the verdict is about the crate itself (missing, broken, refused). Then it is reported whatever the crate builds
/// on.
fn own_fault(verdict: Option<&Verdict>) -> bool {
    let by_itself = |code| {
        use Code::{ExtraCrate, ForbiddenApi, InvalidSubmission, Manifest, Unsafe};
        matches!(code, Manifest | ExtraCrate | ForbiddenApi | InvalidSubmission | Unsafe)
    };
    verdict.is_some_and(|v| v.outcome == Outcome::Missing || v.code().is_some_and(by_itself))
}

/// Builds and judges tasks.
struct Judging<'a> {
    workspace: &'a Workspace,
    build: &'a dyn Build,
    options: &'a Options,
    asked: &'a [&'static Task],
    passed: &'a Passed,
}

impl Judging<'_> {
    /// Builds and judges `tasks`, which are in course order, as many at a time as there are processors. One task can be
    /// judged while another is still compiled. A task that builds on a task that is not right is not judged, because it would
    /// only show the same mistake again.
    fn all(&self, tasks: &[&'static Task]) -> Result<Verdicts> {
        let rights: Vec<OnceLock<bool>> = tasks.iter().map(|_| OnceLock::new()).collect();
        let right = |dependency: &Task| {
            let at = tasks.iter().position(|task| task.number == dependency.number);
            at.is_some_and(|at| *rights[at].wait())
        };
        let judged = par_map(tasks, |task| {
            let package = self.build.package(task);
            let verdict = package.and_then(|package| {
                let ready = task.dependency_tasks().all(right);
                if ready { self.one(task, &package) } else { Ok(None) }
            });
            // other tasks wait for this result, whatever it is
            let is_right = matches!(&verdict, Ok(Some(verdict)) if verdict.right());
            let at = tasks.iter().position(|own| own.number == task.number);
            let _ = rights[at.expect("one of them")].set(is_right);
            verdict
        });
        let mut verdicts = Verdicts::new();
        for (task, verdict) in tasks.iter().zip(judged) {
            // a task that was not built and has no error depends on a task that does not compile
            if let Some(verdict) = verdict? {
                verdicts.insert(task.number, verdict);
            }
        }
        Ok(verdicts)
    }

    fn one(&self, task: &'static Task, package: &Package) -> Result<Option<Verdict>> {
        let passed = || self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = match &package.harness {
            // its path is computed from everything that it was made from
            Some(Harness::Library(library, _)) => {
                Some(format!("{} {:?}", library.path.display(), self.options))
            }
            _ => None,
        };
        if !self.asked.iter().any(|asked| asked.number == task.number)
            && let Some(known) = contents.as_ref().and_then(|name| passed().get(name).cloned())
        {
            return Ok(Some(known));
        }
        let verdict = one(task, package, &self.workspace.crate_dir(task), self.options)?;
        Ok(verdict.map(|mut verdict| {
            let begun = !matches!(verdict.outcome, Outcome::Untouched | Outcome::DidNotCompile);
            if begun && !package.warnings.is_empty() {
                verdict.warnings = Some(package.warnings.join("\n"));
            }
            if let Some(contents) = contents.filter(|_| verdict.right()) {
                passed().insert(contents, verdict.clone());
            }
            verdict
        }))
    }
}

/// The verdict on one built package. None, if it could not be built and the package is not the reason.
pub fn one(
    task: &'static Task,
    package: &Package,
    crate_dir: &Path,
    options: &Options,
) -> Result<Option<Verdict>> {
    Ok(match harness(task, package, crate_dir) {
        Ok(Some(harness)) => Some(harness.ask(&JudgeRequest::Verdict(*options))?),
        Ok(None) => None,
        Err(not_compiled) => Some(*not_compiled),
    })
}
