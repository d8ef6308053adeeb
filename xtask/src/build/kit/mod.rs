//! The kit builder: from a task's sources to a harness by one call of rustc.
//!
//! The kit is a shared library of everything that tasks use (tokio, futures, rand and the checker), and is made once
//! ([`make`]). A task is compiled against it, as a library, too ([`compile`]). The kit's runner loads that library
//! ([`runner`]). The name of each compiled thing is computed from the contents that it was made from ([`content`]). So
//! nothing outdated is ever used, and modification times do not matter.

pub mod answer;
mod at_once;
pub mod calls;
pub mod compile;
pub mod compiled;
pub mod content;
pub mod crates;
pub mod ended;
mod kept;
mod lock;
pub mod make;
pub mod runner;
pub mod rustc;
pub mod shadow;
mod together;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

use crate::workspace::Workspace;
use content::Content;
use kept::Anew;
use lock::Lock;
use runner::Runners;
use rustc::{Call, Plainly, Rustc};

/// A kit that has been made.
#[derive(Clone)]
pub struct Kit {
    folder: PathBuf,
    /// The name, computed from its contents.
    name: String,
    rustc: Rustc,
    made: Made,
    runners: Runners,
    caller: Arc<dyn Call>,
    /// The results of a command that compiles everything anew; `None` for a command that takes kept results.
    anew: Option<Anew>,
    /// As long as this lock lives, no command removes results that were compiled against the kit. `None` if files can't be
    /// locked here: then no command removes any.
    _in_use: Option<Arc<Lock>>,
}

/// What must be known about a kit in addition to its files.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    /// The crates that a task may use, and the files in `lib/` that say what is in them.
    externs: Vec<(String, PathBuf)>,
    /// The first arguments of every call of the compiler for a task.
    flags: Vec<String>,
    /// The arguments for linking.
    linking: Vec<String>,
}

/// The file that describes the rest of a kit's folder. It is written last.
const MADE: &str = "kit.json";

/// The file that says why there is no kit in a folder.
const UNUSABLE: &str = "unusable.txt";

/// The folder for everything that is compiled against a kit.
const BUILT: &str = "built";

/// The file in it that is locked by all who use the kit.
const IN_USE: &str = ".in-use";

/// The file beside all kits that is locked by whoever makes one.
const MAKING: &str = ".making";

/// So many results take up some hundred megabytes; a self-check makes half as many.
const MOST_BUILT: usize = 2000;

/// Says that the results in this folder are in use. If nobody else uses them, and if there are very many, those that were
/// made before yesterday are removed before that.
fn use_results(built: &Path) -> Option<Lock> {
    let file = built.join(IN_USE);
    if let Ok(_alone) = lock::alone_now(&file) {
        forget_old(built);
    }
    lock::shared(&file).ok()
}

/// Removes results that were made before yesterday, if there are very many.
fn forget_old(built: &Path) {
    const OLD: Duration = Duration::from_secs(24 * 3600);
    let entries: Vec<_> = std::fs::read_dir(built).into_iter().flatten().flatten().collect();
    // each has a folder, and a file with the name of the folder
    if entries.len() < 2 * MOST_BUILT {
        return;
    }
    for entry in entries.iter().filter(|entry| entry.file_name() != IN_USE) {
        let modified = entry.metadata().and_then(|file| file.modified());
        if modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD)) {
            let path = entry.path();
            let _ = std::fs::remove_dir_all(&path).or_else(|_| std::fs::remove_file(&path));
        }
    }
}

/// The file that remembers which compiler the kit is for.
const RUSTC: &str = "rustc.json";

/// The folder of all kits.
fn store(workspace: &Workspace) -> PathBuf {
    workspace.generated_dir().join("kit")
}

impl Kit {
    /// The kit for the course as it is now. If there is none, it is made.
    ///
    /// # Errors
    /// If the kit can't be made here. The text says why. Without `insist`, a failed attempt is not repeated.
    pub fn of(workspace: &Workspace, insist: bool) -> Result<Self> {
        let store = store(workspace);
        let rustc = Rustc::find(&store.join(RUSTC))?;
        let name = name(workspace, &rustc)?;
        let folder = store.join(&name);
        if let Ok(why) = std::fs::read_to_string(folder.join(UNUSABLE))
            && !insist
        {
            return Err(anyhow!("{why}"));
        }
        if let Some(kit) = Self::open(&folder, &name, &rustc) {
            return Ok(kit);
        }
        // where there are no locks, two may make it at the same time, and one of them in vain
        let _making = lock::alone(&store.join(MAKING));
        if let Some(kit) = Self::open(&folder, &name, &rustc) {
            // another command has made it meanwhile
            return Ok(kit);
        }
        // what is there can't be read, or says that it can't be made
        let _ = std::fs::remove_dir_all(&folder);
        let made = make::make(workspace, &store, &name, &rustc);
        if let Err(error) = &made {
            // not tried again and again, because each time would take as long
            let _ = std::fs::create_dir_all(&folder)
                .and_then(|()| std::fs::write(folder.join(UNUSABLE), format!("{error:#}")));
        }
        made?;
        Self::open(&folder, &name, &rustc)
            .with_context(|| format!("cannot read {}", folder.join(MADE).display()))
    }

