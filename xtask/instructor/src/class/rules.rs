//! What a submission is refused for before anything of it is compiled: decided on its tokens alone, so that it is the same
//! on every machine and at every level of isolation. (The sandbox holds against what gets past this.)

use checker::code::Code;
use checker::course::Task;
use checker::source::tokens::{Token, tokens};
use checker::trace::Place;
use checker::verdict::{Diagnosis, Verdict};
use xtask::workbench::NO_UNSAFE;

/// Parts of the standard library, and of tokio, that reach outside.
const OUTSIDE: [&str; 4] = ["fs", "net", "os", "unix"];

/// Macros that read files or the environment while compiling: those of a name that could be anybody's, and the others.
const READ_WHILE_COMPILING: [&str; 2] = ["env", "include"];
const READ_BY_ANY_NAME: [&str; 3] = ["include_bytes", "include_str", "option_env"];

/// What a `Path` can do besides being one.
const OF_PATHS: [&str; 4] = ["canonicalize", "read_dir", "read_link", "try_exists"];

/// The one file that every stub includes: its own lesson. As it stands there, it is no word of the student's.
const LESSON: &str = "#![doc = include_str!(\"../README.md\")]";

/// The verdict on files of `task`, by their paths in the crate, that are not to be compiled; none, if nothing is wrong.
pub fn verdict<'a>(
    task: &Task,
    files: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<Verdict> {
    let mut outside = None;
    for (path, text) in files {
        let tokens = tokens(&text.replacen(LESSON, "", 1));
        let place = |line| Place { file: format!("crates/{}/{path}", task.folder()), line };
        let diagnosis = |code, text: &str, line| {
            Verdict::of(Diagnosis { code, text: text.into(), place: Some(place(line)), call: None })
        };
        if let Some(token) = tokens.iter().find(|token| name(token) == "unsafe") {
            return Some(diagnosis(Code::Unsafe, NO_UNSAFE, token.line));
        }
        if let Some((what, line)) = reaches_outside(&tokens).filter(|_| outside.is_none()) {
            let text = format!(
                "A solution has no business with what is outside of it, so `{what}` is refused: it was not run."
            );
            outside = Some(diagnosis(Code::Outside, &text, line));
        }
    }
    outside
}

/// The verdict on a file of `task` that has the compiler read another file.
pub fn reaches_for_a_file(task: &Task) -> Verdict {
    let place = Place { file: format!("crates/{}/src/lib.rs", task.folder()), line: 1 };
    let text = "It has the compiler read a file that is not its own: it was not run.".into();
    Verdict::of(Diagnosis { code: Code::Outside, text, place: Some(place), call: None })
}

/// The verdict on a file of `task` that can't be linked: it is no mistake, but what it does is not known.
pub fn takes_a_pointer(task: &Task) -> Verdict {
    let place = Place { file: format!("crates/{}/src/lib.rs", task.folder()), line: 1 };
    let text = "It takes a function such as `sleep` as a function pointer (`let timer: fn(_) -> _ = sleep`), which can't be linked here: it was not run. A closure (`|delay| sleep(delay)`) can.".into();
    Verdict::of(Diagnosis { code: Code::Refused, text, place: Some(place), call: None })
}

/// A token as it counts: `r#fs` is `fs`.
fn name(token: &Token) -> &str {
    token.text.trim_start_matches("r#")
}

/// The first token by which a file reaches outside, and its line.
fn reaches_outside(tokens: &[Token]) -> Option<(String, u32)> {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| name(token) == text);
    let path_goes_on = |at: usize| is(at, ":") && is(at + 1, ":");
    let starts_programs = tokens.iter().any(|token| name(token) == "process");
    let by_macro = tokens.iter().any(|token| name(token) == "macro_rules");
    for (at, token) in tokens.iter().enumerate() {
        let found = |what: String| Some((what, token.line));
        match name(token) {
            macro_name
                if READ_BY_ANY_NAME.contains(&macro_name)
                    || READ_WHILE_COMPILING.contains(&macro_name) && is(at + 1, "!") =>
            {
                return found(format!("{macro_name}!"));
            }
            "path" if is(at + 1, "=") && at > 0 && (is(at - 1, "[") || is(at - 1, ",")) => {
                return found("#[path]".into());
            }
            // a macro can make a path of any tokens
            part if by_macro && OUTSIDE[..3].contains(&part) => return found(part.into()),
            method
                if OF_PATHS.contains(&method) && at > 0 && (is(at - 1, ".") || is(at - 1, ":")) =>
            {
                return found(format!("Path::{method}"));
            }
            "Command" if starts_programs => return found("std::process::Command".into()),
            root @ ("std" | "tokio") => {
                // under another name, or with all that is in it, it can't be followed
                if is(at + 1, "as") || (is(at - at.min(1), "crate") && at > 0) {
                    return found(root.into());
                }
                if !path_goes_on(at + 1) {
                    continue;
                }
                if is(at + 3, "*") {
                    return found(format!("{root}::*"));
                }
                for token in of_the_path(&tokens[at + 3..]) {
                    if OUTSIDE.contains(&name(token)) {
                        return Some((format!("{root}::{}", name(token)), token.line));
                    }
                }
            }
            _ => {}
        }
    }
    None
}

