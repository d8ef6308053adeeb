//! The paths in a crate's files, and what they stand for. `use` trees are taken apart, and names that a `use` brings into
//! scope are followed.
//!
//! There is no compiler here, so this module is cautious: a name that one module imports counts in every module. If a macro
//! puts a path together, the path is found at its pieces.

use std::collections::{BTreeSet, HashMap};

use super::tokens::{Token, end_of_block};

/// A path in a file: `std::fs::read`, a leaf of a `use` tree, or `$a::b` in a macro.
#[derive(Debug, Clone)]
pub struct Path<'a> {
    /// Its words without `r#`. A word that a macro fills in is `$`.
    pub segments: Vec<&'a str>,
    /// How it ends.
    pub end: End,
    /// The name after `as`.
    pub alias: Option<&'a str>,
    /// Whether it stands in a `use`, or after `extern crate`.
    pub imported: bool,
    /// Its line, from 1.
    pub line: u32,
}

/// How a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With a name.
    Name,
    /// With `*`, which stands for all names in it.
    Glob,
    /// With `::`, and no word after it, because a macro fills that in.
    Open,
}

/// Words that can't begin a path, although `::` may follow them (`return ::std::…`).
const KEYWORDS: [&str; 30] = [
    "as", "async", "await", "box", "break", "const", "continue", "dyn", "else", "enum", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "static", "struct", "trait", "type", "where", "while",
];

/// The text of a token without `r#`: `r#fs` is `fs`.
pub fn name(token: &Token) -> &str {
    token.text.strip_prefix("r#").unwrap_or(&token.text)
}

/// Whether a token is a word: a name or a keyword.
pub fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c == '_' || c.is_alphabetic())
}

/// All paths of at least two words in a file, and all imported paths.
pub fn paths(tokens: &[Token]) -> Vec<Path<'_>> {
    let mut reader = Reader { tokens, paths: Vec::new(), imported: false, depth: 0 };
    let mut at = 0;
    while at < tokens.len() {
        let starts_import = match reader.text(at) {
            // `impl Future + use<'a>` imports nothing
            "use" if reader.text(at + 1) != "<" => Some(at + 1),
            "extern" if reader.text(at + 1) == "crate" => Some(at + 2),
            _ => None,
        };
        reader.imported = starts_import.is_some();
        let from = starts_import.unwrap_or(at);
        let begins = reader.begins_path(from) || reader.imported;
        at = if begins { reader.tree(from, &[]).max(at + 1) } else { at + 1 };
    }
    reader.paths
}

