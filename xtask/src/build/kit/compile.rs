//! Compiling a task against the kit.
//!
//! cargo compiles a task's library, and then its harness ([`TaskInfo::harness`](checker::contract::TaskInfo::harness))
//! against the library. Here, the harness becomes a module of the library, which takes one call of the compiler instead of
//! two. If that could make a difference (the file has an open end, or the compiler reports errors outside of the student's
//! lines), both are compiled one after the other, as cargo does it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use checker::rules::before_build;
use checker::run::client::Library;

use super::calls::{ALONE, DEPENDENCIES, HARNESS_LIBRARY, SHADOW};
use super::compiled::{Compiled, Lib};
use super::content::{self, Content};
use super::crates::{Crate, Files};
use super::{BUILT, Kit};
use crate::build::fault::MachineFault;
use crate::build::message::plain;
use crate::build::{Harness, Package};

/// The file that describes the compiled files beside it. It is written last.
const COMPILED: &str = "compiled.json";

/// Libraries that other crates depend on, each compiled once. None for a library that can't be compiled.
pub(super) type Libraries = Mutex<HashMap<PathBuf, Arc<Mutex<Option<Option<Arc<Lib>>>>>>>;

/// Compiles crates. A library that several of them need is compiled once.
pub struct Compilation {
    kit: Kit,
    /// Whether messages have colours.
    colour: bool,
    /// Whether somebody waits for the answers. Then the quickest answer counts, and not the least work.
    in_a_hurry: bool,
    at_work: AtomicUsize,
    libraries: Libraries,
}

impl Compilation {
    /// For many crates, when nobody waits for a single one.
    pub fn new(kit: Kit) -> Self {
        let (colour, in_a_hurry) = (false, false);
        Self {
            kit,
            colour,
            in_a_hurry,
            at_work: AtomicUsize::new(0),
            libraries: Libraries::default(),
        }
    }

    /// For a student's own crates, when the student waits.
    pub fn in_a_hurry(kit: Kit, colour: bool) -> Self {
        Self { colour, in_a_hurry: true, ..Self::new(kit) }
    }

    /// Makes a harness from a crate. If the machine prevents that twice, the package says so.
    ///
    /// # Errors
    /// If the crate can't be built in this way at all. cargo may be able to build it.
    pub fn package(&self, own: &Crate) -> Result<Package> {
        // an idle processor can check the library at the same time
        let at_work = self.at_work.fetch_add(1, Ordering::Relaxed);
        let package = self.kit.package(own, &self.libraries, at_work == 0 && self.in_a_hurry);
        self.at_work.fetch_sub(1, Ordering::Relaxed);
        let mut package = package.or_else(|error| match error.downcast::<MachineFault>() {
            Ok(MachineFault(why)) => Ok(Package { not_built: Some(why), ..Package::default() }),
            Err(error) => Err(error),
        })?;
        if !self.colour {
            let errors = package.library_errors.iter_mut().chain(&mut package.harness_errors);
            errors.chain(&mut package.warnings).for_each(|text| *text = plain(text));
        }
        Ok(package)
    }

    /// Makes harnesses from crates of the same student by one call of the compiler, as far as possible. [`Self::package`]
    /// then finds them. Problems are reported by `package`, too.
    pub fn prepare(&self, crates: &[Crate]) {
        let _ = self.kit.together(crates, &self.libraries);
    }

    /// A call of the compiler in `folder`, without anything else.
    pub fn rustc(&self, folder: &Path) -> Command {
        self.kit.rustc.call(folder)
    }

    /// A call that compiles a crate to object code only, in a `folder` of its own. (Only the benchmark needs it.)
    ///
    /// # Errors
    /// If a dependency of the crate can't be compiled.
    pub fn to_object(&self, own: &Crate, folder: &Path) -> Result<Command> {
        let upstream = self.kit.upstream(own, &self.libraries)?;
        let upstream = upstream.context("what it is built on does not compile")?;
        let at_once = self.kit.at_once(own, &own.read()?, &upstream, folder)?;
        let mut call = at_once.context("its file is an unusual one")?.call;
        call.args(["--emit=obj", "-o"]).arg(folder.join("object.o"));
        Ok(call)
    }
}

