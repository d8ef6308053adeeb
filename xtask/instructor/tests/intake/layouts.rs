//! Where a task may be in a submission.

use checker::tasks::TASKS;
use instructor::class::intake::Bounds;

use crate::class::{self, Class, File, LIB, STUBS, assert_refused, first, text};
use crate::pack;

const TEXT: &[u8] = b"pub async fn wait_random() {}\n";

#[test]
fn a_task_is_found_in_every_layout_and_every_form() {
    for wrapping in ["", "hw3-main/", "my work/handout/", "a/b/c/d/e/"] {
        for path in [
            LIB,
            "01-basic-coroutine/src/lib.rs",
            "basic-coroutine/src/lib.rs",
            "01-basic-coroutine.rs",
            "basic-coroutine.rs",
            "basic_coroutine.rs",
            // as in earlier versions
            "crates/1-basic-coroutine/src/lib.rs",
            "1-basic-coroutine/src/lib.rs",
            "1-basic-coroutine.rs",
        ] {
            let path = format!("{wrapping}{path}");
            let files: [File; 2] = [("README.md", b"hello"), (&path, TEXT)];
            for submission in class::in_every_form(&files) {
                let taken = first(&submission);
                assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), TEXT, "{path}");
                assert_eq!((taken.files.len(), &taken.refused, taken.notes.len()), (1, &None, 0));
                assert!(submission.tasks[1..].iter().all(|task| task.is_missing()));
            }
        }
    }
}

#[test]
fn what_lies_deeper_than_something_else_makes_no_difference() {
    let copy = "a/b/old/crates/01-basic-coroutine/src/lib.rs";
    let stub = "a/checker/stubs/02-concurrent-coroutines.rs";
    for own in [LIB.to_string(), format!("a/{LIB}"), format!("a/b/{LIB}")] {
        for submission in class::in_every_form(&[(&own, b"new"), (copy, b"old"), (stub, b"2")]) {
            assert_eq!(text(first(&submission), "src/lib.rs"), Some("new"), "{own}");
            assert!(submission.tasks[1].is_missing());
        }
    }
    let differ = ["a/b/crates/01-basic-coroutine/src/lib.rs", "a/c/01-basic-coroutine/src/lib.rs"];
    for submission in class::in_every_form(&[(differ[0], b"1"), (differ[1], b"2")]) {
        class::assert_first_refused(&submission, "both are this task, and differ");
    }
}

#[test]
fn an_archive_alone_in_a_folder_is_the_submission() {
    let zip = pack::zip(&[("handout/crates/01-basic-coroutine/src/lib.rs", TEXT)]);
    let take = |files: &[File]| {
        let class = Class::new();
        class.folder("ann_123_file", files);
        class.read(&Bounds::default())
    };
    for beside in [&[][..], &[("onlinetext.html", b"hello".as_slice()), (".DS_Store", b"")]] {
        let submission = take(&[&[("handout.zip", zip.as_slice())], beside].concat());
        assert_eq!(submission.name, "ann_123_file");
        assert_eq!(text(first(&submission), "src/lib.rs").unwrap().as_bytes(), TEXT);
    }
    assert_refused(&take(&[("a.zip", b"none")]), "a.zip: it can't be unpacked");
    assert_refused(&take(&[("a.zip", &zip), ("b.zip", &zip)]), "is an archive inside of it");
    // what is not packed comes first
    let both = take(&[("a.zip", &zip), ("01-basic-coroutine.rs", b"own")]);
    assert_eq!(text(first(&both), "src/lib.rs"), Some("own"));
}

