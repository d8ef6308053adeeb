//! The cargo builder for the student's crates: it builds copies of them in a generated workspace. If cargo can't read one
//! crate, it builds none of them, so such a crate is found and left out.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};
use checker::rules::manifest;
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Outcome, Verdict};

use super::cargo::{self, Built};
use super::generated_workspace::GeneratedWorkspace;
use super::kit::shadow;
use super::{Build, Package};
use crate::workspace::{Broken, Workspace};

/// Verdicts by the numbers of the tasks.
pub type Verdicts = HashMap<usize, Verdict>;

/// What cargo made, by the numbers of the tasks.
pub struct Made(HashMap<usize, Package>);

impl Build for Made {
    fn package(&self, task: &'static Task) -> Result<Package> {
        Ok(self.0.get(&task.number).cloned().unwrap_or_default())
    }
}

/// The verdicts on those tasks in `all` that are broken before anything is built.
pub fn broken(workspace: &Workspace, all: &[&'static Task]) -> Verdicts {
    let broken =
        |task: &&'static Task| Some((task.number, broken_verdict(task, workspace.broken(task)?)));
    all.iter().filter_map(broken).collect()
}

/// Builds those tasks in `all` that can be built. If cargo can't build a task, the reason becomes its verdict.
pub fn build(
    workspace: &Workspace,
    all: &[&'static Task],
    verdicts: &mut Verdicts,
    colour: bool,
) -> Result<Made> {
    let root = workspace.generated_dir().join("course");
    let target = workspace.root.join("target");
    loop {
        let buildable = buildable(workspace, all, verdicts);
        if buildable.is_empty() {
            return Ok(Made(HashMap::new()));
        }
        lay_out(workspace, &root, &buildable)?;
        let crates: Vec<_> = buildable
            .iter()
            .map(|task| (task.name.to_string(), workspace.crate_dir(task)))
            .collect();
        let mut built = cargo::harnesses(&root, &target, &crates, colour)?;
        if built.packages.values().any(|package| package.not_built.is_some()) {
            // the fault may have lasted only a moment
            built = cargo::harnesses(&root, &target, &crates, colour)?;
        }
        of_the_course(&built)?;
        if built.success || !built.packages.is_empty() {
            let package = |task: &&'static Task| {
                (task.number, built.packages.remove(task.name).unwrap_or_default())
            };
            return Ok(Made(buildable.iter().map(package).collect()));
        }
        // cargo built nothing at all: it can't read the workspace. Leave out the crate that it complains about.
        let output = in_the_course(built.cargo_output.trim(), &root);
        let Some(task) = buildable.iter().find(|task| output.contains(&task.folder())) else {
            bail!("cargo cannot build the workspace:\n{output}");
        };
        verdicts.insert(task.number, broken_verdict(task, Broken::Manifest(output)));
    }
}

/// Checks that every package compiles that is not a student's.
fn of_the_course(built: &Built) -> Result<()> {
    let own = |name: &str| TASKS.iter().any(|task| task.name == name);
    for (name, package) in built.packages.iter().filter(|(name, _)| !own(name)) {
        if let Some(why) = &package.not_built {
            bail!("{name} could not be compiled, so nothing can be checked: {why}");
        }
        if !package.library_errors.is_empty() {
            let errors = package.library_errors.join("\n");
            bail!("{name} does not compile, so nothing can be checked:\n{errors}");
        }
    }
    Ok(())
}

/// Makes `root` a workspace with the student's crates of these tasks.
fn lay_out(workspace: &Workspace, root: &Path, tasks: &[&'static Task]) -> Result<()> {
    let mut generated = GeneratedWorkspace::new(workspace)?;
    for task in tasks {
        let crate_dir = workspace.crate_dir(task);
        let folder = Path::new("crates").join(task.folder());
        let tree = generated.add_crate(task, task.name, &folder)?;
        // everything that the manifest may name, because cargo does not build a crate without it
        for part in ["src", "tests", "examples", "benches"] {
            if crate_dir.join(part).is_dir() {
                for (path, contents) in shadow::below(&crate_dir, part)? {
                    tree.add(folder.join(path), contents);
                }
            }
        }
        for part in ["Cargo.toml", "README.md"] {
            if crate_dir.join(part).exists() {
                tree.copy(&crate_dir.join(part), folder.join(part))?;
            }
        }
    }
    generated.write(workspace, root)
}

/// Rewrites what cargo says about the workspace at `root`, as if it were about the course itself.
fn in_the_course(output: &str, root: &Path) -> String {
    let root = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
    output.replace(&root, "")
}

/// The tasks that have no verdict yet, and do not build on a task that has one. A task that builds on a task that is not
/// begun waits for it, and need not be built. In a fresh copy of the course, that is most of them.
pub fn buildable(
    workspace: &Workspace,
    all: &[&'static Task],
    verdicts: &Verdicts,
) -> Vec<&'static Task> {
    let open = |task: &&'static Task| {
        let ready = |dependency: &Task| {
            !verdicts.contains_key(&dependency.number) && !workspace.is_untouched(dependency)
        };
        !verdicts.contains_key(&task.number) && task.dependency_tasks().all(ready)
    };
    all.iter().copied().filter(open).collect()
}

fn broken_verdict(task: &Task, broken: Broken) -> Verdict {
    match broken {
        Broken::Missing(text) => Verdict { compiler: Some(text), ..Verdict::new(Outcome::Missing) },
        Broken::Manifest(text) => {
            let way_out = manifest::way_out(task);
            let diagnosis =
                Diagnosis { code: Code::Manifest, text: way_out, place: None, call: None };
            Verdict { compiler: Some(text), ..Verdict::of(diagnosis) }
        }
    }
}
