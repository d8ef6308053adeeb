//! Calls of the compiler for a task: which files it compiles, against which libraries, and what its result is.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use checker::contract::task::{FOR_STUDENTS, HARNESS};
use checker::source::file;

use super::Kit;
use super::compiled::{Compiled, Lib};
use super::crates::{Crate, FUNCTION, Files, LIB, MODULE};
use super::ended::Ended;
use super::rustc::{Call, Plainly};
use crate::build::fault::MachineFault;
use crate::build::message::{Message, plain};

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

/// The folder for a call that only checks the library.
pub const ALONE: &str = "alone";

/// The setting that tells [`checker::harness!`] that the harness becomes a part of a library.
pub const PART: &str = "part_of_a_harness";

/// What the harness in a library is for.
#[derive(Clone, Copy)]
enum Harness {
    /// It is run.
    Whole,
    /// It only adds its code to the library.
    Part,
}

/// A call that compiles a library and its harness at once.
pub struct AtOnce {
    pub call: Command,
    /// The number of lines in the library that are the student's.
    lines: usize,
}

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
    fn output(
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
    fn linked_by_the_runner<'a>(&self, call: &'a mut Command) -> &'a mut Command {
        let mut linkers = self.made.linking.iter().filter_map(|arg| arg.strip_prefix("-Clinker="));
        call.env(LINKER, linkers.next().unwrap_or("cc"));
        call.arg(format!("-Clinker={}", self.runner().display()))
    }

    /// Compiles the library with its harness as a part of it, as a dependency of other crates. So the code of generic
    /// functions that the harness needs is not compiled again for each of those crates. None, if it does not compile.
    pub(super) fn compile_for_others(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Option<Compiled>> {
        let Some(AtOnce { mut call, .. }) =
            self.with_harness(own, files, dependencies, folder, Harness::Part)?
        else {
            return Ok(None);
        };
        let output = folder.join(own.file_name());
        let (success, messages) = self.run(&mut call, &[own], dependencies, folder, &output)?;
        if success {
            shelve(folder, &own.file_name())?;
            std::fs::rename(folder.join(SHADOW).join(&own.folder), folder.join(SEEN))
                .context("cannot keep what was compiled")?;
        }
        // its messages are not shown, because the crate itself is compiled, too
        Ok(success.then(|| Compiled::of(success, &messages, own.task)))
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

    /// Compiles the library with the harness in it. None, if the harness makes a difference to the compiler's messages.
    ///
    /// With `beside`, another call checks the library alone at the same time. It has less to compile, so if there are errors,
    /// it reports them in three quarters of the time.
    pub(super) fn compile_at_once(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
        beside: bool,
    ) -> Result<Option<Compiled>> {
        let Some(AtOnce { mut call, lines }) = self.at_once(own, files, dependencies, folder)?
        else {
            return Ok(None);
        };
        let (success, messages) = if beside {
            let alone = folder.join(ALONE);
            own.cast_shadow(&alone.join(SHADOW), &files.sources, dependencies)?;
            let mut look = self.call(own, dependencies, 1, &alone);
            look.args(["--crate-type", "rlib", "--crate-name", &own.krate()])
                .arg(own.folder.join(LIB));
            match race(&mut call, &mut look, folder)? {
                Raced::Whole(ended) => {
                    let again =
                        || Ok(unless_lost(Plainly.run(&mut call, &[], folder)?, dependencies));
                    let (success, messages) = answer(Ok(unless_lost(ended, dependencies)), again)?;
                    if needs_the_runner(&messages) {
                        self.output(
                            self.linked_by_the_runner(&mut call),
                            &[own],
                            dependencies,
                            folder,
                        )?
                    } else {
                        (success, messages)
                    }
                }
                Raced::Complains(messages) if lost(&messages, dependencies).is_some() => self.run(
                    &mut call,
                    &[own],
                    dependencies,
                    folder,
                    &folder.join(HARNESS_LIBRARY),
                )?,
                Raced::Complains(messages) => {
                    of_the_sources(&messages)?;
                    return Ok(Some(Compiled::of(false, &messages, own.task)));
                }
            }
        } else {
            self.run(&mut call, &[own], dependencies, folder, &folder.join(HARNESS_LIBRARY))?
        };
        let lib = own.folder.join(LIB);
        let of_the_student = |message: &Message| {
            message.spans.iter().all(|span| {
                let file = Path::new(&span.file_name);
                own.is_source(file) && (file != lib || span.line_end <= lines)
            })
        };
        let (of_the_student, other): (Vec<Message>, Vec<Message>) =
            messages.into_iter().partition(of_the_student);
        if of_the_sources(&of_the_student).is_err()
            || other.iter().any(|message| message.level == "error")
        {
            return Ok(None);
        }
        Ok(Some(Compiled::of(success, &of_the_student, own.task)))
    }

    /// A call that compiles the library with the harness in it. None, if the harness can't be added.
    pub(super) fn at_once(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Option<AtOnce>> {
        self.with_harness(own, files, dependencies, folder, Harness::Whole)
    }

    /// A call that compiles the library with the harness in it. None, if nothing can be added to the file, or if the file
    /// names something that it would not see if it were compiled alone.
    fn with_harness(
        &self,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
        harness: Harness,
    ) -> Result<Option<AtOnce>> {
        let lib = Path::new(LIB);
        let text = files.sources.get(lib).and_then(|text| std::str::from_utf8(text).ok());
        let sees_no_more =
            |text: Option<&str>| text.is_some_and(|text| own.sees_no_more(text, &[]));
        let Some(text) = text.filter(|text| file::takes_more_items(text)) else {
            return Ok(None);
        };
        if !files.of_the_library().all(sees_no_more) {
            return Ok(None);
        }
        // its path is relative to the folder of its file
        let module = format!(
            "{}{IN_THE_KIT}extern crate self as {};\n#[path = \"../{HARNESS}\"]\n{} {MODULE};\n\
             pub use self::{} as {FUNCTION}; // only what is public can be\n",
            if text.ends_with('\n') || text.is_empty() { "" } else { "\n" },
            own.krate(),
            match harness {
                Harness::Whole => "mod",
                // private items are not compiled; no message about them is shown
                Harness::Part => "#[doc(hidden)]\npub mod",
            },
            own.task.function,
        );
        let mut all = files.sources.clone();
        all.insert(HARNESS.into(), files.harness.clone().into());
        all.insert(lib.into(), [text.as_bytes(), module.as_bytes()].concat());
        own.cast_shadow(&folder.join(SHADOW), &all, dependencies)?;
        let mut call = self.call(own, dependencies, dependencies.len(), folder);
        match harness {
            Harness::Whole => self.as_harness(&mut call),
            Harness::Part => {
                call.args(["--crate-type", "rlib", "--cfg", PART]);
                self.with_checker(&mut call);
            }
        }
        call.args(["--crate-name", &own.krate()]).arg(own.folder.join(LIB));
        // places in the harness have the same name as when the harness is compiled alone
        let [from, to] = ["src/../tests", "tests"].map(|path| own.folder.join(path));
        call.arg(format!("--remap-path-prefix={}={}", from.display(), to.display()));
        Ok(Some(AtOnce { call, lines: text.lines().count() }))
    }
}

/// Checks that all the compiler's errors are about sources. An error about no file (a missing linker, a full disk) is not
/// the student's mistake. And if the compiler can't find a file, cargo's way of building may find it.
pub fn of_the_sources(messages: &[Message]) -> Result<()> {
    let other = |message: &&Message| {
        let unread = message.message.contains("couldn't read");
        let not_utf8 = message.message.contains("UTF-8");
        let of_no_file = message.spans.is_empty() && !message.counts() && !message.ended_early;
        message.level == "error" && !not_utf8 && (unread || of_no_file)
    };
    match messages.iter().find(other) {
        Some(message) if message.message.contains("couldn't read") => {
            Err(Unread(message.message.clone()).into())
        }
        Some(message) => {
            if let Some(said) = is_unlinked(message) {
                return Err(Unlinked(said).into());
            }
            // the notes say what is wrong with a linker or a disk
            bail!("the compiler says: {}", plain(message.said(None).trim_end()))
        }
        None => Ok(()),
    }
}

/// Whether the linker failed for a reason that the runner can repair.
fn needs_the_runner(messages: &[Message]) -> bool {
    cfg!(target_os = "linux") && messages.iter().any(|message| is_unlinked(message).is_some())
}

/// Whether the linker reports a hidden symbol. (Linkers say it in different words.)
fn is_unlinked(message: &Message) -> Option<String> {
    let may_be = message.level == "error" && message.spans.is_empty();
    let said = may_be.then(|| plain(message.said(None).trim_end()))?;
    (said.contains("hidden symbol")).then_some(said)
}

/// The error that a source names a file that the compiler can't read. (The text is the compiler's.)
#[derive(Debug)]
pub struct Unread(pub String);

impl std::error::Error for Unread {}

/// The error that a source uses a `#[track_caller]` function of a library as a function pointer (`let timer: fn(_) -> _ =
/// sleep`), and the runner can't help: the compiler uses a name that no shared library can have. cargo can link it, because
/// it links without a shared library.
#[derive(Debug)]
pub struct Unlinked(pub String);

impl std::error::Error for Unlinked {}

impl std::fmt::Display for Unlinked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the linker says: {}", self.0)
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the compiler says: {}", self.0)
    }
}