/// The tokens of a path, or of a group of them: `fs::read`, `{fs, net::{TcpStream}}`.
fn of_the_path(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    let mut depth = 0_usize;
    let mut before = ":";
    tokens.iter().take_while(move |token| {
        let text = token.text.as_str();
        match text {
            "{" if before == ":" || depth > 0 => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let in_path = matches!(text, ":" | "}" | "{") || before == ":";
        before = text;
        depth > 0 || in_path && text != "}" && text != "{"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use checker::course::TASKS;

    fn code(text: &str) -> Option<Code> {
        let files = [("src/lib.rs", text)];
        verdict(TASKS[0], files.into_iter()).and_then(|verdict| verdict.code())
    }

    #[test]
    fn the_word_unsafe_is_refused_wherever_it_stands() {
        for text in [
            "fn a() { unsafe { } }",
            "#[unsafe(no_mangle)] pub fn write() {}",
            "macro_rules! m { () => { unsafe fn a() {} } }",
            "unsafe impl Send for A {}",
            "fn a() {} // ok\n r#unsafe!{}",
        ] {
            assert_eq!(code(text), Some(Code::Unsafe), "{text}");
        }
        for text in ["// unsafe\nfn a() { \"unsafe\"; }", "fn unsafely() {}", "/* unsafe */"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn what_reaches_outside_is_refused() {
        for text in [
            "use std::fs;",
            "use std::{fs as f, time::Duration};",
            "use std::{time::Duration, collections::{HashMap}, net};",
            "fn a() { ::std::fs::read(\"a\"); }",
            "fn a() { std :: r#fs :: read(\"a\"); }",
            "use std::*;",
            "use std as s;",
            "extern crate std as s;",
            "use tokio::{net::TcpStream};",
            "use std::os::fd::AsFd;",
            "use std::process::{self, Command};",
            "use std::process; fn a() { process::Command::new(\"sh\"); }",
            "const A: &str = include_str!(\"/etc/passwd\");",
            "// #![doc = include_str!(\"../README.md\")]\n#![doc = include_str!(\"/etc/passwd\")]",
            "const A: &str = std::include_str!(\"/etc/passwd\");",
            "#![doc = include_str!(\"../README.md\")]\nconst A: &[u8] = include_bytes!(\"a\");",
            "use core::include_str as text; const A: &str = text!(\"/etc/passwd\");",
            "#!/bin/rust /*\nuse std::fs; // */",
            "macro_rules! m { ($a:ident) => { std::$a::read(\"a\") } } fn a() { m!(fs); }",
            "fn a() { std::path::Path::new(\"/\").read_dir(); }",
            "const A: &str = env!(\"HOME\");",
            "#[path = \"/etc/passwd\"] mod a;",
            "#[cfg_attr(all(), path = \"/etc/passwd\")] mod a;",
        ] {
            assert_eq!(code(text), Some(Code::Outside), "{text}");
        }
    }

    #[test]
    fn what_a_solution_may_use_is_not_refused() {
        for text in [
            "#![doc = include_str!(\"../README.md\")]\nuse std::time::Duration;",
            "use std::{collections::BTreeMap, time::Duration}; fn fs() {} fn a() { let net = fs(); }",
            "fn a() { std::process::exit(1); }",
            "fn a() { let path = 1; println!(\"std::fs {path}\"); }",
            "use std::time::Duration;\nfn os() {}\nstruct Command;",
            "use tokio::time::{Instant, sleep};\nmod net {}",
            "fn a() { std::mem::take(&mut fs) }",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn the_place_is_said() {
        let files = [("src/lib.rs", "mod a;"), ("src/a.rs", "\n\nuse std::fs;")];
        let verdict = verdict(TASKS[1], files.into_iter()).unwrap();
        let place = verdict.diagnoses[0].place.clone().unwrap();
        assert_eq!(place.to_string(), "crates/2-concurrent-coroutines/src/a.rs:3");
        assert!(verdict.diagnoses[0].text.contains("std::fs"));
    }
}
