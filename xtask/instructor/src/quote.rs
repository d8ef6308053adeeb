//! `cargo xtask quote`: copies the files in `examples/` into the lessons that quote them, so that both stay the same.
//!
//! A line `<!-- examples/NAME.rs -->` in a lesson stands before the block that quotes this file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use checker::tasks::TASKS;
use clap::Args;

use xtask::say;
use xtask::workspace::Workspace;

/// Update the programs that the lessons quote
#[derive(Args)]
pub struct Quote {
    /// Change nothing; only report quotes that are out of date, files that no lesson quotes, and programs without a file
    #[arg(long)]
    check: bool,
}

/// The files that lessons quote: their text, by `examples/NAME.rs`.
type Files = BTreeMap<String, String>;

impl Quote {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let mut right = true;
        for task in TASKS {
            let lesson = workspace.crate_dir(task).join("README.md");
            let shown = workspace.shown(&lesson);
            let files = files(&workspace.crate_dir(task).join("examples"))?;
            let old = read(&lesson)?;
            let (new, problems) = quote(&old, &files);
            for problem in &problems {
                say(&format!("  ✗ {shown}: {problem}\n"));
            }
            right &= problems.is_empty();
            if new != old && self.check {
                say(&format!("  ✗ {shown} is out of date: cargo xtask quote\n"));
                right = false;
            } else if new != old {
                std::fs::write(&lesson, new).with_context(|| format!("cannot write {shown}"))?;
                say(&format!("  ✓ {shown} is up to date again\n"));
            }
        }
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The lesson with its quotes updated, and the problems that only its author can fix.
fn quote(lesson: &str, files: &Files) -> (String, Vec<String>) {
    let (mut text, mut problems) = (String::new(), Vec::new());
    let mut unquoted = files.clone();
    let mut parts = parts(lesson).into_iter().peekable();
    while let Some(part) = parts.next() {
        text.push_str(&part);
        if let Some(path) = quoted_path(&part) {
            // the file replaces the existing block
            parts.next_if(|part| part.starts_with(FENCE));
            match files.get(path) {
                Some(file) => text.push_str(&block(path, file)),
                None => problems.push(format!("it quotes {path}, and there is no such file")),
            }
            unquoted.remove(path);
        } else if is_program(&part) {
            problems.push(format!("it has a program that quotes no file:\n{part}"));
        }
    }
    problems.extend(unquoted.keys().map(|path| format!("it does not quote {path}")));
    (text, problems)
}

const FENCE: &str = "```";

/// The lines of a lesson. All lines of a code block are one part.
fn parts(lesson: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut in_block = false;
    for line in lesson.lines() {
        let line = format!("{line}\n");
        let fence = line.starts_with(FENCE);
        match parts.last_mut() {
            Some(block) if in_block => block.push_str(&line),
            _ => parts.push(line),
        }
        in_block ^= fence;
    }
    parts
}

/// The file that is named by a line `<!-- examples/NAME.rs -->`.
fn quoted_path(line: &str) -> Option<&str> {
    let path = line.trim_end().strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    path.starts_with("examples/").then_some(path)
}

/// The block that quotes a file.
fn block(path: &str, text: &str) -> String {
    let language = match path.rsplit_once('.') {
        // rustdoc only compiles it, because running it would really wait
        Some((_, "rs")) => "rust,no_run",
        Some((_, "py")) => "python",
        _ => "text",
    };
    format!("{FENCE}{language}\n{text}{FENCE}\n")
}

/// Whether a part of a lesson is a whole program, and so should lie in a file.
fn is_program(part: &str) -> bool {
    (part.starts_with("```rust") && part.contains("fn main("))
        || (part.starts_with("```python") && part.contains("asyncio.run("))
}

/// The files of a folder that are to be quoted.
fn files(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // `try.rs` is a student's own
        let ours = [".rs", ".py", ".txt"].iter().any(|end| name.ends_with(end));
        if ours && !name.starts_with("try.") {
            files.insert(format!("examples/{name}"), read(&path)?);
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LESSON: &str = "\
Read this:

<!-- examples/greet.rs -->
```rust,no_run
fn main() {}
```

```text
not quoted from anywhere
```
";

    fn greet(text: &str) -> Files {
        Files::from([("examples/greet.rs".into(), text.into())])
    }

    #[test]
    fn a_quote_that_is_up_to_date_is_left_alone() {
        assert_eq!(quote(LESSON, &greet("fn main() {}\n")), (LESSON.into(), vec![]));
    }

    #[test]
    fn a_quote_becomes_what_the_file_says() {
        let new = "fn main() {\n    greet();\n}\n";
        let expected = LESSON.replace("fn main() {}\n", new);
        assert_eq!(quote(LESSON, &greet(new)), (expected, vec![]));
    }

    #[test]
    fn a_mark_without_a_block_is_given_one() {
        let marks_only = "<!-- examples/a.py -->\n\nText.\n<!-- examples/a.txt -->\n";
        let files = Files::from([
            ("examples/a.py".into(), "print(1)\n".into()),
            ("examples/a.txt".into(), "0 1\n".into()),
        ]);
        let (text, problems) = quote(marks_only, &files);
        assert!(problems.is_empty());
        assert_eq!(
            text,
            "<!-- examples/a.py -->\n```python\nprint(1)\n```\n\nText.\n\
             <!-- examples/a.txt -->\n```text\n0 1\n```\n"
        );
    }

    #[test]
    fn a_file_that_is_missing_or_not_quoted_is_named() {
        let (_, problems) = quote(LESSON, &Files::new());
        assert_eq!(problems, ["it quotes examples/greet.rs, and there is no such file"]);
        let (_, problems) = quote("Read nothing.\n", &greet(""));
        assert_eq!(problems, ["it does not quote examples/greet.rs"]);
    }

    #[test]
    fn a_program_that_quotes_no_file_is_refused_and_a_fragment_is_not() {
        let problems = |block: &str| quote(block, &Files::new()).1.len();
        assert_eq!(problems("```rust\nasync fn main() {}\n```\n"), 1);
        assert_eq!(problems("```python\nasyncio.run(main())\n```\n"), 1);
        assert_eq!(problems("```rust\nassert_eq!(1 + 1, 2);\n```\n"), 0);
        assert_eq!(problems("```rust,ignore\npub async fn wait_n()\n```\n"), 0);
    }
}
