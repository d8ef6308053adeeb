//! Files with nearly right names: they are taken if there is no doubt, and reported if there is.

use checker::tasks::TASKS;
use instructor::class::intake::{Bounds, Submission, Taken};

use crate::class::{self, Class, File, LIB, STUBS, assert_refused, text};
use crate::pack;

/// Work on task 5.
const WORK: &[u8] = b"pub async fn task_wait_n<R: Rng>() {}\n";
const OTHER: &[u8] = b"pub async fn task_wait_n<R: Rng>() { /* otherwise */ }\n";
const FIRST: File = ("01-basic-coroutine.rs", b"pub async fn wait_random() {}\n");

fn fifth(submission: &Submission) -> &Taken {
    assert_eq!(submission.refused, None, "{}", submission.name);
    &submission.tasks[4]
}

/// The files that the task's notes name, and whether they were taken.
fn named(taken: &Taken) -> Vec<(&str, bool)> {
    taken.nearly.iter().map(|near| (near.file.as_str(), near.taken)).collect()
}

/// Asserts that this file was taken for task 5, and that the note on it says what it is to be called.
fn assert_taken(submission: &Submission, file: &str, right: &str) {
    let taken = fifth(submission);
    let said = &taken.notes;
    assert_eq!(
        text(taken, "src/lib.rs"),
        Some(std::str::from_utf8(WORK).unwrap()),
        "{file}: {said:?}"
    );
    assert_eq!(named(taken), [(file, true)]);
    assert_eq!(said.len(), 1, "{file}: {said:?}");
    assert!(said[0].starts_with(&format!("{file} was taken for task 5")), "{said:?}");
    assert!(said[0].ends_with(&format!(": call it {right} next time.")), "{said:?}");
}

#[test]
fn one_file_that_is_nearly_named_is_taken_with_a_note() {
    for file in [
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
    ] {
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
fn two_that_differ_refuse_the_task_with_both_names() {
    for (one, other) in [
        ("05-task-based-wait (1).rs", "05-task-based-wait (2).rs"),
        ("05-task-based-wait - Copy.rs", "task5.rs"),
        ("05-task-based-wait (1)/src/lib.rs", "task-based-wait-5.rs"),
        ("05-task-based-wait/src/lib (1).rs", "05-task-based-wait/src/lib.rs.txt"),
    ] {
        for submission in class::in_every_form(&[FIRST, (one, WORK), (other, OTHER)]) {
            let taken = fifth(&submission);
            let why = taken.refused.as_deref().unwrap_or("not refused");
            assert!(why.contains(one) && why.contains(other), "{why}");
            assert!(why.contains("differ: hand in one of them, as 05-task-based-wait"), "{why}");
            assert!(named(taken).iter().all(|(_, taken)| !taken) && taken.nearly.len() == 2);
        }
        for submission in class::in_every_form(&[FIRST, (one, WORK), (other, WORK)]) {
            let taken = fifth(&submission);
            assert_eq!((text(taken, "src/lib.rs").is_some(), taken.nearly.len()), (true, 1));
        }
        let stub = STUBS[&5].as_bytes();
        for submission in class::in_every_form(&[FIRST, (one, stub), (other, WORK)]) {
            let taken = fifth(&submission);
            assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), WORK);
            assert_eq!(named(taken), [(other, true)]);
        }
    }
    let names: Vec<String> = (0..20).map(|n| format!("05-task-based-wait ({n}).rs")).collect();
    let files: Vec<File> = names.iter().map(|name| (name.as_str(), WORK)).collect();
    for submission in class::in_every_form(&files) {
        let why = fifth(&submission).refused.as_deref().unwrap();
        assert!(why.starts_with("20 files may be this task"), "{why}");
    }
}

