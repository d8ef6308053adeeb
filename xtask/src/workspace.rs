//! The workspace on disk: where it is, and what the manifests of its crates say.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use checker::contract::request::Options;
use checker::rules::manifest::HANDED_OUT;
use checker::tasks::{self, TASKS, Task};

/// The root of the workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub root: PathBuf,
}

/// What is wrong with a crate, found before anything is built.
#[derive(Debug, Clone)]
pub enum Broken {
    /// There is no such folder, or no `src/lib.rs` in it.
    Missing(String),
    /// Its manifest can't be read.
    Manifest(String),
}

impl Workspace {
    /// The workspace that the current folder lies in.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("cannot tell the current folder")?;
        let root = here.ancestors().find(|folder| {
            folder.join("checker/Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file()
        });
        match root {
            Some(root) => Ok(Self { root: root.into() }),
            None => bail!(
                "{} is not inside the course\n\n  next: go to the folder of the course, and run the command there",
                here.display()
            ),
        }
    }

    /// The folder of a task's crate.
    pub fn crate_dir(&self, task: &Task) -> PathBuf {
        self.root.join("crates").join(task.folder())
    }

    /// The file with the hints of a task.
    pub fn hints(&self, task: &Task) -> PathBuf {
        self.crate_dir(task).join("hints.md")
    }

    /// The file that a student edits.
    pub fn lib(&self, task: &Task) -> PathBuf {
        self.crate_dir(task).join("src").join("lib.rs")
    }

    /// A task's stub, as it was handed out.
    pub fn stub(&self, task: &Task) -> PathBuf {
        self.root.join("checker/stubs").join(format!("{}.rs", task.folder()))
    }

    /// Whether a task's file is the stub, as it was handed out.
    pub fn is_untouched(&self, task: &Task) -> bool {
        let same = |stub: Vec<u8>| std::fs::read(self.lib(task)).is_ok_and(|lib| lib == stub);
        std::fs::read(self.stub(task)).is_ok_and(same)
    }

