//! Names that are nearly right, and may only mean one task: the file is taken, with a note.

use super::{FIRST, WORK, assert_taken, fifth};
use crate::class::{self, File, LIB};

/// Names of a file that may only be task 5.
const NEARLY_NAMED: &[&str] = &[
    // browsers and systems
    "05-task-based-wait(1).rs",
    "05-task-based-wait (1).rs",
    "05-task-based-wait (12).rs",
    "05-task-based-wait - Copy.rs",
    "05-task-based-wait - Copy (2).rs",
    "05-task-based-wait copy.rs",
    "05-task-based-wait copy 2.rs",
    "05-task-based-wait 2.rs",
    "05-task-based-wait (copy).rs",
    "05-task-based-wait - Kopie.rs",
    "05-task-based-wait – Kopie.rs",
    "05-task-based-wait (Kopie).rs",
    "05-task-based-wait - Copie.rs",
    "05-task-based-wait - copia.rs",
    "05-task-based-wait - Cópia.rs",
    "05-task-based-wait — копия.rs",
    "05-task-based-wait - 副本.rs",
    "05-task-based-waitのコピー.rs",
    "Copy of 05-task-based-wait.rs",
    "Copy (2) of 05-task-based-wait.rs",
    "copy_of_05-task-based-wait.rs",
    "Kopie von 05-task-based-wait.rs",
    "Copie de 05-task-based-wait.rs",
    "05-task-based-wait (Ada's conflicted copy 2026-11-30).rs",
    "05-task-based-wait.rs (1)",
    "05-task-based-wait.rs - Copy",
    // endings
    "05-task-based-wait.rs.txt",
    "05-task-based-wait.txt",
    "05-task-based-wait,rs",
    "05-task-based-wait rs",
    "05-task-based-wait.RS",
    "05-task-based-wait.rs.rs",
    "05-task-based-wait (1).rs.txt",
    "05-task-based-wait",
    "05-task-based-wait.rs ",
    "05-task-based-wait .rs",
    " 05-task-based-wait.rs",
    "05-task-based-wait.rs.",
    // numbers, separators, other names
    "05 task based wait.rs",
    "5 task based wait.rs",
    "5. Task based wait.rs",
    "5TaskBasedWait.rs",
    "task05-task-based-wait.rs",
    "task-based-wait-5.rs",
    "task5.rs",
    "Task 5.rs",
    "task_5.rs",
    "5.rs",
    "05.rs",
    "task_wait_n.rs",
    "task-wait-n.rs",
    "5_task_wait_n.rs",
    // as in earlier versions
    "5-task-based-wait (1).rs",
    "5-task-based-wait.rs.txt",
    // typing errors
    "task-based-wiat.rs",
    "5-task-based-wai.rs",
    "5-task-basde-wait.rs",
    "tsak_wait_n.rs",
    // versions, and what else people put around a name
    "05-task-based-wait-final.rs",
    "05-task-based-wait_v2.rs",
    "ada_05-task-based-wait.rs",
    "05-task-based-wait-lovelace.rs",
    "concurent_task_based_wait.rs",
    // a version from before, if there is no other
    "05-task-based-wait.rs~",
    "05-task-based-wait.rs.bak",
    "05-task-based-wait.bak",
    "05-task-based-wait.rs.orig",
    "05-task-based-wait.rs.save",
    "05-task-based-wait.rs.old-1",
    "#05-task-based-wait.rs#",
];

#[test]
fn one_file_that_is_nearly_named_is_taken_with_a_note() {
    for &file in NEARLY_NAMED {
        for wrapping in ["", "hw3/"] {
            let path = format!("{wrapping}{file}");
            let first = (&*format!("{wrapping}{}", FIRST.0), FIRST.1);
            for submission in class::in_every_form(&[first, (&path, WORK)]) {
                assert_taken(&submission, &path, &format!("{wrapping}05-task-based-wait.rs"));
                assert!(submission.tasks[1..4].iter().all(|task| task.notes.is_empty()), "{path}");
            }
        }
        // and where there is nothing else
        for submission in class::in_every_form(&[(file, WORK)]) {
            assert_taken(&submission, file, "05-task-based-wait.rs");
        }
    }
}

