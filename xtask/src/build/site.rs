//! The cargo builder in the student's workspace: a crate that cargo can't read keeps it from building any, so such a
//! crate is found out and left out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use checker::code::Code;
use checker::course::{TASKS, Task};
use checker::source::manifest;
use checker::verdict::{Diagnosis, Outcome, Verdict};

use super::{Build, Package, cargo};
use crate::stage;
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

/// The verdicts on those of `all` that are broken before anything is built.
pub fn broken(workspace: &Workspace, all: &[&'static Task]) -> Verdicts {
    let broken =
        |task: &&'static Task| Some((task.number, broken_verdict(task, workspace.broken(task)?)));
    all.iter().filter_map(broken).collect()
}

/// Builds what can be built of `all`; whatever keeps cargo from it becomes a verdict.
pub fn build(
    workspace: &Workspace,
    all: &[&'static Task],
    verdicts: &mut Verdicts,
    colour: bool,
) -> Result<Made> {
    let mut site = Site::of(workspace);
    let left_out = unloadable(workspace);
    if !left_out.is_empty() {
        site = Site::without(workspace, &left_out)?;
    }
    loop {
        let buildable = buildable(workspace, all, verdicts);
        if buildable.is_empty() {
            return Ok(Made(HashMap::new()));
        }
        let sources =
            |task: &&'static Task| (task.name, Path::new("crates").join(task.folder()).join("src"));
        let sources: Vec<_> = buildable.iter().map(sources).collect();
        stage::forget_stale(&site.root, &site.target, &sources)?;
        let names: Vec<String> = buildable.iter().map(|task| task.name.to_string()).collect();
        let mut built = cargo::probes(&site.root, &site.target, &names, colour)?;
        if built.packages.values().any(|package| package.not_built.is_some()) {
            // what kept the compiler from its work may have been over in a moment
            built = cargo::probes(&site.root, &site.target, &names, colour)?;
        }
        let own = |name: &String| TASKS.iter().any(|task| task.name == *name);
        let other = || built.packages.iter().filter(|(name, _)| !own(name));
        if let Some((name, why)) =
            other().find_map(|(name, package)| Some((name, package.not_built.as_ref()?)))
        {
            bail!("{name} could not be compiled, so nothing can be checked: {why}");
        }
        if let Some((name, package)) =
            other().find(|(_, package)| !package.library_errors.is_empty())
        {
            bail!(
                "{name} does not compile, so nothing can be checked:\n{}",
                package.library_errors.join("\n")
            );
        }
        if built.success || !built.packages.is_empty() {
            let package = |task: &&'static Task| {
                (task.number, built.packages.remove(task.name).unwrap_or_default())
            };
            return Ok(Made(buildable.iter().map(package).collect()));
        }
        // cargo built nothing at all: it can't read the workspace. Leave out the crate that it complains about.
        let said = built.cargo_said.trim();
        let Some(task) = TASKS
            .into_iter()
            .find(|task| said.contains(&task.folder()) && !verdicts.contains_key(&task.number))
        else {
            bail!("cargo cannot build the workspace:\n{said}");
        };
        verdicts.insert(task.number, broken_verdict(task, Broken::Manifest(said.into())));
        let left_out: Vec<usize> = verdicts.keys().copied().collect();
        site = Site::without(workspace, &left_out)?;
    }
}

/// Tasks that have no verdict yet, and build on none that has. What builds on one that is not begun waits for it, and
/// need not be built: in a fresh copy of the course that is most of them.
pub fn buildable(
    workspace: &Workspace,
    all: &[&'static Task],
    verdicts: &Verdicts,
) -> Vec<&'static Task> {
    let open = |task: &&'static Task| {
        let ready = |up: &Task| !verdicts.contains_key(&up.number) && !workspace.is_untouched(up);
        !verdicts.contains_key(&task.number) && task.upstream().all(ready)
    };
    all.iter().copied().filter(open).collect()
}

/// The crates that keep cargo from reading the workspace.
fn unloadable(workspace: &Workspace) -> Vec<usize> {
    let unloadable = |task: &&&'static Task| match workspace.broken(task) {
        Some(Broken::Manifest(_)) => true,
        Some(Broken::Missing(_)) => !workspace.crate_dir(task).is_dir(),
        None => false,
    };
    TASKS.iter().filter(unloadable).map(|task| task.number).collect()
}

/// Where things are built: the workspace itself, or a copy of it without the crates that cargo can't read.
struct Site {
    root: PathBuf,
    target: PathBuf,
}

impl Site {
    fn of(workspace: &Workspace) -> Self {
        Self { root: workspace.root.clone(), target: workspace.root.join("target") }
    }

    /// Leaves out these tasks, and those that build on them: cargo can't read a crate whose dependency is missing.
    fn without(workspace: &Workspace, left_out: &[usize]) -> Result<Self> {
        let unbuildable = |task: &&&'static Task| {
            left_out.contains(&task.number)
                || task.upstream().any(|up| left_out.contains(&up.number))
        };
        let left_out: Vec<usize> =
            TASKS.iter().filter(unbuildable).map(|task| task.number).collect();
        let root = stage::without(workspace, &left_out)?;
        // its own target folder: crates at the same relative paths would be taken for the workspace's own
        Ok(Self { target: root.join("target"), root })
    }
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
