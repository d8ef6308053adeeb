//! Answers questions about the text of a student's files, which it reads as tokens.
//!
//! In: the text. Out: the place of a call, so that a diagnosis can point at it; the signature of a function; whether
//! something is sorted, which no trace shows; the meaning of a path ([`paths`]), and whether it leads out of the
//! program ([`outside`]).
//!
//! Only rules decide, not this module. Comments and strings give no tokens, so a forbidden word in a comment is not
//! found.

use std::path::{Path, PathBuf};

use crate::trace::SourceLocation;

use tokens::{Token, tokens, without_tests};

pub mod file;
pub mod outside;
pub mod paths;
pub mod signature;
pub mod tokens;

/// The `.rs` files under a crate's `src/`, `lib.rs` first.
#[derive(Debug, Default)]
pub struct Source {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// Its path, with `/` on every system.
    shown: String,
    text: String,
    tokens: Vec<Token>,
}

impl Source {
    /// Reads the crate in `crate_dir`. Files that can't be read are skipped, because no verdict depends on the text
    /// alone.
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

    /// A crate whose only file is `src/lib.rs`, with this text.
    pub fn of(text: &str) -> Self {
        Self { files: vec![File::new("src/lib.rs".into(), text.into()).0] }
    }

    /// A crate of one file with this path.
    #[cfg(test)]
    pub fn of_file(shown: &str, text: &str) -> Self {
        Self { files: vec![File::new(shown.into(), text.into()).0] }
    }

    /// The first place where `name` is called, or passed as the last argument of a call. Its definition does not count.
    pub fn call_of(&self, name: &str) -> Option<SourceLocation> {
        self.find(|tokens, i| {
            let before = i.checked_sub(1).map(|i| tokens[i].text.as_str());
            tokens[i].text == name
                && before != Some("fn")
                && tokens.get(i + 1).is_some_and(|next| next.text == "(" || next.text == ")")
        })
    }

    /// The first call of a function by a path of two words from the crate `name`, such as `rand::rng()`.
    pub fn path_into(&self, name: &str) -> Option<SourceLocation> {
        self.find(|tokens, i| {
            let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
            text(i) == name && text(i + 1) == ":" && text(i + 2) == ":" && text(i + 4) == "("
        })
    }

    /// The first call of `function` by a path that ends in `module`, such as `thread::sleep(…)`.
    pub fn path_to(&self, module: &str, function: &str) -> Option<SourceLocation> {
        self.find(|tokens, i| {
            let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
            [module, ":", ":", function, "("]
                .iter()
                .enumerate()
                .all(|(k, part)| text(i + k) == *part)
        })
    }

    /// Whether `name` is imported from the crate `from`, or used by its full path.
    pub fn imports(&self, from: &str, name: &str) -> bool {
        self.files.iter().any(|file| {
            let text = |at: usize| file.tokens.get(at).map_or("", |token| token.text.as_str());
            (0..file.tokens.len()).filter(|i| text(*i) == from && text(i + 1) == ":").any(|i| {
                let imported = i > 0 && text(i - 1) == "use";
                let in_path = |token: &&Token| {
                    let word = token.text.chars().all(|c| c.is_alphanumeric() || c == '_');
                    word || token.text == ":" || imported && token.text != ";"
                };
                file.tokens[i..].iter().take_while(in_path).any(|token| token.text == name)
            })
        })
    }

    /// Whether `name` is called on the line of `place`.
    pub fn calls_on_line(&self, name: &str, place: &SourceLocation) -> bool {
        let same_file = |file: &str| place.file.replace('\\', "/").ends_with(file);
        self.files.iter().filter(|file| same_file(&file.shown)).any(|file| {
            file.tokens.windows(2).any(|pair| {
                pair[0].text == name
                    && pair[0].line == place.line
                    && matches!(&*pair[1].text, "(" | ")" | ":")
            })
        })
    }

    /// Whether `name` is mentioned at all.
    pub fn mentions(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.tokens.iter().any(|token| token.text == name))
    }

    /// The first call of one of std's sort methods.
    pub fn sorts(&self) -> Option<SourceLocation> {
        const METHODS: [&str; 7] = [
            "sort",
            "sort_by",
            "sort_by_cached_key",
            "sort_by_key",
            "sort_unstable",
            "sort_unstable_by",
            "sort_unstable_by_key",
        ];
        self.find(|tokens, i| {
            let text = |at: Option<usize>| {
                at.and_then(|at| tokens.get(at)).map_or("", |token| &token.text)
            };
            METHODS.contains(&tokens[i].text.as_str())
                && matches!(text(Some(i + 1)), "(" | ":")
                && matches!(text(i.checked_sub(1)), "." | ":")
        })
    }

    /// How many calls look like a draw from a generator, by the names of rand's methods.
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
        let is_one = |pair: &[Token]| {
            METHODS.contains(&pair[0].text.as_str()) && matches!(&*pair[1].text, "(" | ":")
        };
        self.files
            .iter()
            .map(|file| file.tokens.windows(2).filter(|pair| is_one(pair)).count())
            .sum()
    }

    /// The first `todo!` or `unimplemented!`.
    pub fn todo(&self) -> Option<SourceLocation> {
        self.find(|tokens, i| {
            matches!(tokens[i].text.as_str(), "todo" | "unimplemented")
                && tokens.get(i + 1).is_some_and(|next| next.text == "!")
        })
    }

    /// The definition of the function `name`.
    pub fn definition_of(&self, name: &str) -> Option<SourceLocation> {
        self.find(|tokens, i| tokens[i].text == name && i > 0 && tokens[i - 1].text == "fn")
    }

    /// The signature of the function `name`, on one line.
    pub fn signature_of(&self, name: &str) -> Option<String> {
        self.files.iter().find_map(|file| {
            let tokens = &file.tokens;
            let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
            let name = (1..tokens.len()).find(|&i| text(i) == name && text(i - 1) == "fn")?;
            let prefix = |i: &usize| {
                ["pub", "(", "crate", "super", ")", "const", "async", "unsafe", "fn"]
                    .contains(&text(*i))
            };
            let first = (0..name).rev().take_while(prefix).last()?;
            let end = (name..tokens.len()).find(|&i| text(i) == "{")?;
            let signature = &file.text[tokens[first].at..tokens[end].at];
            let line = signature.split_whitespace().collect::<Vec<_>>().join(" ");
            // rustfmt ends a `where` clause with a comma
            let line = line.trim_end_matches(',');
            Some(line.replace("( ", "(").replace(", )", ")"))
        })
    }

    /// The names of all functions.
    pub fn functions(&self) -> Vec<&str> {
        let named = |pair: &[Token]| pair[0].text == "fn";
        let pairs = self.files.iter().flat_map(|file| file.tokens.windows(2));
        pairs.filter(|pair| named(pair)).map(|pair| pair[1].text.as_str()).collect()
    }

    fn find(&self, is_it: impl Fn(&[Token], usize) -> bool) -> Option<SourceLocation> {
        self.files.iter().find_map(|file| {
            let tokens = &file.tokens;
            let i = (0..tokens.len()).find(|&i| is_it(tokens, i))?;
            Some(SourceLocation { file: file.shown.clone(), line: tokens[i].line })
        })
    }
}

impl File {
    /// A file, and the names of its test modules that are in files of their own.
    fn new(shown: String, text: String) -> (Self, Vec<String>) {
        let text = text.strip_prefix('\u{feff}').map(String::from).unwrap_or(text);
        let (tokens, test_files) = without_tests(tokens(&text));
        (Self { shown, text, tokens }, test_files)
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

#[cfg(test)]
mod tests;
