//! Calls of the compiler for a task: which files it compiles, against which libraries, and where its output goes. `at_once`
//! compiles a library and its harness by one call, and `answer` reads what the compiler answers.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result};
use checker::contract::task::{FOR_STUDENTS, HARNESS};

use super::Kit;
use super::answer::{answer, needs_the_runner, of_the_sources, unless_lost};
use super::compiled::{Compiled, Lib};
use super::crates::{Crate, Files, LIB};
use crate::build::message::Message;

/// The line that makes the compiler take all crates from the shared library.
pub const IN_THE_KIT: &str = "extern crate kit as _;\n";

/// The environment variable that makes the runner act as a linker. It names the real linker, which the runner calls (the
/// same name as in `checker/kit/src/runner/link.rs`).
const LINKER: &str = "AWAIT_AND_SEE_LINKER";

/// The file that a harness is compiled to.
pub const HARNESS_LIBRARY: &str = "harness.so";

/// The folder that a compilation sees, and the file in which it lists the files that it has read.
pub const SHADOW: &str = "shadow";
pub const DEPENDENCIES: &str = "dependencies";

/// The folder for a compiled library.
pub const SHELF: &str = "shelf";

/// The folder that keeps a library's crate as the compiler saw it.
pub const SEEN: &str = "seen";

impl Kit {
    /// A call of the compiler for a task, in `folder`.
    pub(super) fn compiler(&self, folder: &Path) -> Command {
        let mut call = self.rustc.call(folder);
        call.args(["--error-format=json", "--json=diagnostic-rendered-ansi"])
            .args(["-C", "prefer-dynamic", "-C", "embed-bitcode=no", "--cfg", "tokio_unstable"])
            .args(&self.made.flags)
            .args(&self.made.linking)
            .arg("-L")
            .arg(format!("dependency={}", self.lib().display()));
        for (name, file) in &self.made.externs {
            if FOR_STUDENTS.contains(&name.as_str()) {
                call.arg("--extern").arg(format!("{name}={}", self.lib().join(file).display()));
            }
        }
        call
    }

    /// Makes it a call that compiles a harness.
    pub(super) fn as_harness(&self, call: &mut Command) {
        call.args(["--crate-type", "cdylib", "-C", "codegen-units=1"]);
        self.with_checker(call);
    }

    /// Adds the crates that only harnesses may use.
    pub(super) fn with_checker(&self, call: &mut Command) {
        for (name, file) in &self.made.externs {
            if name == "checker" {
                call.arg("--extern").arg(format!("{name}={}", self.lib().join(file).display()));
            }
        }
        let kit = format!("libkit{}", std::env::consts::DLL_SUFFIX);
        call.arg("--extern").arg(format!("kit={}", self.lib().join(kit).display()));
    }

    /// A call for the crate `own`. It may use the first `used` of the libraries that it depends on.
    pub(super) fn call(
        &self,
        own: &Crate,
        libraries: &[Arc<Lib>],
        used: usize,
        folder: &Path,
    ) -> Command {
        let mut call = self.compiler(&folder.join(SHADOW));
        // the harness asks for the one (the runner does not: what is the same here is the same everywhere), and the compiler
        // gives other advice where it finds the other
        call.env("CARGO_MANIFEST_DIR", &own.folder).env("CARGO_CRATE_NAME", own.krate());
        for lib in libraries {
            call.arg("-L").arg(format!("dependency={}", lib.shelf().display()));
        }
        for lib in &libraries[..used.min(libraries.len())] {
            call.arg("--extern").arg(format!("{}={}", lib.krate, lib.file().display()));
        }
        call
    }

    /// Makes the compiler build `output` from `crates`, and list the files that it reads.
    pub(super) fn run(
        &self,
        call: &mut Command,
        crates: &[&Crate],
        libraries: &[Arc<Lib>],
        folder: &Path,
        output: &Path,
    ) -> Result<(bool, Vec<Message>)> {
        let call = making(call, folder, "link", output);
        let (success, messages) = self.output(call, crates, libraries, folder)?;
        if needs_the_runner(&messages) {
            return self.output(self.linked_by_the_runner(call), crates, libraries, folder);
        }
        Ok((success, messages))
    }

    /// Runs a call of the compiler, and returns its result.
    pub(super) fn output(
        &self,
        call: &mut Command,
        crates: &[&Crate],
        libraries: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<(bool, Vec<Message>)> {
        let mut read = vec![self.lib()];
        read.extend(crates.iter().map(|own| own.dir()));
        read.extend(libraries.iter().map(|lib| lib.shelf()));
        let mut once = || Ok(unless_lost(self.caller.run(call, &read, folder)?, libraries));
        let first = once();
        answer(first, once)
    }

    /// Puts the runner in front of the linker. It repairs what the linker can't link (its module `link` says what).
    pub(super) fn linked_by_the_runner<'a>(&self, call: &'a mut Command) -> &'a mut Command {
        let mut linkers = self.made.linking.iter().filter_map(|arg| arg.strip_prefix("-Clinker="));
        call.env(LINKER, linkers.next().unwrap_or("cc"));
        call.arg(format!("-Clinker={}", self.runner().display()))
    }

    /// Compiles the library alone.
    pub(super) fn compile_library(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Compiled> {
        own.cast_shadow(&folder.join(SHADOW), &files.sources, dependencies)?;
        let mut call = self.call(own, dependencies, 1, folder);
        call.args(["--crate-type", "rlib", "--crate-name", &own.krate()]).arg(own.folder.join(LIB));
        let output = folder.join(own.file_name());
        let (success, messages) = self.run(&mut call, &[own], dependencies, folder, &output)?;
        if success {
            shelve(folder, &own.file_name())?;
        }
        of_the_sources(&messages)?;
        Ok(Compiled::of(success, &messages, own.task))
    }

    /// Compiles the harness alone, against the compiled library, which is the first of `libraries`.
    pub(super) fn compile_harness(
        &self,
        own: &Crate,
        files: &Files,
        libraries: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Compiled> {
        let mut all = files.sources.clone();
        all.insert(HARNESS.into(), format!("{}{IN_THE_KIT}", files.harness).into());
        own.cast_shadow(&folder.join(SHADOW), &all, libraries)?;
        let mut call = self.call(own, libraries, libraries.len(), folder);
        self.as_harness(&mut call);
        call.args(["--crate-name", "check"]).arg(own.folder.join(HARNESS));
        let output = folder.join(HARNESS_LIBRARY);
        let (success, messages) = self.run(&mut call, &[own], libraries, folder, &output)?;
        of_the_sources(&messages)?;
        Ok(Compiled::of(success, &messages, own.task))
    }
}

/// Moves a library, made in `folder`, to a folder with nothing else in it. Other compilations see only that folder.
pub(super) fn shelve(folder: &Path, library: &str) -> Result<()> {
    let shelf = folder.join(SHELF);
    std::fs::create_dir(&shelf)
        .and_then(|()| std::fs::rename(folder.join(library), shelf.join(library)))
        .context("cannot keep what was compiled")
}

/// Adds to `call` what it makes (`what`, into the file `output`), and the list of the files that it reads.
pub(super) fn making<'a>(
    call: &'a mut Command,
    folder: &Path,
    what: &str,
    output: &Path,
) -> &'a mut Command {
    let list = folder.join(DEPENDENCIES);
    call.arg(format!("--emit=dep-info={},{what}", list.display())).arg("-o").arg(output)
}
