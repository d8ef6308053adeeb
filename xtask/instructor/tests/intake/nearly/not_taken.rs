//! Names that may mean something else, and files that break a rule: they are named in a note, and not taken.

use instructor::class::intake::Bounds;

use super::{FIRST, WORK, fifth, named};
use crate::class::{self, Class, assert_refused};
use crate::pack;

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
