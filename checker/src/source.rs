//! The student's source: read as tokens, for the few things that only the text can tell.
//!
//! Verdicts come from the trace. The text is asked where a call stands (so that a diagnosis can point at it), and
//! whether something is sorted (which a trace can't show). Comments and strings are no tokens, so a comment that
//! mentions a forbidden word means nothing.

use std::path::{Path, PathBuf};

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::trace::Place;

/// The `.rs` files under a crate's `src/`, `lib.rs` first.
#[derive(Debug, Default)]
pub struct Source {
    files: Vec<(String, Vec<Word>)>,
}

#[derive(Debug)]
struct Word {
    text: String,
    line: u32,
    after_dot: bool,
}

impl Source {
    /// Reads the crate in `crate_dir`. What can't be read is left out: the text only ever adds to a verdict.
    pub fn read(crate_dir: &Path) -> Self {
        let mut paths = Vec::new();
        collect(&crate_dir.join("src"), &mut paths);
        paths.sort_by_key(|path| (!path.ends_with("src/lib.rs"), path.clone()));
        let shown_from = crate_dir.parent().and_then(Path::parent).unwrap_or(crate_dir);
        let files = paths.into_iter().filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            let shown = path.strip_prefix(shown_from).unwrap_or(&path);
            Some((shown.to_string_lossy().replace('\\', "/"), without_tests(words(&text))))
        });
        Self { files: files.collect() }
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

    /// The first place where a method whose name begins with `sort` is called.
    pub fn sorts(&self) -> Option<Place> {
        self.find(|words, i| words[i].after_dot && words[i].text.starts_with("sort"))
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

    fn find(&self, is_it: impl Fn(&[Word], usize) -> bool) -> Option<Place> {
        self.files.iter().find_map(|(file, words)| {
            let i = (0..words.len()).find(|&i| is_it(words, i))?;
            Some(Place { file: file.clone(), line: words[i].line })
        })
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

/// Identifiers and punctuation, with the lines they stand on.
fn words(text: &str) -> Vec<Word> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut line) = (0, 1);
    for token in tokenize(text, FrontmatterAllowed::No) {
        let piece = &text[at..at + token.len as usize];
        let skipped = matches!(
            token.kind,
            TokenKind::LineComment { .. }
                | TokenKind::BlockComment { .. }
                | TokenKind::Whitespace
                | TokenKind::Literal { .. }
        );
        if !skipped {
            let after_dot = words.last().is_some_and(|word| word.text == ".");
            words.push(Word { text: piece.into(), line, after_dot });
        }
        at += piece.len();
        line += piece.bytes().filter(|byte| *byte == b'\n').count() as u32;
    }
    words
}

/// Leaves out what stands under `#[cfg(test)]`: a student's own tests are no part of the solution.
fn without_tests(words: Vec<Word>) -> Vec<Word> {
    const CFG_TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        kept.push(word);
        let ends_so = kept.len() >= CFG_TEST.len()
            && kept[kept.len() - CFG_TEST.len()..]
                .iter()
                .map(|word| word.text.as_str())
                .eq(CFG_TEST);
        if !ends_so {
            continue;
        }
        // the item ends with its block, or with a semicolon before any block
        let mut depth = 0;
        for word in words.by_ref() {
            match word.text.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 && (word.text == "}" || word.text == ";") {
                break;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { files: vec![("src/lib.rs".into(), without_tests(words(text)))] }
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
    }

    #[test]
    fn only_a_call_of_a_sort_method_sorts() {
        assert_eq!(source("done\n    .sort_unstable();").sorts().map(|place| place.line), Some(2));
        assert_eq!(source("// .sort()\nlet sorted = \".sort()\"; sort(done)").sorts(), None);
    }
}