    fn open(folder: &Path, name: &str, rustc: &Rustc) -> Option<Self> {
        let made = std::fs::read(folder.join(MADE)).ok()?;
        Some(Self {
            made: serde_json::from_slice(&made).ok()?,
            _in_use: use_results(&folder.join(BUILT)).map(Arc::new),
            runners: Runners::new(folder.join(make::RUNNER)),
            folder: folder.into(),
            name: name.into(),
            rustc: rustc.clone(),
            caller: Arc::new(Plainly),
            anew: None,
        })
    }

    /// The same kit, which takes nothing that was compiled before. What it compiles is what the next command takes. This
    /// and all copies of it take what they compile themselves.
    #[must_use]
    pub fn compiling_anew(self) -> Self {
        Self { anew: Some(Arc::default()), ..self }
    }

    /// The same kit, with another way to call the compiler.
    #[must_use]
    pub fn called_by(mut self, caller: Arc<dyn Call>) -> Self {
        self.caller = caller;
        self
    }

    /// The compiler that the kit is for.
    pub fn rustc(&self) -> &Rustc {
        &self.rustc
    }

    /// The name, computed from the contents of the compiler and of everything that judges.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program that runs libraries compiled against the kit.
    pub fn runner(&self) -> PathBuf {
        self.folder.join(make::RUNNER)
    }

    /// Whether it is the kit for the course as it is now.
    pub fn is_current(&self, workspace: &Workspace) -> bool {
        let current = || -> Result<bool> {
            Ok(name(workspace, &Rustc::find(&store(workspace).join(RUSTC))?)? == self.name)
        };
        current().unwrap_or(false)
    }

    /// Lets another copy of the course use this kit, if that copy would make the same kit.
    ///
    /// # Errors
    /// If the link to the kit can't be written there.
    #[cfg(unix)]
    pub fn lend(&self, to: &Workspace) -> Result<()> {
        let place = store(to).join(&self.name);
        if place.join(MADE).is_file() || !self.is_current(to) {
            return Ok(());
        }
        // a copy would not find the compiler's own libraries, because their place is relative to the kit
        let _ = std::fs::remove_dir_all(&place);
        std::os::unix::fs::symlink(&self.folder, &place)
            .with_context(|| format!("cannot write {}", place.display()))
    }

    /// Does nothing on systems without kits.
    #[cfg(not(unix))]
    pub fn lend(&self, _to: &Workspace) -> Result<()> {
        Ok(())
    }

    /// Starts a runner before the first verdict needs it.
    pub fn warm_up(&self) {
        self.runners.warm_up();
    }

    /// The folder with the metadata of all crates in the kit.
    pub fn lib(&self) -> PathBuf {
        self.folder.join("lib")
    }
}

/// The name of the kit, computed from the compiler and from everything that the kit is made from.
fn name(workspace: &Workspace, rustc: &Rustc) -> Result<String> {
    let mut content = Content::of("kit");
    content.add(rustc.version.as_bytes());
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "checker/Cargo.toml",
        "checker/codes",
        "checker/src",
        "checker/kit",
        // the flags, and the text that is added to a file
        "xtask/src/build/kit",
    ] {
        content.add_path(&workspace.root.join(part), part)?;
    }
    Ok(content.name())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{File, create_dir_all, write};
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn old_results_are_removed_if_there_are_very_many_and_nobody_uses_them() {
        let place = tempfile::tempdir().unwrap();
        let built = place.path();
        let yesterday = SystemTime::now() - Duration::from_secs(25 * 3600);
        let make = |name: &str, modified: SystemTime| {
            let (file, folder) = (built.join(name), built.join(format!("{name}-1")));
            create_dir_all(&folder).unwrap();
            write(folder.join("compiled.json"), "{}").unwrap();
            write(&file, format!("{name}-1")).unwrap();
            for path in [file, folder] {
                File::open(path).unwrap().set_modified(modified).unwrap();
            }
        };
        let there = |name: &str| [name, &format!("{name}-1")].map(|name| built.join(name).exists());
        make("old", yesterday);
        make("new", SystemTime::now());
        let first = use_results(built).unwrap();
        drop(first);
        assert_eq!(there("old"), [true; 2], "they are few");
        for number in 0..2 * MOST_BUILT {
            write(built.join(format!(".{number}")), "").unwrap();
        }
        let first = lock::shared(&built.join(IN_USE)).unwrap();
        let second = use_results(built).unwrap();
        assert_eq!(there("old"), [true; 2], "another one may read them");
        drop((first, second));
        let _third = use_results(built).unwrap();
        assert_eq!(there("old"), [false; 2]);
        assert_eq!(there("new"), [true; 2]);
        assert!(lock::alone_now(&built.join(IN_USE)).is_err(), "it says that it uses them");
    }
}