#[test]
fn a_begun_file_with_its_proper_name_counts_and_another_one_is_named() {
    for (proper, other) in [
        ("05-task-based-wait.rs", "05-task-based-wait (1).rs"),
        ("05-task-based-wait.rs", "task5.rs"),
        ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait (1)/src/lib.rs"),
        ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait/src/lib.rs.txt"),
        ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait/lib.rs"),
    ] {
        for submission in class::in_every_form(&[FIRST, (proper, WORK), (other, OTHER)]) {
            let taken = fifth(&submission);
            assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), WORK);
            assert_eq!(named(taken), [(other, false)]);
            let says = format!(
                "{other} was left alone: {proper} counts. If you mean the other one, hand it in as "
            );
            assert!(
                taken.notes.len() == 1 && taken.notes[0].starts_with(&says),
                "{:?}",
                taken.notes
            );
        }
        let crlf = String::from_utf8(WORK.to_vec()).unwrap().replace('\n', "\r\n");
        for submission in class::in_every_form(&[FIRST, (proper, WORK), (other, crlf.as_bytes())]) {
            let taken = fifth(&submission);
            assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), WORK);
            assert!(taken.notes.is_empty() && taken.nearly.is_empty(), "{:?}", taken.notes);
        }
        // what can't be read under its proper name is not replaced in silence
        for submission in class::in_every_form(&[FIRST, (proper, b"\xff"), (other, OTHER)]) {
            let taken = fifth(&submission);
            assert!(taken.refused.as_deref().unwrap().contains("is not UTF-8"));
            assert_eq!(named(taken), [(other, false)]);
        }
    }
}

#[test]
fn what_is_begun_counts_where_the_proper_name_has_the_stub() {
    let stub = STUBS[&5].as_bytes();
    let crlf = STUBS[&5].replace('\n', "\r\n");
    for stub in [stub, crlf.as_bytes(), b"", b"\xef\xbb\xbf\n"] {
        for (proper, other) in [
            ("05-task-based-wait.rs", "05-task-based-wait (1).rs"),
            ("05-task-based-wait.rs", "05-task-based-wait.rs.txt"),
            ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait/src/lib (1).rs"),
            ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait/lib.rs"),
            ("crates/05-task-based-wait/src/lib.rs", "crates/05-task-based-wait (1)/src/lib.rs"),
            ("crates/05-task-based-wait/src/lib.rs", "task_wait_n.rs"),
        ] {
            for submission in class::in_every_form(&[FIRST, (proper, stub), (other, WORK)]) {
                let taken = fifth(&submission);
                assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), WORK, "{other}");
                assert_eq!(named(taken), [(other, true)]);
                let said = &taken.notes;
                assert!(said.len() == 1 && said[0].starts_with(other), "{said:?}");
                let is_stub = STUBS[&5].len() / 2 < stub.len();
                let says = format!(" in place of {proper}, which is still the stub. ");
                assert_eq!(said[0].contains(&says), is_stub, "{said:?}");
            }
        }
    }
    // a program of the course, which is in every copy of it, is no solution
    let proper = "crates/05-task-based-wait/src/lib.rs";
    let main = "crates/05-task-based-wait/src/main.rs";
    for submission in class::in_every_form(&[FIRST, (proper, stub), (main, WORK)]) {
        assert_eq!(text(fifth(&submission), "src/lib.rs").unwrap().as_bytes(), stub);
    }
    for submission in class::in_every_form(&[FIRST, (main, b"fn main() { task_wait_n(); }")]) {
        assert!(fifth(&submission).is_missing());
    }
    // the stub under both names, or under the wrong one only, is the stub
    let near = "05-task-based-wait (1).rs";
    for files in
        [&[FIRST, (near, stub)][..], &[FIRST, ("05-task-based-wait.rs", stub), (near, stub)]]
    {
        for submission in class::in_every_form(files) {
            assert_eq!(text(fifth(&submission), "src/lib.rs").unwrap().as_bytes(), stub);
            assert!(fifth(&submission).notes.len() < files.len(), "{:?}", fifth(&submission).notes);
        }
    }
    // modules without a src/lib.rs are no lack of clarity
    let modules: Vec<String> =
        (0..12).map(|n| format!("crates/05-task-based-wait/src/m{n}.rs")).collect();
    let files: Vec<File> = modules.iter().map(|path| (path.as_str(), b"".as_slice())).collect();
    for submission in class::in_every_form(&files) {
        assert!(fifth(&submission).is_missing() && fifth(&submission).refused.is_none());
    }
}

