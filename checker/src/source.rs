//! The student's source: read as tokens, for the few things that only the text can tell.
//!
//! Verdicts come from the trace. The text is asked where a call stands (so that a diagnosis can point at it), what
//! signature a function has, and whether something is sorted (which a trace can't show). Comments and strings are no tokens, so a comment that
//! mentions a forbidden word means nothing.

use std::path::{Path, PathBuf};

use ra_ap_rustc_lexer::{DocStyle, FrontmatterAllowed, TokenKind, strip_shebang, tokenize};

use crate::trace::Place;

/// The `.rs` files under a crate's `src/`, `lib.rs` first.
#[derive(Debug, Default)]
pub struct Source {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// Its path as a person reads it.
    shown: String,
    text: String,
    words: Vec<Word>,
}

#[derive(Debug)]
pub struct Word {
    pub text: String,
    pub line: u32,
    /// Where it begins, in bytes.
    at: usize,
}

impl Source {
    /// Reads the crate in `crate_dir`. What can't be read is left out: the text only ever adds to a verdict.
    pub fn read(crate_dir: &Path) -> Self {
        let mut paths = Vec::new();
        collect(&crate_dir.join("src"), &mut paths);
        paths.sort_by_key(|path| (!path.ends_with("src/lib.rs"), path.clone()));
        let shown_from = crate_dir.parent().and_then(Path::parent).unwrap_or(crate_dir);
        let (mut files, mut tests) = (Vec::new(), Vec::new());
        for path in paths {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let shown = path.strip_prefix(shown_from).unwrap_or(&path);
            let (file, test_files) = File::new(shown.to_string_lossy().replace('\\', "/"), text);
            tests.extend(test_files);
            files.push(file);
        }
        let of_tests = |file: &str| {
            tests.iter().any(|name| {
                file.ends_with(&format!("/{name}.rs")) || file.ends_with(&format!("/{name}/mod.rs"))
            })
        };
        files.retain(|file| !of_tests(&file.shown));
        Self { files }
    }

    /// The first place where `name` is called (or otherwise mentioned outside a `use` or its own definition).
    pub fn call_of(&self, name: &str) -> Option<Place> {
        self.find(|words, i| {
            let before = i.checked_sub(1).map(|i| words[i].text.as_str());
            words[i].text == name
                && before != Some("fn")
                && words.get(i + 1).is_some_and(|next| next.text == "(" || next.text == ")")
        })
    }

    /// The first call of a function by its path in the crate `name`, such as `rand::rng()`.
    pub fn path_into(&self, name: &str) -> Option<Place> {
        self.find(|words, i| {
            let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
            text(i) == name && text(i + 1) == ":" && text(i + 2) == ":" && text(i + 4) == "("
        })
    }

    /// Whether `name` is called on the line of `place`.
    pub fn calls_on_line(&self, name: &str, place: &Place) -> bool {
        let same_file = |file: &str| place.file.replace('\\', "/").ends_with(file);
        self.files.iter().filter(|file| same_file(&file.shown)).any(|file| {
            file.words.windows(2).any(|pair| {
                pair[0].text == name
                    && pair[0].line == place.line
                    && matches!(&*pair[1].text, "(" | ")" | ":")
            })
        })
    }

