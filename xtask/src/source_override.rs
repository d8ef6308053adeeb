//! Source overrides: other sources for a task's crate (stubs, solutions, known solutions). They are built in a generated
//! workspace, in the same way as the student's.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::tasks::{TASKS, Task};

use crate::build::generated_workspace::GeneratedWorkspace;
use crate::workspace::{Workspace, read_toml};

/// The name of the reference solutions.
pub const SOLUTION: &str = "solution";

/// Where a crate's snapshots lie.
const SNAPSHOTS: &str = "tests/snapshots";

/// A source that takes the place of the student's in a task's crate.
pub struct SourceOverride {
    pub task: &'static Task,
    /// `stub`, `solution`, or the name of a known solution.
    pub name: String,
    /// The file that becomes `src/lib.rs`. If it is itself called `lib.rs`, its whole folder becomes `src/`.
    pub lib: PathBuf,
}

impl SourceOverride {
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
pub fn solutions(workspace: &Workspace) -> Vec<SourceOverride> {
    let folder = workspace.root.join("checker").join("solutions");
    let solution = |task: &'static Task| SourceOverride {
        task,
        name: SOLUTION.into(),
        lib: folder.join(format!("{}.rs", task.folder())),
    };
    TASKS.map(solution).into()
}

/// Makes `root` a generated workspace with a crate for each of `sources`. Each crate depends on the reference solutions of
/// its dependencies, which must be among `sources`.
///
/// # Errors
/// If files can't be read or written.
pub fn lay_out(workspace: &Workspace, root: &Path, sources: &[&SourceOverride]) -> Result<()> {
    let mut generated = GeneratedWorkspace::new(workspace)?;
    generated.without_incremental();
    for source in sources.iter().filter(|source| source.name == SOLUTION) {
        generated.depend(source.task.name, &source.package(), &source.folder())?;
    }
    for source in sources {
        let crate_dir = workspace.crate_dir(source.task);
        let folder = source.folder();
        let tree = generated.add_crate(source.task, &source.package(), &folder)?;
        tree.add(folder.join("Cargo.toml"), manifest(&crate_dir, source)?);
        tree.copy(&crate_dir.join("README.md"), folder.join("README.md"))?;
        tree.copy(&crate_dir.join(SNAPSHOTS), folder.join(SNAPSHOTS))?;
        match source.lib.parent() {
            Some(parent) if source.lib.ends_with("lib.rs") => {
                tree.copy(parent, folder.join("src"))?
            }
            _ => tree.copy(&source.lib, folder.join("src/lib.rs"))?,
        }
    }
    generated.write(workspace, root)
}

/// The manifest of its crate: the manifest of its task, with another package name.
fn manifest(crate_dir: &Path, source: &SourceOverride) -> Result<String> {
    let mut manifest = read_toml(&crate_dir.join("Cargo.toml"))?;
    let library = source.task.name.replace('-', "_");
    let library = toml::Table::from_iter([("name".to_string(), library.into())]);
    manifest.insert("lib".into(), library.into());
    // there is no such file
    manifest.remove("test");
    let package = manifest.get_mut("package").and_then(toml::Value::as_table_mut);
    let package = package.context("a crate's manifest has no [package]")?;
    package.insert("name".into(), source.package().into());
    package.insert("autobins".into(), false.into());
    Ok(manifest.to_string())
}