struct Reader<'a> {
    tokens: &'a [Token],
    paths: Vec<Path<'a>>,
    imported: bool,
    /// How many groups (`{…}`) are open.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", name)
    }

    /// Whether `::` stands at `at`. (In `a: ::b`, the path `a` ends before it.)
    fn goes_on(&self, at: usize) -> bool {
        self.text(at) == ":" && self.text(at + 1) == ":" && self.text(at + 2) != ":"
    }

    fn begins_path(&self, at: usize) -> bool {
        let text = self.text(at);
        let metavariable = text == "$" && is_word(self.text(at + 1));
        metavariable || is_word(text) && !KEYWORDS.contains(&text)
    }

    /// Reads a path, or a tree of paths, from `at` on, after `prefix`. Returns where it ends.
    fn tree(&mut self, mut at: usize, prefix: &[&'a str]) -> usize {
        let mut segments = prefix.to_vec();
        let begun = at;
        if self.goes_on(at) && segments.is_empty() {
            at += 2;
        }
        loop {
            let text = self.text(at);
            let is_group = text == "{" && (self.imported || !segments.is_empty());
            match text {
                "{" if is_group => return self.group(at, &segments),
                "*" if !segments.is_empty() || self.imported => {
                    return self.leaf(segments, End::Glob, at + 1, begun);
                }
                "$" if self.text(at + 1) == "crate" => {
                    push(&mut segments, "crate");
                    at += 2;
                }
                "$" if is_word(self.text(at + 1)) => {
                    push(&mut segments, "$");
                    at += 2;
                }
                _ if is_word(text) => {
                    push(&mut segments, text);
                    at += 1;
                }
                // `Vec::<u8>`
                "<" => return self.leaf(segments, End::Name, at, begun),
                _ => return self.leaf(segments, End::Open, at, begun),
            }
            if !self.goes_on(at) {
                return self.leaf(segments, End::Name, at, begun);
            }
            at += 2;
        }
    }

    /// Reads `{a, b::c}` after `prefix`.
    fn group(&mut self, open: usize, prefix: &[&'a str]) -> usize {
        if self.depth == DEEPEST {
            // the paths in it are read without the prefix
            return self.leaf(prefix.to_vec(), End::Open, open, open);
        }
        self.depth += 1;
        let end = self.members(open + 1, prefix);
        self.depth -= 1;
        end
    }

    fn members(&mut self, mut at: usize, prefix: &[&'a str]) -> usize {
        while at < self.tokens.len() {
            match self.text(at) {
                "}" => return at + 1,
                "," => at += 1,
                "$" if self.text(at + 1) == "(" => {
                    self.leaf(prefix.to_vec(), End::Open, at, at);
                    // continue after `$(…),*`
                    at = end_of_block(self.tokens, at + 1, "(", ")");
                    while matches!(self.text(at), "," | "*" | "+" | "?") {
                        at += 1;
                    }
                }
                _ => at = self.tree(at, prefix).max(at + 1),
            }
        }
        at
    }

    fn leaf(&mut self, mut segments: Vec<&'a str>, end: End, at: usize, begun: usize) -> usize {
        let mut next = at;
        let alias = (self.imported && self.text(at) == "as").then(|| self.text(at + 1));
        if alias.is_some() {
            next = at + 2;
        }
        if segments.len() > 1 && segments.last() == Some(&"self") {
            segments.pop();
        }
        let worth_it = self.imported || segments.len() > 1 || end != End::Name;
        if worth_it && !segments.is_empty() {
            let last = at.saturating_sub(1).max(begun).min(self.tokens.len().saturating_sub(1));
            let line = self.tokens.get(last).map_or(1, |token| token.line);
            let imported = self.imported;
            self.paths.push(Path { segments, end, alias, imported, line });
        }
        next
    }
}

/// How many words of a path are read. No real path has more, and a longer one must not keep a grader busy.
const LONGEST: usize = 12;
/// How many groups within groups are read, for the same reason.
const DEEPEST: usize = 32;

/// How many meanings of a name are followed. No real name has more, and names may stand for each other in a circle.
const MOST: usize = 16;

fn push<'a>(segments: &mut Vec<&'a str>, word: &'a str) {
    if segments.len() < LONGEST {
        segments.push(word);
    }
}

fn add<'a>(all: &mut Vec<Vec<&'a str>>, path: Vec<&'a str>) {
    if all.len() < MOST && !all.contains(&path) {
        all.push(path);
    }
}

/// The names that the imports of a crate bring into scope.
#[derive(Debug, Default)]
pub struct Scope<'a> {
    /// The paths that each imported name may stand for.
    names: HashMap<&'a str, Vec<Vec<&'a str>>>,
    /// Modules whose names are all imported.
    globs: Vec<Vec<&'a str>>,
}

impl<'a> Scope<'a> {
    /// Collects the imports among these paths.
    pub fn of<'p>(paths: impl Iterator<Item = &'p Path<'a>>) -> Self
    where
        'a: 'p,
    {
        let mut scope = Self::default();
        for path in paths.filter(|path| path.imported) {
            let segments = without_crate(&path.segments).to_vec();
            let (Some(last), false) = (segments.last().copied(), segments.is_empty()) else {
                continue;
            };
            let name = path.alias.unwrap_or(last);
            if path.end == End::Glob {
                add(&mut scope.globs, segments);
            } else if name != "_" && segments != [name] {
                add(scope.names.entry(name).or_default(), segments);
            }
        }
        scope
    }

    /// Whether a name in scope may stand for exactly this path.
    pub fn may_be(&self, name: &'a str, path: &[&str]) -> bool {
        self.names.contains_key(name)
            && self.meanings(&[name]).iter().any(|meaning| meaning == path)
    }