#[test]
fn a_backup_counts_for_less_than_any_other() {
    for backup in
        ["05-task-based-wait.rs~", "05-task-based-wait.rs.bak", "05-task-based-wait.rs.orig"]
    {
        for counts in ["05-task-based-wait.rs", "05-task-based-wait (1).rs"] {
            for submission in class::in_every_form(&[FIRST, (counts, WORK), (backup, OTHER)]) {
                let taken = fifth(&submission);
                assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), WORK);
                let note = taken.notes.last().unwrap();
                let says = format!(
                    "{backup} was left alone: it is named like a backup, and {counts} counts"
                );
                assert_eq!(*note, says);
            }
        }
        let older = "05-task-based-wait.rs.old-1";
        for submission in class::in_every_form(&[FIRST, (older, WORK), (backup, OTHER)]) {
            let taken = fifth(&submission);
            assert!(taken.is_missing());
            assert!(taken.notes.concat().contains(" is named like a backup"), "{:?}", taken.notes);
            assert_eq!(taken.nearly.len(), 2);
        }
    }
}

#[test]
fn what_may_be_meant_otherwise_is_named_and_not_taken() {
    for file in [
        "04-task-based-wait.rs",
        "crates/02-task-based-wait/src/lib.rs",
        "05-task-based-wait.rs.html",
        "05-task-based-wait.rs.part",
        "crates/05-task-based-wait/src/lib.rs.docx",
    ] {
        for submission in class::in_every_form(&[FIRST, (file, WORK)]) {
            let taken = fifth(&submission);
            assert!(taken.is_missing(), "{file}");
            assert_eq!(named(taken), [(file, false)]);
            let says = format!("{file} is there, but is not taken: ");
            assert!(taken.notes.iter().any(|note| note.starts_with(&says)), "{:?}", taken.notes);
            assert!(taken.notes.concat().contains("Hand in this task's file as crates/05-task"));
        }
        // in the task's own folder, it is that task that is missing
        if !file.contains("src/lib.rs.docx") {
            for submission in class::in_every_form(&[(file, WORK)]) {
                assert_refused(&submission, &format!("; {file} is there, but a file of that name"));
            }
        }
    }
    // taken only if it defines the function
    for file in ["5-ada.rs", "hw_task_based_wait.rs", "5-taks-basd-wait.rs", "task5.txt"] {
        for submission in class::in_every_form(&[FIRST, (file, WORK)]) {
            assert_eq!(named(fifth(&submission)), [(file, true)], "{file}");
        }
        for submission in class::in_every_form(&[FIRST, (file, b"fn helper() {}")]) {
            assert!(fifth(&submission).is_missing());
            assert_eq!(named(fifth(&submission)), [(file, false)], "{file}");
            let note = &fifth(&submission).notes[0];
            assert!(note.contains("does not define task_wait_n"), "{note}");
        }
    }
}

