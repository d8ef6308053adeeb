//! Compiles a library and its harness by one call: the harness is written behind the student's file. A crate goes in, and a
//! harness comes out, or a library that contains the code of its own harness.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result};
use checker::contract::task::HARNESS;
use checker::source::file;

use super::Kit;
use super::answer::{answer, lost, needs_the_runner, of_the_sources, unless_lost};
use super::calls::{DEPENDENCIES, HARNESS_LIBRARY, IN_THE_KIT, SEEN, SHADOW, making, shelve};
use super::compiled::{Compiled, Lib};
use super::crates::{Crate, FUNCTION, Files, LIB, MODULE};
use super::ended::Ended;
use super::rustc::{Call, Plainly};
use crate::build::message::Message;

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
        let output = folder.join(HARNESS_LIBRARY);
        let raced = if beside {
            self.beside_a_check(&mut call, own, files, dependencies, folder)?
        } else {
            Checked::Compiled(self.run(&mut call, &[own], dependencies, folder, &output)?)
        };
        let (success, messages) = match raced {
            Checked::Compiled(answer) => answer,
            Checked::Refused(messages) => {
                of_the_sources(&messages)?;
                return Ok(Some(Compiled::of(false, &messages, own.task)));
            }
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

    /// Makes `call`, and another one beside it that only checks the library.
    fn beside_a_check(
        &self,
        call: &mut Command,
        own: &Crate,
        files: &Files,
        dependencies: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Checked> {
        let alone = folder.join(ALONE);
        own.cast_shadow(&alone.join(SHADOW), &files.sources, dependencies)?;
        let mut look = self.call(own, dependencies, 1, &alone);
        look.args(["--crate-type", "rlib", "--crate-name", &own.krate()]).arg(own.folder.join(LIB));
        let ended = match race(call, &mut look, folder)? {
            Raced::Whole(ended) => ended,
            Raced::Complains(messages) if lost(&messages, dependencies).is_some() => {
                let output = folder.join(HARNESS_LIBRARY);
                return self
                    .run(call, &[own], dependencies, folder, &output)
                    .map(Checked::Compiled);
            }
            Raced::Complains(messages) => return Ok(Checked::Refused(messages)),
        };
        let again = || Ok(unless_lost(Plainly.run(call, &[], folder)?, dependencies));
        let (success, messages) = answer(Ok(unless_lost(ended, dependencies)), again)?;
        let answer = if needs_the_runner(&messages) {
            self.output(self.linked_by_the_runner(call), &[own], dependencies, folder)?
        } else {
            (success, messages)
        };
        Ok(Checked::Compiled(answer))
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

/// What came of a call that had another one beside it.
enum Checked {
    /// The answer of the call itself.
    Compiled((bool, Vec<Message>)),
    /// The errors that the other call has found in the library.
    Refused(Vec<Message>),
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
    let mut messages = Vec::new();
    stderr.read_to_end(&mut messages).context("the compiler went away")?;
    let status = whole.wait().context("the compiler went away")?;
    Ok(Raced::Whole(Ended::of(status, &messages, None)))
}