#[test]
fn all_tasks_come_in_course_order_with_their_modules() {
    let files: [File; 7] = [
        ("tasks.rs", b"4"),
        ("crates/02-concurrent-coroutines/src/lib.rs", b"2"),
        ("crates/02-concurrent-coroutines/src/inner/mod.rs", b"2i"),
        ("crates/02-concurrent-coroutines/src/main.rs", b"main"),
        ("crates/02-concurrent-coroutines/src/bin/more.rs", b"bin"),
        ("crates/02-concurrent-coroutines/tests/check.rs", b"test"),
        (LIB, b"1"),
    ];
    for submission in class::in_every_form(&files) {
        let numbers: Vec<usize> = submission.tasks.iter().map(|taken| taken.task.number).collect();
        assert!(numbers.into_iter().eq(1..=TASKS.len()));
        let missing: Vec<bool> = submission.tasks.iter().map(|taken| taken.is_missing()).collect();
        assert_eq!(missing[..5], [false, false, true, false, true]);
        let second = &submission.tasks[1];
        let paths: Vec<_> = second.files.keys().map(|path| path.to_str().unwrap()).collect();
        assert_eq!(paths, ["src/inner/mod.rs", "src/lib.rs"]);
        assert!(second.notes.is_empty(), "{:?}", second.notes);
        assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
    }
}

#[test]
fn a_task_in_two_places_is_refused_unless_they_are_equal() {
    let other = "01-basic-coroutine.rs";
    let both: [File; 3] = [(LIB, b"a"), (other, b"b"), ("tasks.rs", b"4")];
    for submission in class::in_every_form(&both) {
        class::assert_first_refused(
            &submission,
            "01-basic-coroutine.rs and crates/01-basic-coroutine",
        );
        assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
    }
    for submission in class::in_every_form(&[(LIB, b"a"), (other, b"a")]) {
        assert_eq!(text(first(&submission), "src/lib.rs"), Some("a"));
    }
    for submission in class::in_every_form(&[(LIB, b"a"), (other, b" ")]) {
        assert_eq!(text(first(&submission), "src/lib.rs"), Some("a"), "the other is empty");
    }
    for unreadable in [[(LIB, b"a".as_slice()), (other, b"\xff")], [(LIB, b"\xff"), (other, b"a")]]
    {
        for submission in class::in_every_form(&unreadable) {
            class::assert_first_refused(&submission, "keep one");
        }
    }
}

/// A copy of an earlier version has folders with one digit; one that is half updated has both.
#[test]
fn work_under_one_name_counts_beside_the_stub_under_the_other() {
    let stub = STUBS[&1].as_bytes();
    let (old, new) = ("1-basic-coroutine", "01-basic-coroutine");
    for (begun, untouched) in [(old, new), (new, old)] {
        for layout in ["crates/X/src/lib.rs", "X/src/lib.rs", "X.rs"] {
            let path = |name: &str| layout.replace('X', name);
            let (begun, untouched) = (path(begun), path(untouched));
            let files: [File; 2] = [(&begun, TEXT), (&untouched, stub)];
            for submission in class::in_every_form(&files) {
                let taken = first(&submission);
                assert_eq!(text(taken, "src/lib.rs").unwrap().as_bytes(), TEXT, "{begun}");
                let note =
                    format!("{begun} was taken, and {untouched} was not: it is still the stub");
                assert_eq!(taken.notes, [note]);
            }
            // two that are begun are for the student to choose from
            for submission in class::in_every_form(&[(&begun, TEXT), (&untouched, b"// other")]) {
                let first = submission.tasks[0].refused.as_deref().unwrap_or("not refused");
                assert!(first.contains(&*begun) && first.contains(&*untouched), "{first}");
            }
            // what can't be read may be work
            for submission in class::in_every_form(&[(&begun, b"\xff"), (&untouched, stub)]) {
                class::assert_first_refused(&submission, "is not UTF-8");
            }
            for submission in class::in_every_form(&[(&begun, stub), (&untouched, stub)]) {
                assert_eq!(text(first(&submission), "src/lib.rs").unwrap().as_bytes(), stub);
                assert!(first(&submission).notes.is_empty());
            }
        }
    }
    // a module in the folder of the stub is no part of the work in the other one
    let files: [File; 4] = [
        ("crates/1-basic-coroutine/src/lib.rs", b"mod a;"),
        ("crates/1-basic-coroutine/src/a.rs", b"// a"),
        ("crates/01-basic-coroutine/src/lib.rs", stub),
        ("crates/01-basic-coroutine/src/b.rs", b"// b"),
    ];
    for submission in class::in_every_form(&files) {
        let paths = first(&submission).files.keys().map(|path| path.to_str().unwrap());
        assert_eq!(paths.collect::<Vec<_>>(), ["src/a.rs", "src/lib.rs"]);
    }
    // nor are modules without a src/lib.rs
    let files: [File; 2] = [
        ("crates/1-basic-coroutine/src/lib.rs", TEXT),
        ("crates/01-basic-coroutine/src/b.rs", b""),
    ];
    for submission in class::in_every_form(&files) {
        let note = "crates/1-basic-coroutine/src/lib.rs was taken, and crates/01-basic-coroutine was not: it has no src/lib.rs to be judged";
        assert_eq!(first(&submission).notes, [note]);
    }
}

