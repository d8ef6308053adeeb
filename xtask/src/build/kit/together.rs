//! Compiles several crates by one call of the compiler, each as a module of one crate.
//!
//! Compiling one crate mostly means to start the compiler, to load the metadata of the kit, and to link. Several crates in
//! one call need this only once. The results are kept as if each crate had been compiled alone, so they have to be the same.
//! Crates that could notice the difference are left out ([`Part::stands_alone`]). So is every crate with errors, so that
//! nobody reads messages about the crate of somebody else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, Result};
use checker::contract::task::HARNESS;
use checker::source::file;

use super::Kit;
use super::answer::of_the_sources;
use super::at_once::PART;
use super::calls::{DEPENDENCIES, HARNESS_LIBRARY, IN_THE_KIT, SHADOW};
use super::compile::Libraries;
use super::compiled::{Compiled, Lib};
use super::crates::{Crate, Files, LIB};
use super::make::link;
use super::shadow::{self, Sources};
use crate::build::message::Message;

/// How often the compiler is called for the same crates, each time without those that had errors.
const TRIES: usize = 3;

/// The file that the modules are declared in.
const ROOT: &str = "await_and_see.rs";

/// A crate among others.
struct Part<'a> {
    own: &'a Crate,
    files: Files,
    dependencies: Vec<Arc<Lib>>,
    /// The name of its harness.
    name: String,
}

impl Kit {
    /// Makes harnesses of `crates` by one call, as far as possible. The others are left to be compiled alone.
    pub(super) fn together(&self, crates: &[Crate], libraries: &Libraries) -> Result<()> {
        let mut parts = Vec::new();
        for own in crates {
            let Some(dependencies) = self.dependencies(own, libraries)? else { continue };
            let files = own.read()?;
            let name = self.harness_name(own, &files, &dependencies);
            if self.known(&name, own).is_none() {
                parts.push(Part { own, files, dependencies, name });
            }
        }
        let named = |lib: &Lib| (lib.krate.clone(), lib.name.clone());
        let all: BTreeMap<String, String> =
            parts.iter().flat_map(|part| &part.dependencies).map(|lib| named(lib)).collect();
        let seen: Vec<String> = all.keys().cloned().collect();
        let fits = |part: &Part| {
            // in one call, a crate's name can stand for one library only
            part.dependencies.iter().all(|lib| all.get(&lib.krate) == Some(&lib.name))
                && part.own.root == parts[0].own.root
                && !part.stands_alone(&seen)
        };
        let fit: Vec<bool> = parts.iter().map(fits).collect();
        let mut fit = fit.into_iter();
        parts.retain(|_| fit.next().unwrap_or(false));
        let mut folders = BTreeSet::new();
        parts.retain(|part| folders.insert(part.own.folder.clone()));
        for _ in 0..TRIES {
            if parts.len() < 2 {
                break;
            }
            let blamed = self.in_a_folder(|folder| self.one_call(&parts, folder))?;
            if blamed.is_empty() {
                break;
            }
            let mut at = 0..;
            parts.retain(|_| at.next().is_some_and(|at| !blamed.contains(&at)));
        }
        Ok(())
    }

    /// Compiles `parts` by one call, and keeps the result of each. Returns the parts that prevent the others from being
    /// compiled. If there are none, there is nothing left to try.
    fn one_call(&self, parts: &[Part], folder: &Path) -> Result<BTreeSet<usize>> {
        let begun = SystemTime::now();
        lay_out(parts, &folder.join(SHADOW))?;
        let libraries: BTreeMap<&str, &Arc<Lib>> = parts
            .iter()
            .flat_map(|part| &part.dependencies)
            .map(|lib| (lib.krate.as_str(), lib))
            .collect();
        let libraries: Vec<Arc<Lib>> = libraries.into_values().cloned().collect();
        let mut call = self.call(parts[0].own, &libraries, libraries.len(), folder);
        self.as_harness(&mut call);
        call.args(["--cfg", PART, "--crate-name", "parts", ROOT]);
        let crates: Vec<&Crate> = parts.iter().map(|part| part.own).collect();
        let output = folder.join(HARNESS_LIBRARY);
        let (success, messages) = self.run(&mut call, &crates, &libraries, folder, &output)?;
        of_the_sources(&messages)?;
        if messages.iter().any(|message| is_in(Path::new(ROOT), message)) {
            return Ok(BTreeSet::new());
        }
        if !success {
            let errors = || messages.iter().filter(|message| message.level == "error");
            let blamed = |part: &Part| errors().any(|error| is_in(&part.own.folder, error));
            return Ok((0..parts.len()).filter(|at| blamed(&parts[*at])).collect());
        }
        self.keep_each(parts, messages, folder, begun)?;
        Ok(BTreeSet::new())
    }

