//! Prepares the grading: compiles the reference solutions and runs them, outside of the sandbox and in it. The result is a
//! [`Grader`] that knows all that submissions are judged with.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow, bail};
use checker::contract::request::{Depth, Limits, Options};
use checker::judge;
use checker::rules::dependency::Dependency;
use checker::run::client::Library;
use checker::tasks::Task;
use checker::verdict::Verdict;
use xtask::build::Harness;
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::source_override::{self, SourceOverride};
use xtask::workspace::Workspace;

use super::{Grader, ScratchFolders, confined};
use crate::builders::crate_of;
use crate::class::confine::Sandbox;
use crate::class::intake::Stubs;
use crate::class::settings::Settings;
use crate::class::store::{Store, snapshots};

impl Grader {
    /// Prepares the grading: compiles the reference solutions, outside of the sandbox.
    ///
    /// # Errors
    /// If the reference solutions can't be built or run, or files of the course can't be read.
    pub fn new(
        workspace: &Workspace,
        settings: Settings,
        kit: Kit,
        sandbox: Sandbox,
        seed: u64,
        store: Store,
        stop: Arc<AtomicBool>,
    ) -> Result<Self> {
        let scratch = ScratchFolders::new(workspace);
        let solutions = source_override::solutions(workspace);
        let course = workspace.generated_dir().join("class/course");
        source_override::lay_out(workspace, &course, &solutions.iter().collect::<Vec<_>>())?;
        let limits = Limits { scenario: settings.run, ..Limits::default() };
        let dependencies = dependencies(&course, &solutions, &kit, &sandbox, limits)?;
        let of_task = |task: &Task| snapshots(&workspace.crate_dir(task).join("tests/snapshots"));
        let tasks = solutions.iter().map(|solution| solution.task);
        Ok(Self {
            snapshots: tasks.map(|task| (task.number, of_task(task))).collect(),
            stubs: stubs(workspace, &solutions)?,
            compilation: confined(&kit, &sandbox),
            workspace: workspace.clone(),
            options: Options { seed, depth: Depth::Thorough, limits, ..workspace.options() },
            scratch,
            not_kept: Mutex::default(),
            settings,
            kit,
            sandbox,
            solutions,
            course,
            dependencies,
            store,
            stop,
        })
    }
}

/// What is known about the reference solution that each task depends on, by the number of the task.
fn dependencies(
    course: &Path,
    solutions: &[SourceOverride],
    kit: &Kit,
    sandbox: &Sandbox,
    limits: Limits,
) -> Result<BTreeMap<usize, Dependency>> {
    let trusted = Compilation::new(kit.clone());
    let crates: Vec<Crate> =
        solutions.iter().map(|solution| crate_of(course, solution, solutions)).collect();
    let known = |own: &Crate| {
        let library = reference_library(&trusted, own)?;
        let known = judge::dependency(own.task, &sandbox.harness(&library), limits)
            .with_context(|| format!("cannot run what {} is built on", own.task.name))?;
        let known = known.map_err(|verdict| cannot_be_built_on(own.task, &verdict))?;
        Ok((own.task.number, known))
    };
    crates.iter().map(known).collect()
}

/// The harness of a reference solution.
fn reference_library(trusted: &Compilation, own: &Crate) -> Result<Library> {
    let name = own.task.name;
    let package = trusted.package(own)?;
    if let Some(why) = package.not_built {
        bail!("the reference solution of {name} can't be compiled: {why}");
    }
    match package.harness {
        Some(Harness::Library(library, _)) => Ok(library),
        _ => bail!(
            "the reference solution of {name} does not compile:\n{}",
            package.library_errors.join("\n")
        ),
    }
}

/// The error if too little is known about the reference solution that `task` builds on. Then nothing can be graded.
fn cannot_be_built_on(task: &Task, verdict: &Verdict) -> anyhow::Error {
    let reason = verdict.not_judged.as_deref();
    let reason = reason.or(verdict.diagnoses.first().map(|first| first.text.as_str()));
    anyhow!(
        "submissions of {} can't be judged on top of the reference solution: {}\n\n  next: grade again; if that does not help, cargo xtask selfcheck --only {}/solution",
        task.name,
        reason.unwrap_or("it is not written yet."),
        task.folder()
    )
}

/// The stubs, as they were handed out.
fn stubs(workspace: &Workspace, solutions: &[SourceOverride]) -> Result<Stubs> {
    let stub = |solution: &SourceOverride| {
        let file = format!("{}.rs", solution.task.folder());
        let path = workspace.root.join("checker/stubs").join(file);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok((solution.task.number, text))
    };
    solutions.iter().map(stub).collect()
}