    /// A path for people to read: relative to the root.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string().replace('\\', "/")
    }

    /// Whether somebody reviews pending snapshots here. In a student's copy, nobody does.
    pub fn is_reviewed(&self) -> bool {
        self.root.join("xtask/instructor").is_dir()
    }

    /// How to judge here. If somebody reviews snapshots here, runs that keep the rules but are new are written as pending
    /// snapshots, unless insta would not write any either: under CI, or with `INSTA_UPDATE=no`.
    pub fn options(&self) -> Options {
        let ci = std::env::var_os("CI")
            .is_some_and(|value| !value.is_empty() && value != "0" && value != "false");
        let update = std::env::var("INSTA_UPDATE").unwrap_or_default();
        let write_pending = !ci && update != "no" && self.is_reviewed();
        Options { write_pending, ..Options::default() }
    }

    /// What prevents a task's crate from being built, as far as its files show.
    pub fn broken(&self, task: &Task) -> Option<Broken> {
        let dir = self.crate_dir(task);
        if !dir.is_dir() {
            return Some(Broken::Missing(format!("There is no folder {}.", self.shown(&dir))));
        }
        if let Err(error) = self.manifest(task) {
            return Some(Broken::Manifest(format!("{error:#}")));
        }
        let lib = self.lib(task);
        (!lib.is_file()).then(|| {
            Broken::Missing(format!(
                "There is no file {}; `cargo xtask reset {}` restores it.",
                self.shown(&lib),
                task.number
            ))
        })
    }

    /// The folder below `target/` for all that the commands generate: workspaces, copies of the course, the kit.
    pub fn generated_dir(&self) -> PathBuf {
        self.root.join("target").join("await-and-see")
    }

    /// Checks that a task's manifest builds the task in the same way as the manifest that was handed out.
    ///
    /// # Errors
    /// Names the section that differs.
    pub fn is_plain(&self, task: &'static Task) -> Result<()> {
        const WORDS: [&str; 5] = ["description", "publish", "license", "metadata", "version"];
        let (own, original) = (self.manifest_path(task), self.original_manifest(task));
        let read = |path: &Path| std::fs::read(path).ok();
        if read(&own).is_some_and(|own| read(&original).is_some_and(|original| own == original)) {
            return Ok(());
        }
        let without_words = |mut manifest: toml::Table| {
            if let Some(package) = manifest.get_mut("package").and_then(toml::Value::as_table_mut) {
                package.retain(|key, _| !WORDS.contains(&key));
            }
            manifest
        };
        let own = without_words(self.read_manifest(&own)?);
        let original = without_words(self.read_manifest(&original)?);
        let sections = own.keys().chain(original.keys());
        let mut differing = sections.filter(|section| own.get(*section) != original.get(*section));
        match differing.next() {
            Some(section) => {
                let shown = self.shown(&self.manifest_path(task));
                bail!("{shown} differs in [{section}] from the manifest that was handed out")
            }
            None => Ok(()),
        }
    }

    /// The tasks with these names, in course order and each once, and an error for each name that is not known.
    pub fn tasks(&self, names: &[String]) -> (Vec<&'static Task>, Vec<String>) {
        let mut unknown = Vec::new();
        let mut found: Vec<&'static Task> = Vec::new();
        for name in names {
            match tasks::find(name) {
                Some(task) => found.push(task),
                None => unknown.push(unknown_task(name)),
            }
        }
        found.sort_by_key(|task| task.number);
        found.dedup_by_key(|task| task.number);
        (found, unknown)
    }

    /// The task with this name.
    pub fn task(&self, name: &str) -> Result<&'static Task> {
        tasks::find(name).ok_or_else(|| anyhow!(unknown_task(name)))
    }

    /// The task whose folder is the current folder, or contains it.
    pub fn task_here(&self) -> Option<&'static Task> {
        self.task_of(&std::env::current_dir().ok()?)
    }

    /// The task whose folder is `place`, or contains it.
    fn task_of(&self, place: &Path) -> Option<&'static Task> {
        let folder = place.strip_prefix(self.root.join("crates")).ok()?.components().next()?;
        let folder = folder.as_os_str().to_str()?;
        TASKS.into_iter().find(|task| task.is_named(folder))
    }

    /// The task with this name, or without a name the one whose folder is the current folder. `command` needs one.
    ///
    /// # Errors
    /// If there is no such task, or no name is given outside of a task's folder.
    pub fn task_or_here(&self, name: Option<&str>, command: &str) -> Result<&'static Task> {
        match name {
            Some(name) => self.task(name),
            None => self.task_here().ok_or_else(|| {
                let first = TASKS[0];
                anyhow!(
                    "which task? You are not in the folder of a task\n\n  next: name it, as in cargo xtask {command} {}, or go to its folder (crates/{}) first",
                    first.number,
                    first.folder()
                )
            }),
        }
    }

    /// A task's manifest.
    pub fn manifest_path(&self, task: &Task) -> PathBuf {
        self.crate_dir(task).join("Cargo.toml")
    }

    /// A task's manifest as it was handed out.
    pub fn original_manifest(&self, task: &Task) -> PathBuf {
        self.root.join(HANDED_OUT).join(format!("{}.toml", task.folder()))
    }

    fn manifest(&self, task: &Task) -> Result<toml::Table> {
        self.read_manifest(&self.manifest_path(task))
    }

    fn read_manifest(&self, path: &Path) -> Result<toml::Table> {
        let shown = self.shown(path);
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        text.parse().map_err(|error: toml::de::Error| {
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            anyhow!("{shown}, line {line}: {}", error.message())
        })
    }
}

/// Reads a TOML file.
///
/// # Errors
/// Names the file.
pub fn read_toml(path: &Path) -> Result<toml::Table> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}

/// The message that there is no such task, and which tasks there are.
pub fn unknown_task(name: &str) -> String {
    let all: Vec<String> =
        TASKS.iter().map(|task| format!("{} ({})", task.number, task.name)).collect();
    match tasks::nearest(name) {
        Some(task) => {
            format!("there is no task `{name}`; did you mean {} ({})?", task.number, task.name)
        }
        None => format!("there is no task `{name}`; the tasks are {}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_meant_in_its_folder_and_below_it_and_nowhere_else() {
        let workspace = Workspace { root: PathBuf::from("/course") };
        let task_of = |place: &str| workspace.task_of(Path::new(place)).map(|task| task.number);
        for below in ["", "/src", "/src/inner", "/examples", "/tests/snapshots", "/kept"] {
            let place = format!("/course/crates/02-concurrent-coroutines{below}");
            assert_eq!(task_of(&place), Some(2), "{place}");
            let of_an_earlier_version = place.replace("02-", "2-");
            assert_eq!(task_of(&of_an_earlier_version), Some(2), "{of_an_earlier_version}");
        }
        for place in ["/course", "/course/crates", "/course/crates/2", "/course/checker", "/"] {
            assert_eq!(task_of(place), None, "{place}");
        }
    }
}