    /// All paths that a path may stand for, from the name of a crate on. The path itself is one of them.
    pub fn meanings(&self, segments: &[&'a str]) -> Vec<Vec<&'a str>> {
        let mut seen = BTreeSet::new();
        // each path with whether a glob may stand before it, which is not so for a path that already came from a glob
        let mut open = vec![(without_crate(segments).to_vec(), true)];
        let mut meanings = Vec::new();
        while let Some((path, may_be_of_a_glob)) = open.pop() {
            if path.is_empty() || path.len() > LONGEST || seen.len() > MOST {
                continue;
            }
            if !seen.insert(path.clone()) {
                continue;
            }
            // imports don't change the names inside a library
            let is_full = matches!(path[0], "std" | "core" | "alloc" | "tokio");
            let looked_at = if is_full { 1 } else { path.len() };
            for at in 0..looked_at {
                // a name may be imported in one module, and used through that module: `crate::a::imported::b`
                for target in self.names.get(path[at]).into_iter().flatten() {
                    open.push(([target, &path[at + 1..]].concat(), may_be_of_a_glob));
                }
            }
            for module in self.globs.iter().filter(|_| may_be_of_a_glob && !is_full) {
                open.push(([module, &path[..]].concat(), false));
            }
            meanings.push(path);
        }
        meanings
    }
}

/// A path without `crate::`, `self::` and `super::` before it.
fn without_crate<'a, 'p>(segments: &'p [&'a str]) -> &'p [&'a str] {
    let own = segments.iter().take_while(|word| matches!(**word, "crate" | "self" | "super"));
    &segments[own.count()..]
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let path = |path: Path| {
            let end = match path.end {
                End::Name => "",
                End::Glob => "::*",
                End::Open => "::?",
            };
            let alias = path.alias.map_or(String::new(), |alias| format!(" as {alias}"));
            format!("{}{end}{alias}", path.segments.join("::"))
        };
        paths(&tokens).into_iter().map(path).collect()
    }

    #[test]
    fn a_use_tree_is_taken_apart() {
        for (text, paths) in [
            ("use a::b;", &["a::b"][..]),
            (
                "use ::a::{self as s, b::{c, d as e}, f::*};",
                &["a as s", "a::b::c", "a::b::d as e", "a::f::*"],
            ),
            ("use {a::b, c as d, e};", &["a::b", "c as d", "e"]),
            ("pub(crate) use r#a::r#b as _;", &["a::b as _"]),
            ("extern crate a; extern crate b as c;", &["a", "b as c"]),
            ("use a::{b, $($c),*}; use c::$d;", &["a::b", "a::?", "c::$"]),
            ("fn f() -> impl A + use<'a> {}", &[]),
        ] {
            assert_eq!(shown(text), paths, "{text}");
        }
    }

    #[test]
    fn paths_are_found_in_all_kinds_of_code() {
        for (text, paths) in [
            (
                "fn f(a: ::a::B) -> c::D { return ::e::f::<g::H>(); }",
                &["a::B", "c::D", "e::f", "g::H"][..],
            ),
            ("let a: b = c ; d . e ( )", &[]),
            ("$a::b(); $crate::c; a::$b", &["$::b", "crate::c", "a::$"]),
            ("m!({a ::} {b})", &["a::?"]),
            ("<A as a::b>::c", &["a::b"]),
            ("a /* x */ ::\n// y\nb", &["a::b"]),
        ] {
            assert_eq!(shown(text), paths, "{text}");
        }
    }

    #[test]
    fn imported_names_are_followed_to_their_meanings() {
        let tokens = tokens(
            "use tokio as rt; use rt as other; use std::{process as p, time}; use std::path::*; use a::a as a;",
        );
        let paths = paths(&tokens);
        let scope = Scope::of(paths.iter());
        let means = |text: &str, meaning: &str| {
            let segments: Vec<&str> = text.split("::").collect();
            scope.meanings(&segments).iter().any(|path| path.join("::") == meaning)
        };
        assert!(means("other::fs", "tokio::fs"));
        assert!(means("crate::deep::rt::fs", "tokio::fs"));
        assert!(means("p::Command", "std::process::Command"));
        assert!(means("time::sleep", "std::time::sleep"));
        assert!(means("Path::new", "std::path::Path::new"));
        assert!(!means("std::time", "std::path::std::time"));
        assert!(!means("std::p", "std::std::process"));
        assert!(!means("a::x", "std::x"), "and it comes to an end");
        assert!(scope.may_be("p", &["std", "process"]) && !scope.may_be("q", &["std", "process"]));
    }
}