#[test]
fn a_folder_or_its_lib_that_is_nearly_named_is_taken_with_a_note() {
    let right = "crates/05-task-based-wait/src/lib.rs";
    for file in [
        "crates/05-task-based-wait (1)/src/lib.rs",
        "crates/05-task-based-wait - Kopie/src/lib.rs",
        "crates/5-task-based-wait (1)/src/lib.rs",
        "crates/task5/src/lib.rs",
        "crates/task_wait_n/src/lib.rs",
        "crates/5-task-based-wiat/src/lib.rs",
        "crates/05-task-based-wait-main/src/lib.rs",
        "crates/05-task-based-wait/src/lib.rs.txt",
        "crates/05-task-based-wait/src/lib.txt",
        "crates/05-task-based-wait/src/lib,rs",
        "crates/05-task-based-wait/src/lib (1).rs",
        "crates/05-task-based-wait/src/lib - Copy.rs",
        "crates/05-task-based-wait/src/Lib.rs",
        "crates/05-task-based-wait/src/lib.RS",
        "crates/05-task-based-wait/Src/lib.rs",
        "crates/05-task-based-wait/src (1)/lib.rs",
        "crates/05-task-based-wait/lib.rs",
        "crates/05-task-based-wait/src/main.rs",
        "crates/05-task-based-wait/main.rs",
        "crates/05-task-based-wait/src/task_wait_n.rs",
        "crates/05-task-based-wait/src/05-task-based-wait.rs",
        "crates/05-task-based-wait/src/solution.rs",
        "crates/05-task-based-wait (1)/src/lib (1).rs",
        "crates/05-task-based-wait (1)/lib.rs.txt",
        "crates/05-task-based-wait/src/lib.rs~",
        "crates/05-task-based-wait/src/lib.rs.bak",
    ] {
        for wrapping in ["", "hw3/", "a/b/c/d/"] {
            let (path, right) = (format!("{wrapping}{file}"), format!("{wrapping}{right}"));
            for submission in
                class::in_every_form(&[(&format!("{wrapping}{LIB}"), WORK), (&path, WORK)])
            {
                assert_taken(&submission, &path, &right);
            }
        }
        for submission in class::in_every_form(&[(file, WORK)]) {
            assert_taken(&submission, file, right);
        }
    }
    for file in ["task-based-wait/lib.rs", "tasks/task-based-wait/lib.rs"] {
        let right = file.replace("/lib.rs", "/src/lib.rs");
        for submission in class::in_every_form(&[(LIB, WORK), (file, WORK)]) {
            assert_taken(&submission, file, &right);
        }
    }
}

#[test]
fn a_folder_that_is_nearly_named_is_taken_with_its_modules() {
    let place = "crates/05-task-based-wait (1)/src";
    let files: [File; 5] = [
        FIRST,
        (&format!("{place}/lib.rs"), WORK),
        (&format!("{place}/inner/mod.rs"), b"// inner"),
        (&format!("{place}/helper.rs"), b"// helper"),
        (&format!("{place}/main.rs"), b"fn main() {}"),
    ];
    for submission in class::in_every_form(&files) {
        let paths: Vec<_> =
            fifth(&submission).files.keys().map(|path| path.to_str().unwrap()).collect();
        assert_eq!(paths, ["src/helper.rs", "src/inner/mod.rs", "src/lib.rs"]);
    }
    let src = "crates/05-task-based-wait/src";
    let files: [File; 3] =
        [FIRST, (&format!("{src}/Lib.rs"), WORK), (&format!("{src}/helper.rs"), b"// helper")];
    for submission in class::in_every_form(&files) {
        let paths: Vec<_> =
            fifth(&submission).files.keys().map(|path| path.to_str().unwrap()).collect();
        assert_eq!(paths, ["src/helper.rs", "src/lib.rs"]);
    }
}

#[test]
fn every_task_is_known_by_its_own_names() {
    for (file, number) in [
        ("1.rs", 1),
        ("wait_random.rs", 1),
        ("basic-corotine.rs", 1),
        ("basic-coroutine(1).rs", 1),
        ("2.rs", 2),
        ("wait_n.rs", 2),
        ("wiat_n.rs", 2),
        ("concurrent-corutines.rs", 2),
        ("measure_time.rs", 3),
        ("meassure-runtime.rs", 3),
        ("exercise 3.rs", 3),
        ("4-task.rs", 4),
        ("tasks (1).rs", 4),
        ("tsaks.rs", 4),
        ("tasks4.rs", 4),
        ("task_wait_random.rs", 4),
        ("task-wait-n.rs", 5),
        ("05-tasks-based-wait.rs", 5),
    ] {
        for submission in class::in_every_form(&[("README.md", b""), (file, b"// work")]) {
            for taken in &submission.tasks {
                assert_eq!(taken.is_missing(), taken.task.number != number, "{file}");
            }
        }
    }
}
