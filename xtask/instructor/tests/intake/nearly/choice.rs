//! Several files that may be the same task: which one counts, and what the notes say about the others.

use checker::tasks::TASKS;

use super::{FIRST, OTHER, WORK, fifth, named};
use crate::class::{self, File, STUBS, text};

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
                let notes = &taken.notes;
                assert!(notes.len() == 1 && notes[0].starts_with(other), "{notes:?}");
                let is_stub = STUBS[&5].len() / 2 < stub.len();
                let says = format!(" in place of {proper}, which is still the stub. ");
                assert_eq!(notes[0].contains(&says), is_stub, "{notes:?}");
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