    /// Whether `name` is mentioned at all.
    pub fn mentions(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.words.iter().any(|word| word.text == name))
    }

    /// The first place where something is sorted, by one of std's methods.
    pub fn sorts(&self) -> Option<Place> {
        const METHODS: [&str; 7] = [
            "sort",
            "sort_by",
            "sort_by_cached_key",
            "sort_by_key",
            "sort_unstable",
            "sort_unstable_by",
            "sort_unstable_by_key",
        ];
        self.find(|words, i| {
            let text =
                |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| &word.text);
            METHODS.contains(&words[i].text.as_str())
                && matches!(text(Some(i + 1)), "(" | ":")
                && matches!(text(i.checked_sub(1)), "." | ":")
        })
    }

    /// How many calls look like a draw from a generator, by the methods of rand.
    pub fn draws(&self) -> usize {
        const METHODS: [&str; 10] = [
            "random",
            "random_iter",
            "random_range",
            "random_ratio",
            "sample",
            "choose",
            "fill_bytes",
            "next_u32",
            "next_u64",
            "random_bool",
        ];
        let is_one = |pair: &[Word]| {
            METHODS.contains(&pair[0].text.as_str()) && matches!(&*pair[1].text, "(" | ":")
        };
        self.files
            .iter()
            .map(|file| file.words.windows(2).filter(|pair| is_one(pair)).count())
            .sum()
    }

    /// The first `todo!` or `unimplemented!`.
    pub fn todo(&self) -> Option<Place> {
        self.find(|words, i| {
            matches!(words[i].text.as_str(), "todo" | "unimplemented")
                && words.get(i + 1).is_some_and(|next| next.text == "!")
        })
    }

    /// The definition of the function `name`.
    pub fn definition_of(&self, name: &str) -> Option<Place> {
        self.find(|words, i| words[i].text == name && i > 0 && words[i - 1].text == "fn")
    }

    /// The signature of the function `name`, on one line.
    pub fn signature_of(&self, name: &str) -> Option<String> {
        self.files.iter().find_map(|file| {
            let words = &file.words;
            let text = |i: usize| words.get(i).map_or("", |word| word.text.as_str());
            let name = (1..words.len()).find(|&i| text(i) == name && text(i - 1) == "fn")?;
            let prefix = |i: &usize| {
                ["pub", "(", "crate", "super", ")", "const", "async", "unsafe", "fn"]
                    .contains(&text(*i))
            };
            let first = (0..name).rev().take_while(prefix).last()?;
            let end = (name..words.len()).find(|&i| text(i) == "{")?;
            let signature = &file.text[words[first].at..words[end].at];
            let line = signature.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(line.replace("( ", "(").replace(", )", ")"))
        })
    }

    fn find(&self, is_it: impl Fn(&[Word], usize) -> bool) -> Option<Place> {
        self.files.iter().find_map(|file| {
            let words = &file.words;
            let i = (0..words.len()).find(|&i| is_it(words, i))?;
            Some(Place { file: file.shown.clone(), line: words[i].line })
        })
    }
}

impl File {
    /// A file, and the modules of its tests that lie in files of their own.
    fn new(shown: String, text: String) -> (Self, Vec<String>) {
        let text = text.strip_prefix('\u{feff}').map(String::from).unwrap_or(text);
        let (words, test_files) = without_tests(words(&text));
        (Self { shown, text, words }, test_files)
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("src/main.rs")
        {
            into.push(path);
        }
    }
}

/// Identifiers and punctuation, with the lines they stand on; what is in comments and strings is none.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // the compiler reads over it, whatever it says
    let (mut at, mut line) = (strip_shebang(text).unwrap_or(0), 1);
    for token in tokenize(&text[at..], FrontmatterAllowed::No) {
        let piece = &text[at..at + token.len as usize];
        let skipped = matches!(
            token.kind,
            TokenKind::LineComment { .. }
                | TokenKind::BlockComment { .. }
                | TokenKind::Whitespace
                | TokenKind::Literal { .. }
        );
        if !skipped {
            words.push(Word { text: piece.into(), line, at });
        }
        at += piece.len();
        line += piece.bytes().filter(|byte| *byte == b'\n').count() as u32;
    }
    words
}

/// Whether one of `names` stands in `text` as an identifier.
pub fn mentions_any(text: &str, names: &[&str]) -> bool {
    let named = |word: &Word| names.contains(&word.text.trim_start_matches("r#"));
    words(text).iter().any(named)
}

/// Whether an attribute in `text` is for the crate that it is the root of: `#![…]`, but for lints and documentation, which
/// any module may have.
pub fn sets_up_its_crate(text: &str) -> bool {
    let words = words(text);
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    (0..words.len()).filter(|at| is(*at, "#") && is(at + 1, "!")).any(|at| {
        let lint = ["allow", "warn", "deny", "forbid"].iter().any(|level| is(at + 3, level));
        let text = is(at + 3, "doc") && is(at + 4, "=");
        !(is(at + 2, "[") && (lint || text))
    })
}

