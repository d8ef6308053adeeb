use std::path::{Path, PathBuf};
use std::process::Command;

use checker::contract::task::FOR_STUDENTS;

use super::*;
use crate::build::cargo;
use crate::build::kit::ended::messages;
use crate::par_map::par_map;

/// Compiles sources as a student's, without running anything.
struct Compiler {
    dir: tempfile::TempDir,
    /// The libraries that a source can name, and the folder of what they are built on.
    libraries: Vec<(String, PathBuf)>,
}

impl Compiler {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        // this test lies in `target/debug/deps`
        let test = std::env::current_exe().unwrap();
        let artifacts = cargo::artifacts(root, test.ancestors().nth(3).unwrap()).unwrap();
        let library = |name: &str| {
            let artifact = artifacts.iter().find(|artifact| artifact.name == name).unwrap();
            let is_description = |file: &&PathBuf| file.extension().is_some_and(|e| e == "rmeta");
            (name.to_string(), artifact.files.iter().find(is_description).unwrap().clone())
        };
        let libraries = FOR_STUDENTS.map(library).into();
        Self { dir: tempfile::tempdir().unwrap(), libraries }
    }

    /// What the compiler says of a source.
    fn says_of(&self, name: &str, source: &str) -> Vec<Message> {
        let file = self.dir.path().join(format!("{name}.rs"));
        std::fs::write(&file, source).unwrap();
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata"]);
        rustc.args(["--error-format", "json", "--out-dir"]).arg(self.dir.path()).arg(&file);
        for (library, file) in &self.libraries {
            rustc.arg("--extern").arg(format!("{library}={}", file.display()));
            rustc.arg("-L").arg(format!("dependency={}", file.parent().unwrap().display()));
        }
        messages(&rustc.output().unwrap().stderr)
    }
}

#[test]
fn every_known_error_is_found_by_its_own_row_and_is_gone_once_the_note_is_followed() {
    let compiler = Compiler::new();
    let rows: Vec<(usize, &KnownError)> = rows::ROWS.iter().enumerate().collect();
    par_map(&rows, |(index, row)| {
        let messages = compiler.says_of(&format!("wrong_{index}"), row.example);
        let notes: Vec<&str> = messages.iter().filter_map(note).collect();
        let all: Vec<&str> = messages.iter().map(|message| message.message.as_str()).collect();
        // the first error that is shown has it, or a later one of the same line
        assert!(notes.contains(&row.note), "{}\n{all:#?}\n{notes:#?}", row.example);
        assert!(notes.iter().all(|own| *own == row.note), "{}: {notes:#?}", row.example);
    });
    // all in one, since nothing is wrong with them
    let module = |(index, row): &(usize, &KnownError)| {
        format!("pub mod right_{index} {{\n{}\n}}\n", row.instead)
    };
    let messages = compiler.says_of("right", &rows.iter().map(module).collect::<String>());
    let errors = messages.iter().filter(|message| message.level == "error");
    let errors: Vec<&String> = errors.filter_map(|message| message.rendered.as_ref()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn an_error_of_ones_own_keeps_the_compilers_words() {
    let compiler = Compiler::new();
    for (index, source) in [
        "fn f() { wait() }",
        "use crate::time::delay;",
        "fn f() -> u32 { \"text\" }",
        "pub fn f(v: Vec<u32>) -> u32 { v.next() }",
        "pub async fn f(v: u32) { v.await; }",
        "fn sleep(seconds: u32) {}\npub fn f() { sleep(std::time::Duration::ZERO) }",
    ]
    .into_iter()
    .enumerate()
    {
        let messages = compiler.says_of(&format!("own_{index}"), source);
        assert!(messages.iter().any(|message| message.level == "error"), "{source}");
        let notes: Vec<&str> = messages.iter().filter_map(note).collect();
        assert!(notes.is_empty(), "{source}: {notes:?}");
    }
}

#[test]
fn a_note_has_the_shape_of_the_compilers_own() {
    let message = "error: m\n   --> lib.rs:10:5\n    |\n10  | x\n    | ^\n";
    assert_eq!(with_note(message, "a\nb"), format!("{message}    = help: a\n            b\n"));
    let with_advice = format!("{message}help: try\n    |\n10  - x\n");
    assert_eq!(with_note(&with_advice, "a\nb"), format!("{with_advice}help: a\n      b\n"));
    let coloured = with_note("\u{1b}[1merror\u{1b}[0m: m\n", "a");
    assert!(coloured.ends_with("\n\u{1b}[1mhelp\u{1b}[0m: a\n"), "{coloured:?}");
}
