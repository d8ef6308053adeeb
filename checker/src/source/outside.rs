//! Finds code that reaches out of the program: files, the network, other programs, and files or variables that the compiler
//! would read.
//!
//! Paths are refused, not words: a variable called `fs` or an enum called `Command` reaches nothing. If a macro of the
//! student's own may put a path together, the pieces of the path count.

use std::collections::BTreeSet;
use std::path::Path as FilePath;

use super::paths::{End, Path, Scope, is_word, name, paths};
use super::tokens::Token;

/// A file, and its tokens.
pub struct Lexed<'a> {
    pub path: &'a FilePath,
    pub tokens: Vec<Token>,
}

/// Something that reaches outside, and its place.
pub struct Found<'a> {
    /// What it is: a path or a macro, in backticks.
    pub what: String,
    pub file: &'a FilePath,
    pub line: u32,
}

/// Modules of `std` that reach outside.
const OF_STD: [&str; 3] = ["fs", "net", "os"];
/// Modules of `tokio` that reach outside.
const OF_TOKIO: [&str; 3] = ["fs", "net", "process"];

/// Macros that read files or the environment while compiling.
const READ_WHILE_COMPILING: [&str; 5] =
    ["env", "include", "include_bytes", "include_str", "option_env"];

/// Methods of `Path` that look at files.
const OF_PATHS: [&str; 4] = ["canonicalize", "read_dir", "read_link", "try_exists"];

/// Modules to which a macro could append another word, if it got them as a piece.
const SENSITIVE: [&[&str]; 2] = [&["std"], &["std", "process"]];

/// Macros of the libraries, which take expressions and put no paths together. (A student's macro with the same name does not
/// count as one of them.)
const OF_LIBRARIES: [&str; 26] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "join",
    "matches",
    "panic",
    "print",
    "println",
    "select",
    "thread_local",
    "todo",
    "try_join",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// The first thing in the files that reaches outside.
pub fn reached<'a>(files: &[Lexed<'a>]) -> Option<Found<'a>> {
    let paths_of: Vec<Vec<Path>> = files.iter().map(|file| paths(&file.tokens)).collect();
    let scope = Scope::of(paths_of.iter().flatten());
    let meanings_of: Vec<Vec<Meanings>> = paths_of
        .iter()
        .map(|paths| paths.iter().map(|path| scope.meanings(&path.segments)).collect())
        .collect();
    let all = || meanings_of.iter().flatten().flatten();
    // whether the code can have a `Path`
    let has_paths = all().any(|path| matches!(path[..], ["std", "path" | "env", ..]));
    let macros = Macros::of(files, paths_of.iter().flatten());
    let mut found: Vec<Found> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let by_paths = paths_of[at]
            .iter()
            .zip(&meanings_of[at])
            .filter_map(|(path, meanings)| Some((leads_outside(path, meanings)?, path.line)));
        let ends = ends(&file.tokens);
        let view = View {
            tokens: &file.tokens,
            scope: &scope,
            macros: &macros,
            has_paths,
            in_own_macros: inside(&ends, |at| macros.begin_at(&file.tokens, at)),
            in_attributes: inside(&ends, |at| begins_attribute(&file.tokens, at)),
        };
        let by_words =
            (0..file.tokens.len()).filter_map(|at| Some((view.word(at)?, file.tokens[at].line)));
        let first = by_paths.chain(by_words).min_by_key(|(_, line)| *line);
        found.extend(first.map(|(what, line)| Found { what, file: file.path, line }));
        if !found.is_empty() {
            break;
        }
    }
    found.pop()
}

type Meanings<'a> = Vec<Vec<&'a str>>;

/// Why a path is refused; `None` if it is allowed.
fn leads_outside(path: &Path, meanings: &[Vec<&str>]) -> Option<String> {
    let renames = path.alias.is_some_and(|alias| alias != "_" && alias != "std");
    meanings.iter().find_map(|meaning| match meaning[..] {
        // under another name, or with all its names imported, `std` can't be followed
        ["std"] if path.imported && renames => Some("`std` under another name".into()),
        ["std"] if path.end == End::Glob => Some("`std::*`".into()),
        ["std" | "core", name, ..]
            if path.imported && name != "env" && READ_WHILE_COMPILING.contains(&name) =>
        {
            Some(format!("`{name}!`"))
        }
        ["std", module, ..] if OF_STD.contains(&module) => Some(format!("`std::{module}`")),
        ["std", "process", "Command", ..] => Some("`std::process::Command`".into()),
        ["tokio", module, ..] if OF_TOKIO.contains(&module) => Some(format!("`tokio::{module}`")),
        ["tokio", "signal", "unix", ..] => Some("`tokio::signal::unix`".into()),
        ["std", "path", "Path" | "PathBuf", method] if OF_PATHS.contains(&method) => {
            Some(format!("`Path::{method}`"))
        }
        // a macro fills in what stands before or after a module
        ["$", module, ..] if OF_STD.contains(&module) => Some(format!("`$…::{module}`")),
        _ => {
            let filled_in = meaning.iter().position(|word| *word == "$");
            let filled_in = filled_in.or((path.end == End::Open).then_some(meaning.len()))?;
            let module = &meaning[..filled_in];
            SENSITIVE.contains(&module).then(|| format!("`{}::$…`", module.join("::")))
        }
    })
}

/// The macros that the student defines.
#[derive(Default)]
struct Macros<'a> {
    /// Their names.
    defined: BTreeSet<&'a str>,
    /// Names that an import gives to something else, which may be one of the macros.
    renamed: BTreeSet<&'a str>,
    /// Whether one of them calls a macro by a name that it gets: `$name!(…)`.
    call_others: bool,
    /// Whether one of them writes an attribute that it gets: `#[$meta]`.
    write_attributes: bool,
}