impl Kit {
    fn package(&self, own: &Crate, libraries: &Libraries, beside: bool) -> Result<Package> {
        let Some(upstream) = self.upstream(own, libraries)? else {
            return Ok(Package::default());
        };
        let files = own.read()?;
        let name = self.harness_name(own, &files, &upstream);
        let environment = |text: &Vec<u8>| {
            let text = String::from_utf8_lossy(text);
            text.contains("CARGO_") && before_build::asks_for_the_environment(&text)
        };
        if files.sources.values().any(environment) {
            bail!("{} asks for what only cargo tells it", own.task.name);
        }
        let at_once = self.cached(&name, own, |folder| {
            self.compile_at_once(own, &files, &upstream, folder, beside)
        })?;
        if let Some(compiled) = at_once {
            return Ok(Package {
                harness: compiled.success.then(|| self.harness(own, &name)),
                library_errors: compiled.errors,
                warnings: compiled.warnings,
                ..Package::default()
            });
        }
        // as cargo does it
        let library = self.library_alone(own, &files, &upstream)?;
        let Compiled { success, errors, warnings, .. } = library.compiled.clone();
        let mut package = Package { library_errors: errors, warnings, ..Package::default() };
        if success {
            let mut content = Content::of("harness alone");
            content.add(name.as_bytes());
            content.add(library.name.as_bytes());
            let name = content.name();
            let all: Vec<Arc<Lib>> = std::iter::once(library).chain(upstream).collect();
            let compiled = self.cached(&name, own, |folder| {
                self.compile_harness(own, &files, &all, folder).map(Some)
            })?;
            let compiled = compiled.unwrap_or_default();
            package.harness = compiled.success.then(|| self.harness(own, &name));
            package.harness_errors = compiled.errors;
        }
        Ok(package)
    }

    fn harness(&self, own: &Crate, name: &str) -> Harness {
        let library = Library {
            path: self.built().join(name).join(HARNESS_LIBRARY),
            crate_dir: own.dir(),
            function: own.task.function.into(),
        };
        Harness::Library(library, self.runners.clone())
    }

    /// The libraries that `own` depends on. None, if one of them can't be built, which is not a mistake in `own`.
    pub(super) fn upstream(
        &self,
        own: &Crate,
        libraries: &Libraries,
    ) -> Result<Option<Vec<Arc<Lib>>>> {
        let mut upstream = Vec::new();
        for up in &own.upstream {
            match self.library(up, libraries)? {
                Some(lib) if lib.compiled.success => upstream.push(lib),
                _ => return Ok(None),
            }
        }
        Ok(Some(upstream))
    }

