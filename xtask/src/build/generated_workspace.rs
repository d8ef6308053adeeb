//! GeneratedWorkspace workspaces: cargo builds them instead of the course's own workspace.
//!
//! A generated workspace lies below `target/` and holds copies of task crates. Beside each crate lies the package of its
//! harness, which the course's own workspace does not have. So a student's crates need not depend on the checker, and a
//! crate that cargo can't read is simply left out.

use std::path::Path;

use anyhow::{Context, Result};
use checker::contract::task::HARNESS;
use checker::tasks::Task;

use crate::file_tree::FileTree;
use crate::workspace::{Workspace, read_toml};

/// The package of the harness for a task crate that is called `package`.
pub fn harness_of(package: &str) -> String {
    format!("{PREFIX}{package}")
}

/// The task crate whose harness is called `package`, if `package` is a harness.
pub fn tested_by(package: &str) -> Option<&str> {
    package.strip_prefix(PREFIX)
}

const PREFIX: &str = "harness-";

/// A generated workspace that is being put together.
pub struct GeneratedWorkspace {
    manifest: toml::Table,
    members: Vec<String>,
    tree: FileTree,
}

impl GeneratedWorkspace {
    /// A workspace without members, with the settings and versions of the course's own workspace.
    ///
    /// # Errors
    /// If the course's root manifest can't be read.
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let mut manifest = read_toml(&workspace.root.join("Cargo.toml"))?;
        let table =
            manifest.get_mut("workspace").and_then(toml::Value::as_table_mut).context(NO_TABLE)?;
        table.remove("exclude");
        table.remove("default-members");
        let mut generated = Self { manifest, members: Vec::new(), tree: FileTree::default() };
        // from outside of this workspace, so that cargo takes it for the package that the commands are built with
        generated.depend("checker", "checker", &workspace.root.join("checker"))?;
        Ok(generated)
    }

    /// Turns incremental compilation off, because nobody edits these crates.
    pub fn without_incremental(&mut self) {
        let dev = self.manifest.get_mut("profile").and_then(|profiles| profiles.get_mut("dev"));
        if let Some(dev) = dev.and_then(toml::Value::as_table_mut) {
            dev.insert("incremental".into(), false.into());
        }
    }

    /// Makes the dependency `name` of all members refer to `package` in `path`.
    ///
    /// # Errors
    /// If the course's root manifest has no dependencies.
    pub fn depend(&mut self, name: &str, package: &str, path: &Path) -> Result<()> {
        let dependencies = self.workspace_table()?.get_mut("dependencies");
        let dependencies = dependencies
            .and_then(toml::Value::as_table_mut)
            .context("Cargo.toml has no [workspace.dependencies]")?;
        dependencies.insert(name.into(), dependency(package, path).into());
        Ok(())
    }

    /// Adds the crate of `task` called `package`, whose files are to be staged in `folder`, and its harness.
    ///
    /// # Errors
    /// If the manifest of the harness can't be written.
    pub fn add_crate(
        &mut self,
        task: &Task,
        package: &str,
        folder: &Path,
    ) -> Result<&mut FileTree> {
        let source = folder.join(HARNESS);
        let harness = source.parent().context("a file has a folder")?;
        for member in [folder, harness] {
            self.members.push(member.to_string_lossy().replace('\\', "/"));
        }
        let manifest = harness_manifest(task, package)?;
        self.tree.add(harness.join("Cargo.toml"), manifest);
        self.tree.add(source, task.harness());
        Ok(&mut self.tree)
    }

    /// Makes `root` this workspace, and nothing else.
    ///
    /// # Errors
    /// If files can't be read or written.
    pub fn write(mut self, workspace: &Workspace, root: &Path) -> Result<()> {
        let members: Vec<String> = std::mem::take(&mut self.members);
        self.workspace_table()?.insert("members".into(), members.into());
        self.tree.add("Cargo.toml", self.manifest.to_string());
        let lock = Path::new("Cargo.lock");
        let modified = |root: &Path| std::fs::metadata(root.join(lock)).and_then(|m| m.modified());
        // cargo has added the harnesses to the lock file, and would have to do so again
        let is_current = modified(root)
            .is_ok_and(|own| modified(&workspace.root).is_ok_and(|course| own >= course));
        if !is_current {
            self.tree.copy(&workspace.root.join(lock), lock)?;
        }
        self.tree.write(root)
    }

    fn workspace_table(&mut self) -> Result<&mut toml::Table> {
        self.manifest.get_mut("workspace").and_then(toml::Value::as_table_mut).context(NO_TABLE)
    }
}

const NO_TABLE: &str = "Cargo.toml has no [workspace]";

fn dependency(package: &str, path: &Path) -> toml::Table {
    let path = path.to_string_lossy().into_owned();
    toml::Table::from_iter([
        ("package".to_string(), package.into()),
        ("path".to_string(), path.into()),
    ])
}

/// The manifest of the harness for a task's crate. The harness lies in a folder inside the crate's folder.
fn harness_manifest(task: &Task, package: &str) -> Result<String> {
    let inherited =
        || toml::Value::from(toml::Table::from_iter([("workspace".to_string(), true.into())]));
    let name = harness_of(package);
    let file = Path::new(HARNESS).file_name().context("it names a file")?.to_string_lossy();
    let mut dependencies = toml::Table::new();
    dependencies.insert("checker".into(), inherited());
    dependencies.insert(task.name.into(), dependency(package, Path::new("..")).into());
    for dependency in task.dependency_tasks() {
        dependencies.insert(dependency.name.into(), inherited());
    }
    let about = toml::Table::from_iter([
        ("name".to_string(), name.as_str().into()),
        ("edition".to_string(), inherited()),
        ("publish".to_string(), false.into()),
    ]);
    let program = toml::Table::from_iter([
        ("name".to_string(), name.as_str().into()),
        ("path".to_string(), file.into_owned().into()),
    ]);
    let mut manifest = toml::Table::new();
    manifest.insert("package".into(), about.into());
    manifest.insert("bin".into(), vec![toml::Value::from(program)].into());
    manifest.insert("dependencies".into(), dependencies.into());
    Ok(manifest.to_string())
}
