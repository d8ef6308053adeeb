//! Refuses sources before they are compiled: `unsafe`, and paths that lead out of the program (files, network, processes).
//!
//! Only the text decides, so the result is the same in a student's check, in `cargo test` and in the grading of a class.
//! (A class also runs in a sandbox, which stops what this module misses.)

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::{Path as FilePath, PathBuf};

use super::manifest;
use crate::contract::TaskInfo;
use crate::source::outside::{self, Lexed};
use crate::source::tokens::{Token, end_of_block, tokens};
use crate::trace::SourceLocation;
use crate::verdict::code::Code;
use crate::verdict::{Diagnosis, Verdict};

/// The diagnosis of unsafe code.
pub const NO_UNSAFE: &str =
    "The word `unsafe` is forbidden in this course, wherever it stands: nothing here needs it.";

/// The line with which every stub includes its own lesson. It is not the student's, so it is removed before the check.
const LESSON: &str = "#![doc = include_str!(\"../README.md\")]";

/// How many folders deep a source may lie, from the crate's folder on. No grader takes a deeper one.
const DEEPEST: usize = 16;

/// The verdict on the crate of `task` in `crate_dir`, from its files alone; `None` if nothing is wrong so far. A file that
/// is not UTF-8 is skipped, because the compiler reports it.
pub fn verdict(task: &TaskInfo, crate_dir: &FilePath) -> Option<Verdict> {
    let mut files = BTreeMap::new();
    if let Err(unknown) = collect(task, crate_dir, PathBuf::from("src"), &mut files) {
        return Some(*unknown);
    }
    let texts = files.iter().map(|(path, text)| (path.as_path(), text.as_str()));
    of_files(task, texts).or_else(|| manifest::verdict(task, crate_dir))
}

/// The verdict on files of `task`, given by their paths in the crate; `None` if they may be compiled.
pub fn of_files<'a>(
    task: &TaskInfo,
    files: impl Iterator<Item = (&'a FilePath, &'a str)>,
) -> Option<Verdict> {
    let mut lexed: Vec<Lexed> = Vec::new();
    // in the same order for every caller
    for (path, text) in files.collect::<BTreeMap<_, _>>() {
        let tokens = tokens(&text.replacen(LESSON, "", 1));
        if let Some(token) =
            tokens.iter().find(|token| crate::source::paths::name(token) == "unsafe")
        {
            return Some(diagnosis(task, Code::Unsafe, NO_UNSAFE.into(), path, token.line));
        }
        lexed.push(Lexed { path, tokens: without_unit_tests(tokens) });
    }
    let found = outside::reached(&lexed)?;
    let text = format!(
        "{} can reach files, the network, other programs or the environment. A solution must not do that, so it was not run.",
        found.what
    );
    Some(diagnosis(task, Code::ForbiddenApi, text, found.file, found.line))
}

/// The verdict on a source of `task` that makes the compiler read a file that is not part of the submission.
pub fn reaches_for_a_file(task: &TaskInfo) -> Verdict {
    let text =
        "It makes the compiler read a file that is not part of the solution, so it was not run."
            .into();
    diagnosis(task, Code::ForbiddenApi, text, FilePath::new("src/lib.rs"), 1)
}

/// The verdict on a source of `task` that can't be linked on the machine where a class is graded. The source is not wrong,
/// but it can't be judged. (On Linux it can be linked, so nobody should ever see this.)
pub fn can_not_be_linked(task: &TaskInfo) -> Verdict {
    let text = "It uses a function such as `sleep` as a function pointer (`let timer: fn(_) -> _ = sleep`). That can't be linked here, so it was not run. Use a closure instead: `|delay| sleep(delay)`.".into();
    diagnosis(task, Code::InvalidSubmission, text, FilePath::new("src/lib.rs"), 1)
}

/// Whether `text` makes the compiler read an environment variable, outside of its unit tests.
pub fn asks_for_the_environment(text: &str) -> bool {
    let asks = |pair: &[Token]| {
        matches!(crate::source::paths::name(&pair[0]), "env" | "option_env") && pair[1].text == "!"
    };
    without_unit_tests(tokens(text)).windows(2).any(asks)
}

fn diagnosis(task: &TaskInfo, code: Code, text: String, file: &FilePath, line: u32) -> Verdict {
    let place = SourceLocation { file: format!("crates/{}/{}", task.folder(), shown(file)), line };
    Verdict::of(Diagnosis { code, text, place: Some(place), call: None })
}

/// Reads the `.rs` files of a crate that a grader takes: all below `src/`, except the programs beside the library.
///
/// # Errors
/// A verdict, if a file or folder can't be read, or lies too deep: it might be compiled although nobody has looked at it.
fn collect(
    task: &TaskInfo,
    crate_dir: &FilePath,
    folder: PathBuf,
    into: &mut BTreeMap<PathBuf, String>,
) -> Result<(), Box<Verdict>> {
    let unread = |path: &FilePath, error: &Error| {
        let path = format!("crates/{}/{}", task.folder(), shown(path));
        Box::new(Verdict::not_judged(format!(
            "{path} can't be read: {error}. Make it readable, or remove it, and check again."
        )))
    };
    let entries = match std::fs::read_dir(crate_dir.join(&folder)) {
        Ok(entries) => entries,
        // the build reports a missing folder
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(error) => return Err(unread(&folder, &error)),
    };
    for entry in entries {
        let path = folder.join(entry.map_err(|error| unread(&folder, &error))?.file_name());
        let full = crate_dir.join(&path);
        if full.is_dir() {
            let programs = path == FilePath::new("src").join("bin");
            if !programs && path.components().count() >= DEEPEST {
                let text = format!(
                    "{} lies deeper than the limit of {DEEPEST} folders. Move it higher up, or remove it.",
                    shown(&path)
                );
                return Err(Box::new(diagnosis(task, Code::InvalidSubmission, text, &path, 1)));
            }
            if !programs {
                collect(task, crate_dir, path, into)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path != FilePath::new("src").join("main.rs")
        {
            match std::fs::read_to_string(&full) {
                Ok(text) => drop(into.insert(path, text)),
                // the compiler, too, refuses a file that is not UTF-8, and a link that leads nowhere
                Err(error)
                    if matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::NotFound) => {}
                Err(error) => return Err(unread(&path, &error)),
            }
        }
    }
    Ok(())
}

/// A path in a crate, with `/` on every system.
fn shown(path: &FilePath) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Removes a student's own unit tests, which are never compiled into a solution. They must be written exactly as
/// `#[cfg(test)] mod NAME { … }`, at the top level of a file, so that no other code can look like them.
fn without_unit_tests(mut tokens: Vec<Token>) -> Vec<Token> {
    const BEGINS: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let (mut depth, mut at) = (0_usize, 0);
    let mut keep = vec![true; tokens.len()];
    while at < tokens.len() {
        let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
        let begins = BEGINS.iter().enumerate().all(|(i, word)| text(at + i) == *word);
        // the module's name, and its block
        let block = at + BEGINS.len() + 1;
        if depth == 0 && begins && text(block) == "{" {
            let end = end_of_block(&tokens, block, "{", "}");
            keep[at..end].fill(false);
            at = end;
            continue;
        }
        match text(at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    let mut keep = keep.into_iter();
    tokens.retain(|_| keep.next().unwrap_or(true));
    tokens
}

#[cfg(test)]
mod tests;
