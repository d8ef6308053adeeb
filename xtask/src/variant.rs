//! Variants: other sources for a task's crate (stub, solution, mistakes). They are built in a generated workspace, in the
//! same way as the student's.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::tasks::{TASKS, Task};

use crate::build::generated::Generated;
use crate::workspace::{Workspace, read_toml};

/// The name of the reference solutions.
pub const SOLUTION: &str = "solution";

/// Where a crate's snapshots lie.
const SNAPSHOTS: &str = "tests/snapshots";

/// A source for a task's crate.
pub struct Variant {
    pub task: &'static Task,
    /// `stub`, `solution`, or the name of a known solution.
    pub name: String,
    /// The file that becomes `src/lib.rs`. If it is itself called `lib.rs`, its whole folder becomes `src/`.
    pub lib: PathBuf,
}

impl Variant {
    /// The name of its package.
    pub fn package(&self) -> String {
        format!("{}--{}", self.task.name, self.name)
    }

    /// The folder of its crate in the generated workspace.
    pub fn folder(&self) -> PathBuf {
        // `src` is in a folder with the task's name, as in the course, because the checker recognises places by it
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

/// Makes `root` a generated workspace with a crate for each of `variants`. A variant builds on the reference solutions of
/// its dependencies, which must be among `variants`.
///
/// # Errors
/// If files can't be read or written.
pub fn lay_out(workspace: &Workspace, root: &Path, variants: &[&Variant]) -> Result<()> {
    let mut generated = Generated::new(workspace)?;
    generated.without_incremental();
    for variant in variants.iter().filter(|variant| variant.name == SOLUTION) {
        generated.depend(variant.task.name, &variant.package(), &variant.folder())?;
    }
    for variant in variants {
        let crate_dir = workspace.crate_dir(variant.task);
        let folder = variant.folder();
        let stage = generated.add_crate(variant.task, &variant.package(), &folder)?;
        stage.add(folder.join("Cargo.toml"), manifest(&crate_dir, variant)?);
        stage.copy(&crate_dir.join("README.md"), folder.join("README.md"))?;
        stage.copy(&crate_dir.join(SNAPSHOTS), folder.join(SNAPSHOTS))?;
        match variant.lib.parent() {
            Some(parent) if variant.lib.ends_with("lib.rs") => {
                stage.copy(parent, folder.join("src"))?
            }
            _ => stage.copy(&variant.lib, folder.join("src/lib.rs"))?,
        }
    }
    generated.write(workspace, root)
}

/// The manifest of a variant's crate: the manifest of its task, with another package name.
fn manifest(crate_dir: &Path, variant: &Variant) -> Result<String> {
    let mut manifest = read_toml(&crate_dir.join("Cargo.toml"))?;
    let library = variant.task.name.replace('-', "_");
    let library = toml::Table::from_iter([("name".to_string(), library.into())]);
    manifest.insert("lib".into(), library.into());
    // there is no such file
    manifest.remove("test");
    let package = manifest.get_mut("package").and_then(toml::Value::as_table_mut);
    let package = package.context("a crate's manifest has no [package]")?;
    package.insert("name".into(), variant.package().into());
    package.insert("autobins".into(), false.into());
    Ok(manifest.to_string())
}