#[test]
fn where_no_task_is_found_it_is_said_what_was_expected() {
    for files in [
        &[("README.md", b"hello".as_slice())][..],
        &[("a/b/c/d/e/f/crates/01-basic-coroutine/src/lib.rs", TEXT), ("src/lib.rs", TEXT)],
        &[("a/checker/01-basic-coroutine.rs", TEXT), ("a/target/x/tasks.rs", TEXT)],
        &[(".git/crates/01-basic-coroutine/src/lib.rs", TEXT), ("a/README.md", b"")],
        &[("__MACOSX/01-basic-coroutine.rs", TEXT), ("Thumbs.db", b"")],
    ] {
        for submission in class::in_every_form(files) {
            assert_refused(&submission, "expected crates/01-basic-coroutine/src/lib.rs");
        }
    }
    let deep = "a/b/c/d/e/f/01-basic-coroutine.rs";
    for submission in class::in_every_form(&[(deep, TEXT)]) {
        assert_refused(&submission, "no task's src/lib.rs was found in it, with 5 folders around");
    }
    for submission in class::in_every_form(&[("hw3/1-wait_n.rs", TEXT)]) {
        assert_refused(&submission, "; hw3/1-wait_n.rs is there, but a file of that name or place");
    }
    for submission in class::in_every_form(&[("work/hw3.zip", b"")]) {
        assert_refused(&submission, "work/hw3.zip is an archive inside of it");
    }
}

#[test]
fn what_is_hidden_is_left_out_in_silence() {
    let files: [File; 4] = [
        (LIB, TEXT),
        ("crates/01-basic-coroutine/src/._lib.rs", b"\xff"),
        ("crates/01-basic-coroutine/src/.DS_Store", b"\xff"),
        ("crates/01-basic-coroutine/src/desktop.ini", b""),
    ];
    for submission in class::in_every_form(&files) {
        let taken = first(&submission);
        assert_eq!((taken.files.len(), taken.notes.len(), &taken.refused), (1, 0, &None));
    }
}

#[test]
fn what_is_too_deep_or_too_much_is_refused_in_every_form() {
    let deep = format!("crates/01-basic-coroutine/src/{}lib.rs", "a/".repeat(12));
    class::in_every_form(&[(LIB, TEXT), (&deep, TEXT)]).iter().for_each(|submission| {
        first(submission);
    });
    let deeper = format!("crates/01-basic-coroutine/src/{}lib.rs", "a/".repeat(13));
    for submission in class::in_every_form(&[(LIB, TEXT), (&deeper, TEXT)]) {
        assert_refused(&submission, "deeper than 16 folders");
    }
    let bounds = Bounds { archive_entries: 20, ..Bounds::default() };
    let names: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
    let mut files: Vec<File> = names.iter().map(|name| (name.as_str(), TEXT)).collect();
    files.push(("tasks.rs", TEXT));
    for submission in class::within(&files, &bounds) {
        assert_refused(&submission, "more than 20 files");
    }
    for submission in class::within(&files[1..], &bounds) {
        assert_eq!(submission.refused, None, "{}", submission.name);
    }
}
