//! A student's check and the grader give the same verdict: checks the same sources at home and in a class.

use std::path::Path;

use checker::contract::request::Options;
use checker::tasks::TASKS;
use checker::verdict::{Outcome, Verdict};
use xtask::workbench;
use xtask::workspace::Workspace;

use super::course::{Class, FOLDERS, student};
use super::home_course::Course;

/// A submission for task 1, and the verdict that it must get: its outcome, and its code, if it has one.
struct Row {
    name: &'static str,
    files: Vec<(&'static str, String)>,
    verdict: &'static str,
}

/// Sources whose verdicts depend on their text, on the compiler, or on something that a sandbox prevents.
fn rows(class: &Class) -> Vec<Row> {
    let right = class.solution(&FOLDERS[0]);
    let with = |more: &str| vec![("src/lib.rs", format!("{right}\n{more}\n"))];
    let known =
        |name: &str| vec![("src/lib.rs", class.known(&format!("01-basic-coroutine/{name}.rs")))];
    let in_a_module = vec![
        ("src/lib.rs", format!("{right}\nmod deep;\n")),
        ("src/deep/mod.rs", "mod a;\n".into()),
        ("src/deep/a.rs", "\nuse std::{\n    io,\n    fs,\n};\n".into()),
    ];
    let rows = [
        ("files", with("use std::fs;"), "failed E-forbidden-api"),
        ("files-and-broken", with("use std::fs; fn {"), "failed E-forbidden-api"),
        ("files-in-a-module", in_a_module, "failed E-forbidden-api"),
        (
            "files-by-pieces",
            with("macro_rules! m { ($a:ident) => { std::$a::read(\"a\") } }"),
            "failed E-forbidden-api",
        ),
        ("programs", with("use std::process as p; use p::Command;"), "failed E-forbidden-api"),
        ("environment", with("const A: &str = env!(\"HOME\");"), "failed E-forbidden-api"),
        ("path-of-a-module", with("#[path = \"../a.rs\"] mod a;"), "failed E-forbidden-api"),
        ("unsafe-word", with("fn a() { unsafe {} }"), "did-not-compile E-unsafe"),
        ("crate-of-ones-own", with("use itertools::Itertools;"), "did-not-compile E-compile"),
        ("broken", with("fn {"), "did-not-compile E-compile"),
        ("another-name", known("another-name"), "did-not-compile E-signature"),
        ("files-in-unit-tests", with("#[cfg(test)] mod t { use std::fs; }"), "passed"),
        ("variable-called-fs", known("variable-called-fs"), "passed"),
        ("extern-crates", known("extern-crates"), "passed"),
        ("argument-called-path", known("argument-called-path"), "passed"),
        ("words", known("words-that-are-no-paths"), "passed"),
        ("pointer", known("timer-as-a-pointer"), "passed"),
        ("thread", known("computes-in-a-thread"), "passed"),
        ("spinner", known("spinner-thread"), "failed E-leftover-threads"),
        ("blocking", known("spawn-blocking-thread-sleep"), "failed E-blocking"),
    ];
    rows.into_iter().map(|(name, files, verdict)| Row { name, files, verdict }).collect()
}

/// Outcome, code, words and place, without the compiler's messages.
fn printed(verdict: &Verdict) -> (Outcome, String) {
    let first = verdict.diagnoses.first().map(|first| {
        let place = first.place.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} {} {place}", first.code, first.text)
    });
    (verdict.outcome, first.unwrap_or_default())
}

#[test]
fn a_check_at_home_says_what_the_grader_says() {
    let class = Class::new();
    let rows = rows(&class);
    let write = |root: &Path, files: &[(&str, String)]| {
        for (path, text) in files {
            let path = root.join("crates").join(&FOLDERS[0]).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    };
    rows.iter().for_each(|row| write(&class.path("in").join(row.name), &row.files));
    let (code, output) = class.grade("out", &[]);
    assert_eq!(code, Some(0), "{output}");
    let results = class.results("out");

    let course = Course::fresh();
    let workspace = Workspace { root: course.root.clone() };
    let stub = std::fs::read(course.lib(&FOLDERS[0])).unwrap();
    for Row { name, files, verdict } in &rows {
        let _ = std::fs::remove_dir_all(course.folder(&FOLDERS[0]).join("src/deep"));
        std::fs::write(course.lib(&FOLDERS[0]), &stub).unwrap();
        write(&course.root, files);
        let report = workbench::check(&workspace, &TASKS[..1], &Options::default(), false).unwrap();
        let home = &report.tasks[0].verdict;
        let graded = &student(&results, name).task(1).unwrap().report.verdict;
        let code = home.code().map(|code| format!(" {code}")).unwrap_or_default();
        assert_eq!(format!("{}{code}", home.outcome.name()), *verdict, "{name}: {home:?}");
        assert_eq!(printed(home), printed(graded), "{name}");
    }
}