/// Moves a library, made in `folder`, to a folder with nothing else in it. Other compilations see only that folder.
fn shelve(folder: &Path, library: &str) -> Result<()> {
    let shelf = folder.join(SHELF);
    std::fs::create_dir(&shelf)
        .and_then(|()| std::fs::rename(folder.join(library), shelf.join(library)))
        .context("cannot keep what was compiled")
}

fn making<'a>(call: &'a mut Command, folder: &Path, what: &str, output: &Path) -> &'a mut Command {
    let list = folder.join(DEPENDENCIES);
    call.arg(format!("--emit=dep-info={},{what}", list.display())).arg("-o").arg(output)
}

/// The result of two calls at the same time.
enum Raced {
    /// The call that makes the harness came to its end.
    Whole(Ended),
    /// The call that only checks has found errors, and the other call was cancelled.
    Complains(Vec<Message>),
}

/// Runs two calls at the same time: `call` makes a harness in `folder`, and `look` only checks the library.
fn race(call: &mut Command, look: &mut Command, folder: &Path) -> Result<Raced> {
    let started = "cannot start the compiler";
    let alone = folder.join(ALONE);
    let piped = |call: &mut Command| call.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let look = piped(making(look, &alone, "metadata", &alone.join("library.rmeta")));
    let look = look.context(started)?;
    let mut whole =
        piped(making(call, folder, "link", &folder.join(HARNESS_LIBRARY))).context(started)?;
    let mut stderr = whole.stderr.take().context("it was to be piped")?;
    let looked = look.wait_with_output().context("the compiler went away")?;
    let looked = Ended::of(looked.status, &looked.stderr, None);
    // (a call that was killed says nothing about the library)
    if let Ended::Answered { success: false, messages } = looked {
        let _ = whole.kill();
        // the system needs some time to clean up after it
        std::thread::spawn(move || whole.wait());
        // the errors depend on the files that it has read
        let _ = std::fs::rename(alone.join(DEPENDENCIES), folder.join(DEPENDENCIES));
        return Ok(Raced::Complains(messages));
    }
    let mut said = Vec::new();
    stderr.read_to_end(&mut said).context("the compiler went away")?;
    let status = whole.wait().context("the compiler went away")?;
    Ok(Raced::Whole(Ended::of(status, &said, None)))
}

