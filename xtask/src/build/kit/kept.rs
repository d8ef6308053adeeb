//! Keeps compiled results for the next command.
//!
//! A result is a folder: one *version* of the compiler's output for the same sources. A version never changes, and stays
//! as long as a command may use it. A small file names the version that the next command takes; the name of that file
//! comes from the contents of the sources. So a command may compile a crate again while another command uses it: each
//! continues with its own version.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result};

use super::at_once::ALONE;
use super::calls::{DEPENDENCIES, SHADOW, SHELF};
use super::compiled::Compiled;
use super::content;
use super::crates::Crate;
use super::{BUILT, Kit};

/// The file in a version that describes the other files in it.
const COMPILED: &str = "compiled.json";

/// A compiled result, and the folder of its files.
#[derive(Default)]
pub(super) struct Kept {
    pub compiled: Compiled,
    pub folder: PathBuf,
}

/// The versions that a command has made since it was told to compile everything anew, by the names of their contents.
pub(super) type Anew = Arc<Mutex<HashMap<String, PathBuf>>>;

impl Kit {
    /// The result with this name: a kept one, or else the result of `compile`. The result is not kept if `compile` made
    /// nothing, or ended without an answer.
    pub(super) fn cached(
        &self,
        name: &str,
        own: &Crate,
        compile: impl FnOnce(&Path) -> Result<Option<Compiled>>,
    ) -> Result<Option<Kept>> {
        if let Some(known) = self.known(name, own) {
            return Ok(Some(known));
        }
        let begun = SystemTime::now();
        self.in_a_folder(|folder| match compile(folder)? {
            Some(compiled) if compiled.ended_early => {
                Ok(Some(Kept { compiled, ..Kept::default() }))
            }
            Some(compiled) => self.keep(name, own, folder, compiled, begun).map(Some),
            None => Ok(None),
        })
    }

    /// Does `job` in a new folder, which is gone afterwards.
    pub(super) fn in_a_folder<T>(&self, job: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        let built = self.built();
        let made = std::fs::create_dir_all(&built).and_then(|()| new_folder(&built));
        let folder =
            made.with_context(|| format!("cannot make a folder in {}", built.display()))?;
        let done = job(&folder);
        let _ = std::fs::remove_dir_all(&folder);
        done
    }

    /// Keeps the result in `folder` under this name. `begun` is a time before the compiler read any file for it.
    pub(super) fn keep(
        &self,
        name: &str,
        own: &Crate,
        folder: &Path,
        mut compiled: Compiled,
        begun: SystemTime,
    ) -> Result<Kept> {
        let _ = std::fs::remove_dir_all(folder.join(SHADOW));
        let _ = std::fs::remove_dir_all(folder.join(ALONE));
        // there is no list if the compiler gave up early
        let list = std::fs::read_to_string(folder.join(DEPENDENCIES)).unwrap_or_default();
        compiled.read = own.files_read(&list)?;
        if let Ok(library) = std::fs::read(folder.join(SHELF).join(own.file_name())) {
            compiled.library = content::name_of(&library);
        }
        let json = serde_json::to_vec(&compiled)?;
        std::fs::write(folder.join(COMPILED), json).context("cannot write what was compiled")?;
        let changed = |(path, _): &(PathBuf, String)| changed_since(&own.root.join(path), begun);
        // if a file has changed since, nobody knows which contents the compiler read: other commands may not take the result
        let for_others = !compiled.read.iter().any(changed);
        // one at a time, so that all threads of a command that compiles anew agree on a version
        let mut anew = self.anew();
        if for_others && let Some(same) = self.known_to(anew.as_deref(), name, own) {
            return Ok(same);
        }
        let built = self.built();
        let version = new_version(&built, name, folder)
            .with_context(|| format!("cannot write {}", built.join(name).display()))?;
        if for_others {
            let pointed = point(&built, name, &version);
            pointed.with_context(|| format!("cannot write {}", built.join(name).display()))?;
            if let Some(anew) = &mut anew {
                anew.insert(name.into(), version.clone());
            }
        }
        Ok(Kept { compiled, folder: version })
    }

    /// The kept result with this name, if this command may take it, and if the other files that the compiler read for it
    /// are the same for `own`.
    pub(super) fn known(&self, name: &str, own: &Crate) -> Option<Kept> {
        let anew = self.anew();
        self.known_to(anew.as_deref(), name, own)
    }

    fn anew(&self) -> Option<MutexGuard<'_, HashMap<String, PathBuf>>> {
        self.anew.as_ref().map(|anew| anew.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same, where `anew` holds the versions that may be taken, if not all may.
    fn known_to(
        &self,
        anew: Option<&HashMap<String, PathBuf>>,
        name: &str,
        own: &Crate,
    ) -> Option<Kept> {
        let folder = match anew {
            Some(anew) => anew.get(name)?.clone(),
            None => {
                let built = self.built();
                let version = std::fs::read_to_string(built.join(name)).ok()?;
                built.join(version)
            }
        };
        let json = std::fs::read(folder.join(COMPILED)).ok()?;
        let compiled: Compiled = serde_json::from_slice(&json).ok()?;
        let same = |(path, name): &(PathBuf, String)| {
            std::fs::read(own.root.join(path)).is_ok_and(|bytes| content::name_of(&bytes) == *name)
        };
        compiled.read.iter().all(same).then_some(Kept { compiled, folder })
    }

    /// Where everything is that was compiled against this kit.
    fn built(&self) -> PathBuf {
        self.folder.join(BUILT)
    }
}

/// Makes a folder in `built` that nobody else uses. (A process that was killed may have left one under the same number.)
fn new_folder(built: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = built.join(format!(".{}-{count}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
}

/// Makes `folder` the next version of `name`, which no other command has made.
fn new_version(built: &Path, name: &str, folder: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let version = built.join(format!("{name}-{number}"));
        match std::fs::rename(folder, &version) {
            // a folder with something in it is never replaced
            Err(error)
                if [ErrorKind::AlreadyExists, ErrorKind::DirectoryNotEmpty]
                    .contains(&error.kind()) =>
            {
                number += 1;
            }
            moved => return moved.map(|()| version),
        }
    }
}

/// Has the next command take this version. One that reads meanwhile finds the one or the other name.
fn point(built: &Path, name: &str, version: &Path) -> io::Result<()> {
    let folder = new_folder(built)?;
    let file = folder.join(name);
    let version = version.file_name().unwrap_or_default();
    let done = std::fs::write(&file, version.as_encoded_bytes())
        .and_then(|()| std::fs::rename(&file, built.join(name)));
    let _ = std::fs::remove_dir_all(&folder);
    done
}

fn changed_since(path: &Path, begun: SystemTime) -> bool {
    std::fs::metadata(path).and_then(|file| file.modified()).is_ok_and(|at| at >= begun)
}