impl<'a> Macros<'a> {
    fn of<'p>(files: &'a [Lexed], paths: impl Iterator<Item = &'p Path<'a>>) -> Self
    where
        'a: 'p,
    {
        let renamed = paths.filter_map(|path| path.alias).collect();
        let mut macros = Self { renamed, ..Self::default() };
        for file in files {
            let text = |at: usize| file.tokens.get(at).map_or("", name);
            let in_attributes =
                inside(&ends(&file.tokens), |at| begins_attribute(&file.tokens, at));
            for (at, in_attribute) in in_attributes.into_iter().enumerate() {
                macros.write_attributes |= in_attribute && text(at) == "$";
                match text(at) {
                    "macro_rules" if text(at + 1) == "!" => macros.defined.extend([text(at + 2)]),
                    "$" if is_word(text(at + 1)) && text(at + 2) == "!" => {
                        macros.call_others = true
                    }
                    _ => {}
                }
            }
        }
        macros
    }

    /// Whether the bracket at `at` opens the definition or a call of one of the student's own macros.
    fn begin_at(&self, tokens: &[Token], at: usize) -> bool {
        let text = |back: usize| at.checked_sub(back).map_or("", |at| name(&tokens[at]));
        if self.defined.is_empty() {
            return false;
        }
        // `macro_rules! name {`
        let defined = text(2) == "!" && text(3) == "macro_rules";
        let called = text(1) == "!" && is_word(text(2)) && !self.is_of_a_library(text(2));
        defined || called
    }

    fn is_of_a_library(&self, name: &str) -> bool {
        let own = self.defined.contains(name) || self.renamed.contains(name);
        OF_LIBRARIES.contains(&name) && !own
    }
}

/// The tokens of one file, and what is known about all files.
struct View<'a> {
    tokens: &'a [Token],
    scope: &'a Scope<'a>,
    macros: &'a Macros<'a>,
    /// Whether the code can have a `Path`.
    has_paths: bool,
    /// For each token, whether it stands in the definition or a call of a student's own macro.
    in_own_macros: Vec<bool>,
    /// For each token, whether it stands in an attribute.
    in_attributes: Vec<bool>,
}

impl<'a> View<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", name)
    }

    /// Why a word that is not part of a path is refused; `None` if it is allowed.
    fn word(&self, at: usize) -> Option<String> {
        let word = self.text(at);
        let in_own_macro = self.in_own_macros[at];
        if !is_word(word) {
            return None;
        }
        let before = if at > 0 { self.text(at - 1) } else { "" };
        let in_a_path = self.text(at + 1) == ":" && self.text(at + 2) == ":";
        let alone = !in_a_path && before != "." && before != ":" && before != "$";
        if self.text(at + 1) == "!" && self.text(at + 2) != "=" && self.reads(word) {
            return Some(format!("`{word}!`"));
        }
        if in_own_macro && alone && self.macros.call_others && self.reads(word) {
            return Some(format!("`{word}!`"));
        }
        if word == "path" && self.is_an_attribute(at, before, in_own_macro) {
            return Some("`#[path]`".into());
        }
        if self.has_paths && OF_PATHS.contains(&word) {
            let called = before == "." || before == ":" && at > 1 && self.text(at - 2) == ":";
            if called || in_own_macro {
                return Some(format!("`Path::{word}`"));
            }
        }
        let is_a_piece = |module: &&[&str]| module[..] == [word] || self.scope.may_be(word, module);
        if in_own_macro && alone && SENSITIVE.iter().any(is_a_piece) {
            return Some(format!("`{word}` as a piece for a macro"));
        }
        None
    }

    /// Whether a macro of this name reads while compiling.
    fn reads(&self, word: &'a str) -> bool {
        READ_WHILE_COMPILING.contains(&word)
            || READ_WHILE_COMPILING.iter().any(|name| {
                ["std", "core"].iter().any(|root| self.scope.may_be(word, &[root, name]))
            })
    }

    /// Whether the word `path` at `at` is the attribute that names the file of a module.
    fn is_an_attribute(&self, at: usize, before: &str, in_own_macro: bool) -> bool {
        if in_own_macro && self.macros.write_attributes {
            return true;
        }
        let assigned = self.text(at + 1) == "=" && self.text(at + 2) != "=";
        // `#[path = …]`, and `#[cfg_attr(…, path = …)]`
        assigned && (before == "[" || before == "," && self.in_attributes[at])
    }
}

fn begins_attribute(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| name(&tokens[before]));
    name(&tokens[at]) == "[" && matches!(before, "#" | "!")
}

/// For each opening bracket, the index after its closing bracket; for each other token, its own index.
fn ends(tokens: &[Token]) -> Vec<usize> {
    let mut ends: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => open.push(at),
            ")" | "]" | "}" => {
                if let Some(begun) = open.pop() {
                    ends[begun] = at + 1;
                }
            }
            _ => {}
        }
    }
    for begun in open {
        ends[begun] = tokens.len();
    }
    ends
}

/// For each token, whether it stands in brackets whose opening bracket satisfies `begins`.
fn inside(ends: &[usize], begins: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut until = 0;
    let mut inside = Vec::with_capacity(ends.len());
    for (at, end) in ends.iter().enumerate() {
        // an inner bracket ends before the outer one
        if *end > at && begins(at) {
            until = until.max(*end);
        }
        inside.push(at < until);
    }
    inside
}