    /// Keeps the harness that was made of `parts` in `folder` as the harness of each of them.
    fn keep_each(
        &self,
        parts: &[Part],
        mut messages: Vec<Message>,
        folder: &Path,
        begun: SystemTime,
    ) -> Result<()> {
        let read = files_beside(parts, folder)?;
        for (at, part) in parts.iter().enumerate() {
            let own;
            (own, messages) = messages.into_iter().partition(|message| part.is_subject_of(message));
            if names_parts(&own) {
                continue;
            }
            let kept = folder.join(at.to_string());
            std::fs::create_dir(&kept).context("cannot keep what was compiled")?;
            link(&folder.join(HARNESS_LIBRARY), &kept.join(HARNESS_LIBRARY))?;
            std::fs::write(kept.join(DEPENDENCIES), &read)
                .context("cannot keep what was compiled")?;
            self.keep(&part.name, part.own, &kept, Compiled::of(true, &own, part.own.task), begun)?;
        }
        Ok(())
    }
}

/// Writes `parts` into `shadow`, each as a module of the crate [`ROOT`], which also has their harnesses.
fn lay_out(parts: &[Part], shadow: &Path) -> Result<()> {
    let files: Vec<Sources> =
        parts.iter().enumerate().map(|(at, part)| part.files(&format!("part_{at}"))).collect();
    let crates: Vec<(&Path, &Sources)> =
        parts.iter().map(|part| part.own.folder.as_path()).zip(&files).collect();
    let also =
        parts.iter().flat_map(|part| part.own.dependency_places(&part.dependencies)).collect();
    shadow::cast(shadow, &parts[0].own.root, &crates, &also)?;
    let mut root = IN_THE_KIT.to_string();
    let mut judged = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let path = |file: &str| part.own.folder.join(file).display().to_string();
        let (lib, check) = (path(LIB), path(HARNESS));
        writeln!(root, "#[path = {lib:?}]\npub mod part_{at};")?;
        writeln!(root, "#[path = {check:?}]\nmod harness_{at};")?;
        judged.push(format!("harness_{at}::await_and_see_subjects"));
    }
    writeln!(root, "checker::harness_of_parts![{}];", judged.join(", "))?;
    std::fs::write(shadow.join(ROOT), root).context("cannot write what is to be compiled")
}

/// The list of the files that the compiler has read beside the sources of `parts`. Each of them may have read any of these.
fn files_beside(parts: &[Part], folder: &Path) -> Result<String> {
    let list = std::fs::read_to_string(folder.join(DEPENDENCIES))
        .context("cannot read what the compiler has read")?;
    let is_beside = |line: &&str| {
        let file = Path::new(line.trim_end_matches(':'));
        file != Path::new(ROOT) && !parts.iter().any(|part| part.consists_of(file))
    };
    Ok(list.lines().filter(is_beside).flat_map(|line| [line, "\n"]).collect())
}

/// Whether a message is about a file in this folder.
fn is_in(folder: &Path, message: &Message) -> bool {
    message.spans.iter().any(|span| Path::new(&span.file_name).starts_with(folder))
}

/// Whether one of the messages names a place by the path that it has among all parts.
fn names_parts(messages: &[Message]) -> bool {
    messages.iter().any(|message| message.rendered.iter().any(|text| text.contains("part_")))
}

/// Words that refer to a crate as a whole, or that distinguish it from other crates.
const OF_A_CRATE: [&str; 18] = [
    "asm",
    "crate",
    "env",
    "export_name",
    "extern",
    "feature",
    "global_allocator",
    "include",
    "include_bytes",
    "include_str",
    "macro_export",
    "module_path",
    "no_mangle",
    "option_env",
    "path",
    "super",
    "type_name",
    "type_name_of_val",
];

/// What every stub begins with.
const LESSON: &str = "#![doc = include_str!(\"../README.md\")]";

impl Part<'_> {
    /// Whether the crate must be compiled alone. (Together with others it would see the crates `seen`.)
    fn stands_alone(&self, seen: &[String]) -> bool {
        let direct = self.dependencies.first().map(|lib| &lib.krate);
        let others: Vec<String> =
            seen.iter().filter(|krate| Some(*krate) != direct).cloned().collect();
        let fine = |text: Option<&str>| {
            text.is_some_and(|text| {
                let text = &text.replacen(LESSON, "", 1);
                !file::mentions_any(text, &OF_A_CRATE)
                    && !file::sets_up_its_crate(text)
                    && file::takes_more_items(text)
                    && self.own.sees_no_more(text, &others)
            })
        };
        !self.files.of_the_library().all(fine)
    }

    /// The files of the crate, with a harness that uses the name of the module that the crate becomes.
    fn files(&self, module: &str) -> Sources {
        let mut all = self.files.sources.clone();
        let line = format!("\nuse crate::{module} as {};\n", self.own.krate());
        all.insert(HARNESS.into(), format!("{}{line}", self.files.harness).into());
        all
    }

    /// Whether the message is about the sources of this crate, and nothing else.
    fn is_subject_of(&self, message: &Message) -> bool {
        let is_source = |file: &String| self.own.is_source(Path::new(file));
        !message.spans.is_empty() && message.spans.iter().all(|span| is_source(&span.file_name))
    }

    fn consists_of(&self, file: &Path) -> bool {
        self.own.is_source(file) || file == self.own.folder.join(HARNESS)
    }
}
