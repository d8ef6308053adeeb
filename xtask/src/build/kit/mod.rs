//! The kit builder: from a task's sources to a harness by one call of rustc.
//!
//! The kit is a shared library of everything that tasks use (tokio, futures, rand and the checker), and is made once
//! ([`make`]). A task is compiled against it, as a library, too ([`compile`]). The kit's runner loads that library
//! ([`runner`]). The name of each compiled thing is computed from the contents that it was made from ([`content`]). So
//! nothing outdated is ever used, and modification times do not matter.

pub mod calls;
pub mod compile;
pub mod compiled;
pub mod content;
pub mod crates;
pub mod ended;
pub mod make;
pub mod runner;
pub mod rustc;
pub mod shadow;
mod together;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

use crate::stage;
use crate::workspace::Workspace;
use content::Content;
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
    /// The names of what was compiled since it was told to compile everything again. None, if it uses kept results.
    anew: Option<Arc<Mutex<HashSet<String>>>>,
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

/// The number of kept results above which old ones are removed. This many take up some hundred megabytes; a self-check
/// makes half as many.
const MOST_BUILT: usize = 2000;

/// If there are very many results, removes those that were made before yesterday.
fn forget_old(built: &Path) {
    const OLD: Duration = Duration::from_secs(24 * 3600);
    let entries: Vec<_> = std::fs::read_dir(built).into_iter().flatten().flatten().collect();
    if entries.len() < MOST_BUILT {
        return;
    }
    for entry in entries {
        let modified = entry.metadata().and_then(|file| file.modified());
        if modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD)) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The file that remembers which compiler the kit is for.
const RUSTC: &str = "rustc.json";

/// The folder of all kits.
fn store(workspace: &Workspace) -> PathBuf {
    stage::own_folder(workspace).join("kit")
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
        // the kit there can't be read, or it says that it can't be made
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
        forget_old(&folder.join(BUILT));
        Some(Self {
            made: serde_json::from_slice(&made).ok()?,
            runners: Runners::new(folder.join(make::RUNNER)),
            folder: folder.into(),
            name: name.into(),
            rustc: rustc.clone(),
            caller: Arc::new(Plainly),
            anew: None,
        })
    }

    /// The same kit, but without the results that were compiled before: it compiles everything again, and replaces them. It
    /// and its copies share what they compile themselves.
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