/// Whether `text` may speak of one of the crates `names`: a variable of the same name is none. (If in doubt, yes: a macro
/// can make a path of any word.)
pub fn may_name_crate(text: &str, names: &[&str]) -> bool {
    let words = words(text);
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    let any_word = words.iter().any(|word| word.text == "macro_rules");
    let mut imported = false;
    for (at, word) in words.iter().enumerate() {
        match word.text.as_str() {
            "use" | "extern" => imported = true,
            ";" => imported = false,
            name if names.contains(&name.trim_start_matches("r#"))
                && (any_word || imported || (is(at + 1, ":") && is(at + 2, ":"))) =>
            {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Whether items may be written behind the last line of `text` without changing what the compiler makes of it. (If in
/// doubt, not: a comment or a string that is not closed is no end.)
pub fn takes_more_items(text: &str) -> bool {
    let mut at = strip_shebang(text).unwrap_or(0);
    let mut ended = true;
    for token in tokenize(&text[at..], FrontmatterAllowed::No) {
        let piece = &text[at..at + token.len as usize];
        at += piece.len();
        match token.kind {
            TokenKind::Whitespace => {}
            // one that documents what follows, or the file
            TokenKind::LineComment { doc_style: Some(style) }
            | TokenKind::BlockComment { doc_style: Some(style), .. } => {
                ended = ended && style == DocStyle::Inner;
            }
            TokenKind::LineComment { .. } => {}
            TokenKind::BlockComment { terminated, .. } if terminated => {}
            _ => ended = matches!(piece, "}" | ";"),
        }
    }
    ended
}

/// Leaves out the items under an attribute that mentions `test` (`#[cfg(test)]`, `#[test]`, `#[tokio::test]`): a
/// student's own tests are no part of the solution. Returns the modules among them that lie in files of their own.
fn without_tests(words: Vec<Word>) -> (Vec<Word>, Vec<String>) {
    let (mut kept, mut test_files) = (Vec::with_capacity(words.len()), Vec::new());
    let mut i = 0;
    let text = |i: usize| words.get(i).map_or("", |word: &Word| word.text.as_str());
    let mut keep = vec![true; words.len()];
    while i < words.len() {
        if !(text(i) == "#" && text(i + 1) == "[") {
            i += 1;
            continue;
        }
        let end = end_of_block(&words, i + 1, "[", "]");
        let is_test = (i..end).any(|at| text(at) == "test");
        if !is_test {
            i = end;
            continue;
        }
        // the item ends with its block, or with a semicolon before any block
        let mut at = end;
        while at < words.len() && !matches!(text(at), "{" | ";") {
            at += 1;
        }
        if text(at) == ";" && text(at.saturating_sub(2)) == "mod" {
            test_files.push(text(at - 1).to_string());
        }
        let item_end = if text(at) == "{" { end_of_block(&words, at, "{", "}") } else { at + 1 };
        let item_end = item_end.min(words.len());
        keep[i..item_end].fill(false);
        i = item_end;
    }
    kept.extend(words.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(word, _)| word));
    (kept, test_files)
}

/// The index after the bracket that closes the one at `start`.
fn end_of_block(words: &[Word], start: usize, open: &str, close: &str) -> usize {
    let mut depth = 0;
    for (i, word) in words.iter().enumerate().skip(start) {
        if word.text == open {
            depth += 1;
        } else if word.text == close {
            depth -= 1;
        }
        if depth == 0 {
            return i + 1;
        }
    }
    words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_written_behind_a_whole_file_only() {
        for whole in ["", "fn a() {}", "use b;\n// end", "//! doc\nfn a() {} /* c */\n", "//! doc"]
        {
            assert!(takes_more_items(whole), "{whole}");
        }
        for not in [
            "#[test]",
            "/// doc",
            "fn a() {} /** doc */",
            "fn a() {} /* open",
            "fn a() {} \"open",
            "fn a()",
            "m!()",
        ] {
            assert!(!takes_more_items(not), "{not}");
        }
    }

    #[test]
    fn a_name_is_mentioned_in_code_only() {
        for (text, mentioned) in [
            ("use checker::clock;", true),
            ("use r#checker as c;", true),
            ("// checker\nfn a() { \"checker\"; }", false),
            ("fn checkers() {}", false),
        ] {
            assert_eq!(mentions_any(text, &["kit", "checker"]), mentioned, "{text}");
        }
    }

    #[test]
    fn lints_and_documentation_are_for_any_module() {
        for (text, of_the_crate) in [
            ("#![doc = \"a\"]\n#![allow(unused)]\n//! b\n#[derive(Debug)] struct A;", false),
            ("// #![no_std]\nfn a() { if !b[0] {} }", false),
            ("#![no_std]", true),
            ("#![doc(test(attr(deny(warnings))))]", true),
            ("# ! [ feature(never_type) ]", true),
            ("#![cfg_attr(all(), no_std)]", true),
        ] {
            assert_eq!(sets_up_its_crate(text), of_the_crate, "{text}");
        }
    }

    #[test]
    fn a_crate_is_named_in_paths_and_imports() {
        for (text, named) in [
            ("use tasks::f;", true),
            ("use {rand, tasks as t};", true),
            ("extern crate r#tasks;", true),
            ("fn a() { tasks::f() }", true),
            ("macro_rules! m { ($m:ident) => { $m::f() } } fn a() { m!(tasks) }", true),
            ("let tasks: Vec<u8> = vec![]; tasks.len()", false),
            ("use rand::Rng; fn a(tasks: u8) {} // tasks::f", false),
        ] {
            assert_eq!(may_name_crate(text, &["tasks"]), named, "{text}");
        }
    }

    fn source(text: &str) -> Source {
        Source { files: vec![File::new("src/lib.rs".into(), text.into()).0] }
    }

    #[test]
    fn a_call_is_found_where_it_stands_and_not_where_it_is_only_mentioned() {
        let found = source(
            "use up::wait_random; // wait_random(1)\r\n/* wait_random(2) */\r\n\r\nlet s = \"wait_random(3)\";\r\nwait_random(4)",
        );
        assert_eq!(found.call_of("wait_random").map(|place| place.line), Some(5));
        assert_eq!(source("fn wait_random() {}").call_of("wait_random"), None);
    }

    #[test]
    fn a_students_own_tests_are_no_part_of_the_solution() {
        let text =
            "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { done.sort(); } }\nfn c() { x.sort() }";
        assert_eq!(source(text).sorts().map(|place| place.line), Some(4));
        for hidden in ["#[cfg(all(test, unix))] mod t { v.sort(); }", "#[test] fn t() { v.sort() }"]
        {
            assert_eq!(source(hidden).sorts(), None, "{hidden}");
        }
        let (_, files) = without_tests(words("#[cfg(test)]\nmod checks;\nfn a() {}"));
        assert_eq!(files, ["checks"]);
    }

    #[test]
    fn a_signature_is_read_as_it_is_written_and_not_from_a_comment() {
        let text = "\u{feff}// fn wait_n() {\n#[inline]\npub async fn wait_n<R>(\n    rng: R,\n) -> [u8; 2]\nwhere\n    R: Rng,\n{\n}";
        assert_eq!(
            source(text).signature_of("wait_n").as_deref(),
            Some("pub async fn wait_n<R>(rng: R) -> [u8; 2] where R: Rng,")
        );
        assert_eq!(source("let wait_n = 1;").signature_of("wait_n"), None);
    }

    #[test]
    fn draws_are_counted_by_their_calls() {
        let one = "// rng.random()\nlet ms = rng.random_range(0..=max.as_millis()) as u64; let random = ms;";
        assert_eq!(source(one).draws(), 1);
        assert_eq!(source("sleep(rng.random_range(0..=9)); rng.random::<u8>()").draws(), 2);
    }

    #[test]
    fn only_a_call_of_a_sort_method_sorts() {
        assert_eq!(source("done\n    .sort_unstable();").sorts().map(|place| place.line), Some(2));
        assert_eq!(source("<[_]>::sort(&mut done)").sorts().map(|place| place.line), Some(1));
        assert_eq!(source("v.sorted_insert(1); self.sorted.len(); self.sort").sorts(), None);
        assert_eq!(source("// .sort()\nlet sorted = \".sort()\"; sort(done)").sorts(), None);
    }
}
