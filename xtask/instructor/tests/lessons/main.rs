//! Tests the lessons' programs. Each must do what its transcript says, in Rust and in Python, and the lessons must quote it
//! exactly.
//!
//! The programs don't take seconds of real time: the Rust programs run under tokio's virtual time (`virtual_time.rs`), and
//! the Python programs run on a loop with a similar clock (`virtual_clock.py`).

#[path = "../../../tests/course/mod.rs"]
mod course;
mod program;
mod python;
mod run;
mod rust;
mod transcript;

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use program::{Program, read, repository};
use run::run;
use transcript::Transcript;

/// The limit in real time. The programs need some milliseconds, but a busy machine needs more.
const LIMIT: Duration = Duration::from_secs(30);

fn run_rust(program: &Program) -> Result<String, String> {
    run(&mut Command::new(rust::built(&program.name)), LIMIT)
}

/// Runs the Python counterpart. None, if the program has none.
fn run_python(python: &str, program: &Program) -> Option<Result<String, String>> {
    let file = program.python()?;
    Some(run(&mut python::command(python, &file), LIMIT))
}

/// Compares a run with a program's transcript.
fn compare(program: &Program, printed: Result<String, String>) -> Result<(), String> {
    Transcript::parse(&program.transcript)?.compare(&printed?)
}

#[test]
fn every_rust_program_keeps_its_transcript() {
    let mut problems = Vec::new();
    for program in Program::all() {
        if let Err(problem) = compare(&program, run_rust(&program)) {
            problems.push(format!("{}: {problem}", program.rust.display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_python_program_keeps_the_same_transcript() {
    let Some(python) = python::python() else { return };
    let mut problems = Vec::new();
    for program in Program::all() {
        if let Some(Err(problem)) =
            run_python(python, &program).map(|printed| compare(&program, printed))
        {
            problems.push(format!("{}: {problem}", program.python().unwrap().display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Python looks for modules in the program's folder first.
#[test]
fn no_program_stands_in_the_way_of_a_module_of_pythons_own() {
    let Some(python) = python::python() else { return };
    const IMPORTS: &str = "import sys; sys.path.insert(0, sys.argv[1]); import asyncio, random, time; asyncio.run(asyncio.sleep(0))";
    let folder = |program: &Program| Some(program.python()?.parent()?.to_path_buf());
    for folder in Program::all().iter().filter_map(folder).collect::<BTreeSet<_>>() {
        let printed = run(Command::new(python).args(["-I", "-c", IMPORTS]).arg(&folder), LIMIT);
        printed.unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()));
    }
}

#[test]
fn one_after_another_does_not_pass_for_together() {
    let (together, one_by_one) = (Program::named("both_at_once"), Program::named("sequential"));
    let error = compare(&together, run_rust(&one_by_one)).unwrap_err();
    assert!(error.contains("expected `0 Task 2 started`, got `2.000 Task 1 completed`"), "{error}");
    let Some(python) = python::python() else { return };
    assert_eq!(compare(&together, run_python(python, &one_by_one).unwrap()), Err(error));
}

#[test]
fn a_program_that_never_ends_is_ended() {
    let error = run(&mut Command::new(rust::built(rust::NEVER_ENDS)), Duration::from_millis(200));
    assert!(error.unwrap_err().contains("did not end"));
}

#[test]
fn a_random_delay_is_another_in_every_run() {
    let program = Program::named("random_delay");
    let runs = || (0..5).map(|_| run_rust(&program).unwrap());
    assert!(runs().collect::<BTreeSet<_>>().len() > 1);
    let Some(python) = python::python() else { return };
    let runs = || (0..5).map(|_| run_python(python, &program).unwrap().unwrap());
    assert!(runs().collect::<BTreeSet<_>>().len() > 1);
}

#[test]
fn the_lessons_quote_their_programs_as_they_are() {
    let mut quote = Command::new(env!("CARGO_BIN_EXE_instructor"));
    let printed = run(quote.args(["quote", "--check"]).current_dir(repository()), LIMIT);
    printed.unwrap_or_else(|problem| panic!("{problem}"));
}

#[test]
fn programs_have_names_of_their_own_and_fit_into_80_columns() {
    let mut names = BTreeSet::new();
    for program in Program::all() {
        // cargo puts the examples of all crates into one folder
        assert!(names.insert(program.name.clone()), "two programs are called {}", program.name);
        for file in [Some(program.rust.clone()), program.python()].into_iter().flatten() {
            let wide = read(&file).lines().find(|line| line.chars().count() > 80).map(String::from);
            assert_eq!(wide, None, "in {}", file.display());
        }
    }
}