#[test]
fn what_is_no_tasks_file_is_not_even_named() {
    for file in [
        "README.md",
        "05-task-based-wait.md",
        "05-task-based-wait.pdf",
        "5-notes.txt",
        "crates/05-task-based-wait/build.rs",
        "crates/05-task-based-wait/tests/check.rs",
        "crates/05-task-based-wait/examples/lib.rs",
        "crates/05-task-based-wait/src/bin/lib.rs",
        "checker/solutions/task5.rs",
        "crates/05-task-based-wait/target/lib.rs",
        ".05-task-based-wait (1).rs",
        "._05-task-based-wait.rs",
        "__MACOSX/._05-task-based-wait.rs",
        "crates/05-task-based-wait/src/._lib.rs",
    ] {
        for submission in class::in_every_form(&[FIRST, (file, b"// nothing")]) {
            let taken = fifth(&submission);
            assert!(taken.is_missing() && taken.nearly.is_empty(), "{file}: {:?}", taken.notes);
        }
    }
}

#[test]
fn a_source_whose_name_tells_no_task_is_named_where_tasks_are_missing() {
    for file in [
        "hw5.rs",
        "task.rs",
        "tests.rs",
        "wait.rs",
        "lib.rs",
        "main.rs",
        "src/lib.rs",
        "crates/solution.rs",
        "hw3/x.RS",
    ] {
        for submission in class::in_every_form(&[FIRST, (file, WORK)]) {
            assert!(submission.tasks[0].notes.is_empty() && submission.tasks[0].nearly.is_empty());
            for taken in &submission.tasks[1..] {
                assert!(taken.is_missing());
                assert_eq!(named(taken), [(file, false)]);
                let says = format!(
                    "{file} is there, but its name tells no task: hand in this task's file as crates/"
                );
                assert!(
                    taken.notes.len() == 1 && taken.notes[0].starts_with(&says),
                    "{:?}",
                    taken.notes
                );
            }
        }
    }
    for submission in class::in_every_form(&[FIRST, ("a.rs", b""), ("b.rs", b""), ("c.rs", b"")]) {
        let says = "a.rs and 2 other sources are there, but their names tell no task: hand in";
        assert!(fifth(&submission).notes[0].starts_with(says));
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

/// A property: files with nearly right names never change a begun task under the right name.
#[test]
fn a_properly_named_submission_is_never_changed() {
    let near = [
        "(1).rs",
        " - Copy.rs",
        ".rs.txt",
        ",rs",
        ".rs~",
        "(1)/src/lib.rs",
        "/lib.rs",
        "/src/lib (1).rs",
        "/src/lib.rs.txt",
        "/src/main.rs",
        "/Src/lib.rs",
    ];
    let layouts = [
        "crates/0N-NAME/src/lib.rs",
        "hw3/crates/0N-NAME/src/lib.rs",
        "0N-NAME/src/lib.rs",
        "NAME/src/lib.rs",
        "0N-NAME.rs",
        "NAME.rs",
        "my work/0N-NAME.rs",
        "a/b/c/NAME.rs",
        "a/b/c/d/e/crates/0N-NAME/src/lib.rs",
        // as in earlier versions
        "crates/N-NAME/src/lib.rs",
        "N-NAME.rs",
    ];
    let path = |layout: &str, task: usize| {
        let task = TASKS[task];
        layout.replace("NAME", task.name).replace('N', &task.number.to_string())
    };
    for layout in layouts {
        let paths: Vec<String> = (0..TASKS.len()).map(|task| path(layout, task)).collect();
        let texts: Vec<String> = (0..TASKS.len()).map(|task| format!("// {task}\n")).collect();
        let proper: Vec<File> =
            paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
        let (before, _) = layout.split_once("N-NAME").or(layout.split_once("NAME")).unwrap();
        let beside: Vec<String> = (0..TASKS.len())
            .flat_map(|task| near.map(|end| path(&format!("{before}N-NAME{end}"), task)))
            .filter(|path| !paths.contains(path))
            .collect();
        let all: Vec<File> = proper
            .iter()
            .copied()
            .chain(beside.iter().map(|path| (path.as_str(), OTHER)))
            .collect();
        let (alone, among) = (class::in_every_form(&proper), class::in_every_form(&all));
        for (alone, among) in alone.iter().zip(&among) {
            for (one, other) in alone.tasks.iter().zip(&among.tasks) {
                assert!(!one.files.is_empty() && one.notes.is_empty() && one.nearly.is_empty());
                assert_eq!(text(one, "src/lib.rs"), text(other, "src/lib.rs"), "{layout}");
                assert_eq!(one.refused, other.refused, "{layout}");
                assert!(other.nearly.iter().all(|near| !near.taken), "{layout}");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_names_are_safe_and_never_taken() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    for name in [
        b"05-task-based-wait\xff.rs".as_slice(),
        b"05-task-based-wait\x1b(1).rs",
        b"05-task-based-wait.rs\n",
    ] {
        let class = Class::new();
        class.folder("ann", &[FIRST]);
        std::fs::write(class.at("ann").join(OsStr::from_bytes(name)), WORK).unwrap();
        let submission = class.read(&Bounds::default());
        let taken = fifth(&submission);
        assert!(taken.is_missing() && !taken.nearly[0].taken, "{name:?}");
        assert!(taken.notes[0].contains("has characters in its name that do not print"));
        assert!(!taken.notes[0].contains(|c: char| c.is_control()), "{:?}", taken.notes);
    }
    let long = format!("05-task-based-wait{}.rs", "-x".repeat(36));
    for submission in class::in_every_form(&[FIRST, (&long, WORK)]) {
        assert_eq!(named(fifth(&submission)), [(long.as_str(), true)]);
    }
    for (marks, is_taken) in [(10, true), (20, false)] {
        let copied = format!("05-task-based-wait{}.rs", "(1)".repeat(marks));
        for submission in class::in_every_form(&[FIRST, (&copied, WORK)]) {
            assert_eq!(!fifth(&submission).is_missing(), is_taken);
        }
    }
    let class = Class::new();
    let longer = format!("05-task-based-wait{}.rs", "-x".repeat(400));
    class.write("ann.zip", &pack::zip(&[FIRST, (&longer, WORK)]));
    assert!(fifth(&class.read(&Bounds::default())).is_missing());
    // a link is not followed, whatever it is called
    let class = Class::new();
    class.folder("ann", &[FIRST]);
    class.write("elsewhere.rs", WORK);
    for name in ["05-task-based-wait (1).rs", "05-task-based-wait - Copy"] {
        std::os::unix::fs::symlink(class.at("elsewhere.rs"), class.at("ann").join(name)).unwrap();
        let submission = class.read(&Bounds::default());
        let why = fifth(&submission).refused.clone().unwrap();
        assert!(why.contains(name) && why.contains("is a symbolic link"), "{why}");
        std::fs::remove_file(class.at("ann").join(name)).unwrap();
    }
}

#[test]
fn a_nearly_named_file_keeps_to_the_bounds() {
    let near = "05-task-based-wait (1).rs";
    for submission in class::in_every_form(&[FIRST, (near, b"// \xfc")]) {
        let taken = fifth(&submission);
        let why = taken.refused.as_deref().unwrap();
        assert!(why.starts_with("05-task-based-wait (1).rs is not UTF-8"), "{why}");
        assert_eq!(named(taken), [(near, true)]);
    }
    for submission in class::in_every_form(&[FIRST, (near, &pack::noise(300 << 10))]) {
        let why = fifth(&submission).refused.as_deref().unwrap();
        assert!(why.contains("is larger than 256 KiB"), "{why}");
    }
}

#[test]
fn an_archive_beside_tasks_is_named_where_a_task_is_missing() {
    let class = Class::new();
    class.folder("ann", &[FIRST, ("rest.zip", &pack::zip(&[("05-task-based-wait.rs", WORK)]))]);
    let submission = class.read(&Bounds::default());
    assert!(submission.tasks[0].notes.is_empty());
    let note = &fifth(&submission).notes[0];
    assert!(
        note.starts_with("rest.zip was not opened, because other tasks are beside it"),
        "{note}"
    );
}
