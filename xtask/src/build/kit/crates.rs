//! A task's crate, as the kit builder sees it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use checker::contract::task::HARNESS;
use checker::source::file;
use checker::tasks::Task;

use super::compiled::Lib;
use super::content;
use super::shadow::{self, Sources};
use crate::workspace::Workspace;

/// The files that a task's library and its program begin with.
pub const LIB: &str = "src/lib.rs";
const MAIN: &str = "src/main.rs";

/// The name of the module that the harness becomes.
pub const MODULE: &str = "await_and_see_harness";

/// The name under which the student's function is public in it, if it is public at all.
pub const FUNCTION: &str = "await_and_see_function";

/// A task's crate, as the kit builder sees it.
#[derive(Clone)]
pub struct Crate {
    pub task: &'static Task,
    /// The root of its workspace.
    pub root: PathBuf,
    /// Its folder in the workspace.
    pub folder: PathBuf,
    /// The crates of the tasks that its task builds on, nearest first.
    pub dependencies: Vec<Crate>,
}

/// The files of a crate that are compiled.
pub struct Files {
    /// What lies below `src/`.
    pub sources: Sources,
    /// The source of the harness.
    pub harness: String,
}

impl Files {
    /// The texts of the library's files, without those of programs beside it. `None` for a file that is not text.
    pub fn of_the_library(&self) -> impl Iterator<Item = Option<&str>> {
        let library = self.sources.iter().filter(|(path, _)| *path != Path::new(MAIN));
        library.map(|(_, text)| std::str::from_utf8(text).ok())
    }
}

impl Crate {
    /// A task's crate in the course itself.
    pub fn in_the_course(workspace: &Workspace, task: &'static Task) -> Self {
        Self {
            task,
            root: workspace.root.clone(),
            folder: Path::new("crates").join(task.folder()),
            dependencies: task
                .dependency_tasks()
                .map(|dependency| Self::in_the_course(workspace, dependency))
                .collect(),
        }
    }

    /// Reads what is to be compiled.
    pub fn read(&self) -> Result<Files> {
        let sources = shadow::sources(&self.dir())?;
        Ok(Files { sources, harness: self.task.harness() })
    }

    /// Makes a folder in which the compiler sees `files` and everything that they may refer to, for example the crates that
    /// they depend on, which messages quote.
    pub fn cast_shadow(
        &self,
        shadow: &Path,
        files: &Sources,
        dependencies: &[Arc<Lib>],
    ) -> Result<()> {
        shadow::cast(
            shadow,
            &self.root,
            &[(&self.folder, files)],
            &self.dependency_places(dependencies),
        )
    }

    /// The folders of the crates that it depends on, with the places of the sources from which `dependencies` was made.
    pub fn dependency_places(&self, dependencies: &[Arc<Lib>]) -> BTreeMap<&Path, PathBuf> {
        let place = |dependency: &Crate| {
            let lib = dependencies.iter().find(|lib| lib.krate == dependency.krate());
            lib.and_then(|lib| lib.sources()).unwrap_or(dependency.dir())
        };
        self.dependencies
            .iter()
            .map(|dependency| (dependency.folder.as_path(), place(dependency)))
            .collect()
    }

    pub fn dir(&self) -> PathBuf {
        self.root.join(&self.folder)
    }

    /// Its name in sources.
    pub fn krate(&self) -> String {
        self.task.name.replace('-', "_")
    }

    /// The name of its library, once compiled.
    pub fn file_name(&self) -> String {
        format!("lib{}.rlib", self.krate())
    }

    /// Whether a file of its library names nothing that it sees only with the harness in it, and none of the crates `also`.
    pub fn sees_no_more(&self, text: &str, also: &[String]) -> bool {
        let further = self.dependencies.iter().skip(1).map(Crate::krate);
        let own = ["checker", "kit"].map(String::from).into_iter().chain([self.krate()]);
        let crates: Vec<String> = own.chain(further).chain(also.iter().cloned()).collect();
        let crates: Vec<&str> = crates.iter().map(String::as_str).collect();
        !file::mentions_any(text, &[MODULE, FUNCTION]) && !file::may_name_crate(text, &crates)
    }

    /// Whether the path in a message belongs to a file below its `src/`.
    pub fn is_source(&self, file: &Path) -> bool {
        file.strip_prefix(self.folder.join("src"))
            .is_ok_and(|inside| inside.components().all(|part| part != Component::ParentDir))
    }

    /// Whether the path in a message belongs to its harness, which is in none of the student's folders.
    fn is_the_harness(&self, file: &Path) -> bool {
        [HARNESS, &format!("src/../{HARNESS}")].iter().any(|path| file == self.folder.join(path))
    }

    /// The files that the compiler read in addition to its sources and its harness, with the names of their contents. `list`
    /// is the compiler's own list.
    pub fn files_read(&self, list: &str) -> Result<Vec<(PathBuf, String)>> {
        let mut read = Vec::new();
        for line in list.lines() {
            if line.starts_with("# env-dep:") && !line.starts_with("# env-dep:CARGO_MANIFEST_DIR=")
            {
                // it depends on more than files, so it is compiled every time: no content has this name
                read.push((PathBuf::from("environment"), String::new()));
            }
            // each file has a line of its own, with nothing after the colon
            let Some(file) = line.strip_suffix(':') else { continue };
            let file = PathBuf::from(file.replace("\\ ", " "));
            if self.is_source(&file) || self.is_the_harness(&file) {
                continue;
            }
            let path = self.root.join(&file);
            let bytes =
                std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            read.push((file, content::name_of(&bytes)));
        }
        Ok(read)
    }
}
