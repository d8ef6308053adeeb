//! Variants: other sources than the student's for a task's crate, built in a staged workspace as the student's is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::course::{TASKS, Task};

use crate::stage::Stage;
use crate::workspace::Workspace;

/// The name of the reference solutions.
pub const SOLUTION: &str = "solution";

/// A source for a task's crate.
pub struct Variant {
    pub task: &'static Task,
    /// `stub`, `solution`, or the mistake's name.
    pub name: String,
    /// The file that becomes `src/lib.rs`; the folder that it lies in becomes `src/` if it is called `lib.rs`.
    pub lib: PathBuf,
}

impl Variant {
    /// The package that it becomes.
    pub fn package(&self) -> String {
        format!("{}--{}", self.task.name, self.name)
    }

    /// The folder of its crate in the staged workspace.
    pub fn folder(&self) -> PathBuf {
        // the task's own folder holds `src`, as in the course: the checker knows a place in the source by it
        Path::new(&self.name).join(self.task.folder())
    }
}

/// The reference solutions.
pub fn solutions(workspace: &Workspace) -> Vec<Variant> {
    let folder = workspace.root.join("checker").join("solutions");
    let solution = |task: &'static Task| Variant {
        task,
        name: SOLUTION.into(),
        lib: folder.join(format!("{}.rs", task.folder())),
    };
    TASKS.map(solution).into()
}

/// Makes `root` a workspace with a crate for each of `variants`. A task that a variant builds on is the reference
/// solution, which must be among them.
pub fn lay_out(workspace: &Workspace, root: &Path, variants: &[&Variant]) -> Result<()> {
    let mut stage = Stage::default();
    let mut manifest = read_toml(&workspace.root.join("Cargo.toml"))?;
    let table =
        manifest["workspace"].as_table_mut().context("the root manifest has no [workspace]")?;
    table.insert("members".into(), toml::Value::Array(vec!["*/*".into()]));
    table.remove("exclude");
    table.remove("default-members");
    // nobody edits them
    let dev = manifest.get_mut("profile").and_then(|profiles| profiles.get_mut("dev"));
    if let Some(dev) = dev.and_then(toml::Value::as_table_mut) {
        dev.insert("incremental".into(), false.into());
    }
    let table =
        manifest["workspace"].as_table_mut().context("the root manifest has no [workspace]")?;
    let dependencies =
        table["dependencies"].as_table_mut().context("it has no [workspace.dependencies]")?;
    let mut path_dependency = |name: &str, package: String, path: PathBuf| {
        let entries = [
            ("package".to_string(), package.into()),
            ("path".to_string(), path.to_string_lossy().into_owned().into()),
        ];
        dependencies.insert(name.into(), toml::Value::Table(entries.into_iter().collect()));
    };
    path_dependency("checker", "checker".into(), workspace.root.join("checker"));
    for variant in variants.iter().filter(|variant| variant.name == SOLUTION) {
        path_dependency(variant.task.name, variant.package(), variant.folder());
    }
    stage.add("Cargo.toml", manifest.to_string());
    for file in ["Cargo.lock", ".cargo/config.toml"] {
        stage.copy(&workspace.root.join(file), file)?;
    }
    for variant in variants {
        let crate_dir = workspace.crate_dir(variant.task);
        let folder = variant.folder();
        let mut manifest = read_toml(&crate_dir.join("Cargo.toml"))?;
        let library = toml::Table::from_iter([(
            "name".to_string(),
            variant.task.name.replace('-', "_").into(),
        )]);
        manifest.insert("lib".into(), toml::Value::Table(library));
        let package =
            manifest["package"].as_table_mut().context("a crate's manifest has no [package]")?;
        package.insert("name".into(), variant.package().into());
        package.insert("autobins".into(), false.into());
        stage.add(folder.join("Cargo.toml"), manifest.to_string());
        stage.copy(&crate_dir.join("README.md"), folder.join("README.md"))?;
        stage.copy(&crate_dir.join("tests"), folder.join("tests"))?;
        match variant.lib.parent() {
            Some(parent) if variant.lib.ends_with("lib.rs") => {
                stage.copy(parent, folder.join("src"))?
            }
            _ => stage.copy(&variant.lib, folder.join("src/lib.rs"))?,
        }
    }
    stage.write(root)
}

fn read_toml(path: &Path) -> Result<toml::Table> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}
