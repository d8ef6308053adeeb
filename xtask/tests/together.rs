//! A student's files give the same results when they are compiled together as when they are compiled alone.
#![cfg(unix)]

mod course;

use std::path::Path;
use std::time::SystemTime;

use checker::tasks::TASKS;
use course::{Course, FOLDERS, copy};
use xtask::build::kit::Kit;
use xtask::build::kit::compile::Compilation;
use xtask::build::kit::crates::Crate;
use xtask::build::{Harness, Package};
use xtask::workspace::Workspace;

/// Builds the tasks of the course with the kit: by one call of the compiler for each, or by one call for as many as
/// possible.
fn packages(course: &Course, kit: &Kit, together: bool) -> Vec<Package> {
    let workspace = Workspace { root: course.root.clone() };
    // what they build on stays as it is: the files that are handed in are those in another folder
    let own = |task| {
        let folder = Path::new("handed-in").join(&FOLDERS[task]);
        Crate { folder, ..Crate::in_the_course(&workspace, TASKS[task]) }
    };
    let crates: Vec<Crate> = (0..TASKS.len()).map(own).collect();
    let compilation = Compilation::new(kit.clone());
    if together {
        compilation.prepare(&crates);
    }
    crates.iter().map(|own| compilation.package(own).unwrap()).collect()
}

/// The number of distinct files of the harnesses. One that was made together with others has several names.
fn files(packages: &[Package]) -> usize {
    use std::os::unix::fs::MetadataExt;
    let file = |package: &Package| match &package.harness {
        Some(Harness::Library(library, _)) => Some(std::fs::metadata(&library.path).unwrap().ino()),
        _ => None,
    };
    packages.iter().filter_map(file).collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn what_is_compiled_together_is_what_it_is_alone() {
    let course = Course::solved();
    assert_eq!(course.xtask(&["check", "1", "--builder", "kit"]).code, Some(0));
    let kit = Kit::of(&Workspace { root: course.root.clone() }, true).unwrap();
    let solutions =
        FOLDERS.each_ref().map(|folder| std::fs::read_to_string(course.lib(folder)).unwrap());
    let hand_in = |task: usize, text: &str, mark: &str| {
        let own = course.root.join("handed-in").join(&FOLDERS[task]);
        copy(&course.folder(&FOLDERS[task]), &own);
        std::fs::write(own.join("src/lib.rs"), format!("{text}\n// {mark}\n")).unwrap();
    };
    // what is handed in for one of the tasks; how many files become of all tasks if it is compiled with the others
    for (task, text, expected, why) in [
        (1, "", 1, "all are right"),
        (0, "#![doc = include_str!(\"../README.md\")]", 1, "the lesson"),
        (1, "fn unused() {}", 1, "a warning"),
        (1, "struct Mine; fn unused(_: Mine) -> u8 { Mine }", 1, "types that don't fit"),
        (2, "fn open() {", 1, "an open brace"),
        (3, "fn a() { let part_0 = 1; }", 2, "a warning that may name a part"),
        (4, "mod a { pub fn b() {} } fn c() { crate::a::b() }", 2, "a path from the crate's root"),
        (4, "mod a { pub fn b() {} } fn c() { super::part_0::wait_random }", 1, "another part"),
        (0, "use tasks::task_wait_random as _;", 1, "a crate that only others may use"),
        (1, "use concurrent_coroutines::wait_n as _;", 1, "its own name"),
        (0, "#![no_std]", 1, "no library"),
        (0, "#![warn(missing_docs)]", TASKS.len(), "documentation of a crate that has none"),
        (0, "fn a() -> &'static str { module_path!() }", 2, "its place"),
    ] {
        let mut texts = solutions.clone();
        texts[task] = match text.starts_with("#!") {
            true => format!("{text}\n{}", texts[task].replace("//!", "//")),
            false => format!("{}\n{text}", texts[task]),
        };
        let made = |together| {
            // so that nothing of them was ever seen before
            let mark = format!("{:040}", SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos());
            (0..TASKS.len()).for_each(|task| hand_in(task, &texts[task], &mark));
            let mut made = packages(&course, &kit, together);
            let printed = made.iter_mut().flat_map(|package| &mut package.library_errors);
            printed.for_each(|text| *text = text.replace(&mark, "mark"));
            made
        };
        let (together, alone) = (made(true), made(false));
        assert_eq!(files(&together), expected, "{why}");
        for (one, other) in together.iter().zip(&alone) {
            assert_eq!(one.harness.is_some(), other.harness.is_some(), "{why}");
            assert_eq!(one.library_errors, other.library_errors, "{why}");
            assert_eq!(one.harness_errors, other.harness_errors, "{why}");
            assert_eq!(one.warnings, other.warnings, "{why}");
        }
    }
}