/// The crate among `libraries` that the compiler did not find, though it was compiled: something has removed it, or a part
/// of it. No source can be the reason, so this must not be kept as an answer about one.
fn lost<'l>(messages: &[Message], libraries: &'l [Arc<Lib>]) -> Option<&'l str> {
    const NOT_FOUND: &str = "E0463";
    let not_found =
        |message: &&Message| message.code.as_ref().is_some_and(|code| code.code == NOT_FOUND);
    messages.iter().filter(not_found).find_map(|message| {
        let names = |lib: &&Arc<Lib>| message.message.contains(&format!("`{}`", lib.krate));
        libraries.iter().find(names).map(|lib| lib.krate.as_str())
    })
}

/// The result of a call. It is a fault of the machine, if the compiler did not find one of these `libraries`.
fn unless_lost(ended: Ended, libraries: &[Arc<Lib>]) -> Ended {
    let Ended::Answered { success: false, messages } = &ended else { return ended };
    let Some(krate) = lost(messages, libraries) else { return ended };
    Ended::Failed(format!(
        "The compiler did not find the compiled crate `{krate}`. Something removed it while this command ran: run the same command again."
    ))
}

/// The compiler's answer: whether it succeeded, and its messages. If the `first` call gave no answer, it is made once more.
///
/// # Errors
/// A [`MachineFault`], if the machine prevents an answer again.
fn answer(
    first: io::Result<Ended>,
    again: impl FnOnce() -> io::Result<Ended>,
) -> Result<(bool, Vec<Message>)> {
    let ended = match first {
        Ok(Ended::Failed(_) | Ended::Crashed(_)) => again(),
        // (not after ^C: the user does not want another try)
        Err(error) if error.kind() != io::ErrorKind::Interrupted => again(),
        first => first,
    };
    match ended {
        Ok(Ended::Answered { success, messages }) => Ok((success, messages)),
        Ok(Ended::OverLimit(why) | Ended::Crashed(why)) => {
            Ok((false, vec![Message::ended_early(why)]))
        }
        Ok(Ended::Failed(why)) => Err(MachineFault(format!("{why} (It was tried twice.)")).into()),
        Err(error) => {
            let why = format!("The compiler can't be started: {error}. (It was tried twice.)");
            Err(MachineFault(why).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiled_crate_that_is_not_found_is_no_answer_about_a_source() {
        let message = |code: &str, krate: &str| -> Message {
            let text = format!("can't find crate for `{krate}`");
            let json = serde_json::json!({
                "level": "error", "message": text, "code": {"code": code}, "rendered": text,
            });
            serde_json::from_value(json).unwrap()
        };
        let lib = Arc::new(Lib {
            folder: "built/a".into(),
            name: "a".into(),
            compiled: Compiled::default(),
            krate: "basic_coroutine".into(),
        });
        let of = |code, krate| {
            let messages = vec![message(code, krate)];
            unless_lost(Ended::Answered { success: false, messages }, std::slice::from_ref(&lib))
        };
        assert!(matches!(of("E0463", "basic_coroutine"), Ended::Failed(_)));
        assert!(matches!(of("E0463", "itertools"), Ended::Answered { .. }), "nobody compiled it");
        assert!(matches!(of("E0432", "basic_coroutine"), Ended::Answered { .. }));
    }
}
