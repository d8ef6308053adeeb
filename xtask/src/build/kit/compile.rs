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

use anyhow::{Context, Result, bail};
use checker::rules::before_build;
use checker::run::client::Library;

use super::Kit;
use super::calls::HARNESS_LIBRARY;
use super::compiled::{Compiled, Lib};
use super::content::Content;
use super::crates::{Crate, Files};
use super::kept::Kept;
use crate::build::fault::MachineFault;
use crate::build::message::plain;
use crate::build::{Harness, Package};

/// The libraries that others are compiled against. Each is compiled once. `None` stands for a library that can't be
/// compiled.
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
        let dependencies = self.kit.dependencies(own, &self.libraries)?;
        let dependencies = dependencies.context("what it is built on does not compile")?;
        let at_once = self.kit.at_once(own, &own.read()?, &dependencies, folder)?;
        let mut call = at_once.context("its file is an unusual one")?.call;
        call.args(["--emit=obj", "-o"]).arg(folder.join("object.o"));
        Ok(call)
    }
}

impl Kit {
    fn package(&self, own: &Crate, libraries: &Libraries, beside: bool) -> Result<Package> {
        let Some(dependencies) = self.dependencies(own, libraries)? else {
            return Ok(Package::default());
        };
        let files = own.read()?;
        let name = self.harness_name(own, &files, &dependencies);
        let environment = |text: &Vec<u8>| {
            let text = String::from_utf8_lossy(text);
            text.contains("CARGO_") && before_build::asks_for_the_environment(&text)
        };
        if files.sources.values().any(environment) {
            bail!("{} asks for what only cargo tells it", own.task.name);
        }
        let at_once = self.cached(&name, own, |folder| {
            self.compile_at_once(own, &files, &dependencies, folder, beside)
        })?;
        if let Some(Kept { compiled, folder }) = at_once {
            return Ok(Package {
                harness: compiled.success.then(|| self.harness(own, &folder)),
                library_errors: compiled.errors,
                warnings: compiled.warnings,
                ..Package::default()
            });
        }
        // as cargo does it
        let library = self.library_alone(own, &files, &dependencies)?;
        let Compiled { success, errors, warnings, .. } = library.compiled.clone();
        let mut package = Package { library_errors: errors, warnings, ..Package::default() };
        if success {
            let mut content = Content::of("harness alone");
            content.add(name.as_bytes());
            content.add(library.name.as_bytes());
            let name = content.name();
            let all: Vec<Arc<Lib>> = std::iter::once(library).chain(dependencies).collect();
            let made = self.cached(&name, own, |folder| {
                self.compile_harness(own, &files, &all, folder).map(Some)
            })?;
            let Kept { compiled, folder } = made.unwrap_or_default();
            package.harness = compiled.success.then(|| self.harness(own, &folder));
            package.harness_errors = compiled.errors;
        }
        Ok(package)
    }

    fn harness(&self, own: &Crate, folder: &Path) -> Harness {
        let library = Library {
            path: folder.join(HARNESS_LIBRARY),
            crate_dir: own.dir(),
            function: own.task.function.into(),
        };
        Harness::Library(library, self.runners.clone())
    }

    /// The libraries that `own` depends on. None, if one of them can't be built, which is not a mistake in `own`.
    pub(super) fn dependencies(
        &self,
        own: &Crate,
        libraries: &Libraries,
    ) -> Result<Option<Vec<Arc<Lib>>>> {
        let mut dependencies = Vec::new();
        for dependency in &own.dependencies {
            match self.library(dependency, libraries)? {
                Some(lib) if lib.compiled.success => dependencies.push(lib),
                _ => return Ok(None),
            }
        }
        Ok(Some(dependencies))
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
        let lib = match self.dependencies(own, libraries)? {
            Some(dependencies) => {
                let files = own.read()?;
                let mut content = self.content_of("for others", own, &files, &dependencies);
                content.add(files.harness.as_bytes());
                let name = content.name();
                let made = self.cached(&name, own, |folder| {
                    self.compile_for_others(own, &files, &dependencies, folder)
                })?;
                Some(match made {
                    Some(kept) => Arc::new(compiled_lib(own, &name, kept)),
                    None => self.library_alone(own, &files, &dependencies)?,
                })
            }
            None => None,
        };
        *once = Some(lib.clone());
        Ok(lib)
    }

    /// A task's library without anything added to it.
    fn library_alone(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
    ) -> Result<Arc<Lib>> {
        let name = self.content_of("library", own, files, dependencies).name();
        let made = self.cached(&name, own, |folder| {
            self.compile_library(own, files, dependencies, folder).map(Some)
        })?;
        Ok(Arc::new(compiled_lib(own, &name, made.unwrap_or_default())))
    }

    /// The name of a crate's harness.
    pub(super) fn harness_name(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
    ) -> String {
        let mut content = self.content_of("harness", own, files, dependencies);
        content.add(files.harness.as_bytes());
        content.name()
    }

    /// Everything that a compilation of the crate depends on.
    fn content_of(
        &self,
        kind: &str,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
    ) -> Content {
        let mut content = Content::of(kind);
        content.add(self.name.as_bytes());
        // it is a part of messages of the compiler and of panics
        content.add(own.folder.as_os_str().as_encoded_bytes());
        for (path, contents) in &files.sources {
            content.add(path.as_os_str().as_encoded_bytes());
            content.add(contents);
        }
        for lib in dependencies {
            content.add(lib.name.as_bytes());
        }
        content
    }
}

fn compiled_lib(own: &Crate, name: &str, Kept { compiled, folder }: Kept) -> Lib {
    let mut content = Content::of("compiled");
    content.add(name.as_bytes());
    for (_, read) in &compiled.read {
        content.add(read.as_bytes());
    }
    content.add(compiled.library.as_bytes());
    Lib { folder, name: content.name(), compiled, krate: own.krate() }
}