    /// A task's library, compiled as a dependency of other crates. None, if one of its own dependencies can't be compiled.
    fn library(&self, own: &Crate, libraries: &Libraries) -> Result<Option<Arc<Lib>>> {
        let once = {
            let mut all = libraries.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(own.dir()).or_default())
        };
        // others who need it wait until it is made
        let mut once = once.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*once {
            return Ok(known.clone());
        }
        let lib = match self.upstream(own, libraries)? {
            Some(upstream) => {
                let files = own.read()?;
                let mut content = self.content_of("for others", own, &files, &upstream);
                content.add(files.harness.as_bytes());
                let name = content.name();
                let compiled = self.cached(&name, own, |folder| {
                    self.compile_for_others(own, &files, &upstream, folder)
                })?;
                Some(match compiled {
                    Some(compiled) => Arc::new(self.compiled_lib(own, name, compiled)),
                    None => self.library_alone(own, &files, &upstream)?,
                })
            }
            None => None,
        };
        *once = Some(lib.clone());
        Ok(lib)
    }

    /// A task's library without anything added to it.
    fn library_alone(&self, own: &Crate, files: &Files, upstream: &[Arc<Lib>]) -> Result<Arc<Lib>> {
        let name = self.content_of("library", own, files, upstream).name();
        let compiled = self.cached(&name, own, |folder| {
            self.compile_library(own, files, upstream, folder).map(Some)
        })?;
        Ok(Arc::new(self.compiled_lib(own, name, compiled.unwrap_or_default())))
    }

    fn compiled_lib(&self, own: &Crate, name: String, compiled: Compiled) -> Lib {
        let mut content = Content::of("compiled");
        content.add(name.as_bytes());
        for (_, read) in &compiled.read {
            content.add(read.as_bytes());
        }
        let folder = self.built().join(&name);
        Lib { folder, name: content.name(), compiled, krate: own.krate() }
    }

    /// The name of a crate's harness.
    pub(super) fn harness_name(&self, own: &Crate, files: &Files, upstream: &[Arc<Lib>]) -> String {
        let mut content = self.content_of("harness", own, files, upstream);
        content.add(files.harness.as_bytes());
        content.name()
    }

    /// Everything that a compilation of the crate depends on.
    fn content_of(&self, kind: &str, own: &Crate, files: &Files, upstream: &[Arc<Lib>]) -> Content {
        let mut content = Content::of(kind);
        content.add(self.name.as_bytes());
        // it is a part of messages of the compiler and of panics
        content.add(own.folder.as_os_str().as_encoded_bytes());
        for (path, contents) in &files.sources {
            content.add(path.as_os_str().as_encoded_bytes());
            content.add(contents);
        }
        for lib in upstream {
            content.add(lib.name.as_bytes());
        }
        content
    }

    /// The result of a compilation under this name, made now or before. A result is not kept if the compilation made
    /// nothing, or ended without an answer.
    fn cached(
        &self,
        name: &str,
        own: &Crate,
        compile: impl FnOnce(&Path) -> Result<Option<Compiled>>,
    ) -> Result<Option<Compiled>> {
        if let Some(known) = self.known(name, own) {
            return Ok(Some(known));
        }
        let begun = SystemTime::now();
        self.in_a_folder(|folder| match compile(folder)? {
            Some(compiled) if compiled.ended_early => Ok(Some(compiled)),
            Some(compiled) => self.keep(name, own, folder, compiled, begun).map(Some),
            None => Ok(None),
        })
    }

    /// Does `job` in a new folder, which is removed afterwards.
    pub(super) fn in_a_folder<T>(&self, job: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = self.built().join(format!(".{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let done = job(&folder);
        let _ = std::fs::remove_dir_all(&folder);
        done
    }

    /// Keeps what was compiled in `folder` under this name. `begun` is a time before any file was read for it.
    pub(super) fn keep(
        &self,
        name: &str,
        own: &Crate,
        folder: &Path,
        mut compiled: Compiled,
        begun: SystemTime,
    ) -> Result<Compiled> {
        let place = self.built().join(name);
        let _ = std::fs::remove_dir_all(folder.join(SHADOW));
        let _ = std::fs::remove_dir_all(folder.join(ALONE));
        // there is no list if the compiler stopped early
        let list = std::fs::read_to_string(folder.join(DEPENDENCIES)).unwrap_or_default();
        compiled.read = own.files_read(&list)?;
        let json = serde_json::to_vec(&compiled)?;
        std::fs::write(folder.join(COMPILED), json).context("cannot write what was compiled")?;
        self.put(name, own, folder)?;
        if compiled.read.iter().any(|(path, _)| changed_since(&own.root.join(path), begun)) {
            // nobody knows which contents the compiler has seen
            let _ = std::fs::remove_file(place.join(COMPILED));
        }
        Ok(compiled)
    }

    /// Moves what was compiled in `folder` to the place for this name.
    fn put(&self, name: &str, own: &Crate, folder: &Path) -> Result<()> {
        let place = self.built().join(name);
        // one at a time, so that nobody removes the files that another one has just put there
        let mut anew =
            self.anew.as_ref().map(|anew| anew.lock().unwrap_or_else(PoisonError::into_inner));
        let takes = anew.as_ref().is_none_or(|anew| anew.contains(name));
        // the kept result was made from other files, besides the crate's own, or must not be used
        let replaces = !takes || self.there(name, own).is_none();
        let moved = match std::fs::rename(folder, &place) {
            Err(_) if replaces => replace(folder, &place),
            moved => moved,
        };
        match moved {
            Err(_) if self.there(name, own).is_some() => {}
            moved => moved.with_context(|| format!("cannot write {}", place.display()))?,
        }
        if let Some(anew) = &mut anew {
            anew.insert(name.into());
        }
        Ok(())
    }

    /// What was compiled under this name, if all other files that it was made from are the same for `own`, and if kept
    /// results may be used.
    pub(super) fn known(&self, name: &str, own: &Crate) -> Option<Compiled> {
        let anew =
            self.anew.as_ref().map(|anew| anew.lock().unwrap_or_else(PoisonError::into_inner));
        let takes = anew.is_none_or(|anew| anew.contains(name));
        takes.then(|| self.there(name, own))?
    }

    /// What is kept under this name, if all other files that it was made from are the same for `own`.
    fn there(&self, name: &str, own: &Crate) -> Option<Compiled> {
        let json = std::fs::read(self.built().join(name).join(COMPILED)).ok()?;
        let compiled: Compiled = serde_json::from_slice(&json).ok()?;
        let same = |(path, name): &(PathBuf, String)| {
            std::fs::read(own.root.join(path)).is_ok_and(|bytes| content::name_of(&bytes) == *name)
        };
        compiled.read.iter().all(same).then_some(compiled)
    }

    /// The folder of everything that was compiled against this kit.
    fn built(&self) -> PathBuf {
        self.folder.join(BUILT)
    }
}

/// Replaces a folder by another one. If another process reads there, it finds the whole old folder or the whole new one.
#[cfg(target_os = "linux")]
fn replace(folder: &Path, place: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, folder, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // some file systems can't do it
        Err(_) => replace_in_two_steps(folder, place),
    }
}

#[cfg(not(target_os = "linux"))]
use replace_in_two_steps as replace;

/// The same on systems where this takes two steps.
fn replace_in_two_steps(folder: &Path, place: &Path) -> std::io::Result<()> {
    let _ = std::fs::remove_dir_all(place);
    std::fs::rename(folder, place)
}

fn changed_since(path: &Path, begun: SystemTime) -> bool {
    std::fs::metadata(path).and_then(|file| file.modified()).is_ok_and(|at| at >= begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_replaced_and_is_never_away() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let make = |name: &str| {
            std::fs::create_dir(at(name)).unwrap();
            std::fs::write(at(name).join("library"), name).unwrap();
        };
        make("place");
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    std::fs::read(at("place/library")).expect("one of them is always there");
                }
            });
            for number in 0..200 {
                let new = format!("new-{number}");
                make(&new);
                replace(&at(&new), &at("place")).unwrap();
                assert_eq!(std::fs::read_to_string(at("place/library")).unwrap(), new);
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
            reader.join().unwrap();
        });
    }
}
