//! The files that are taken for a task, in every form of a submission.

use instructor::class::intake::Bounds;

use crate::class::{self, File, LIB, assert_first_refused, first, text};

const SRC: &str = "crates/01-basic-coroutine/src";

/// A file of this name beside a right `src/lib.rs`.
fn beside<'a>(path: &'a str, contents: &'a [u8]) -> [File<'a>; 3] {
    [(LIB, b"mod a;"), (path, contents), ("tasks.rs", b"4")]
}

#[test]
fn text_that_is_not_utf_8_refuses_its_task_and_no_other() {
    for submission in class::in_every_form(&[(LIB, b"// one\n// \xfc\n"), ("tasks.rs", b"4")]) {
        assert_first_refused(&submission, "src/lib.rs is not UTF-8 (in line 2)");
        assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
    }
    for submission in class::in_every_form(&beside(&format!("{SRC}/a.rs"), b"\xff")) {
        assert_first_refused(&submission, "src/a.rs is not UTF-8 (in line 1)");
    }
    for submission in class::in_every_form(&[("hw/basic_coroutine.rs", b"\xff")]) {
        assert_first_refused(&submission, "hw/basic_coroutine.rs is not UTF-8");
    }
}

#[test]
fn a_byte_order_mark_is_kept() {
    for submission in class::in_every_form(&[(LIB, b"\xef\xbb\xbfmod a;\r\n")]) {
        assert_eq!(text(first(&submission), "src/lib.rs"), Some("\u{feff}mod a;\r\n"));
    }
}

#[test]
fn a_file_may_be_as_large_as_the_limit_and_no_larger() {
    let bounds = Bounds { file_bytes: 100, ..Bounds::default() };
    for submission in class::within(&[(LIB, &[b' '; 99]), ("tasks.rs", &[b'x'; 100])], &bounds) {
        assert_eq!(text(&submission.tasks[3], "src/lib.rs").unwrap().len(), 100);
    }
    for submission in class::within(&[(LIB, &[b'x'; 101]), ("tasks.rs", b"4")], &bounds) {
        assert_first_refused(&submission, "src/lib.rs is larger than 100 bytes");
        assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
    }
    for submission in class::in_every_form(&[(LIB, &crate::pack::noise(300 << 10))]) {
        assert_first_refused(&submission, "src/lib.rs is larger than 256 KiB");
    }
}

#[test]
fn a_task_may_have_so_many_files_and_so_many_bytes() {
    let bounds = Bounds { task_files: 2, task_bytes: 10, ..Bounds::default() };
    let (a, b) = (format!("{SRC}/a.rs"), format!("{SRC}/b.rs"));
    for submission in class::within(&[(LIB, b"12345"), (&a, b"12345")], &bounds) {
        assert_eq!(first(&submission).files.len(), 2);
    }
    for submission in class::within(&[(LIB, b"12345"), (&a, b"123456")], &bounds) {
        assert_first_refused(&submission, "larger than 10 bytes together");
    }
    for submission in class::within(&[(LIB, b"1"), (&a, b""), (&b, b"")], &bounds) {
        assert_first_refused(&submission, "more than 2 files");
    }
}

#[test]
fn an_empty_lib_is_a_missing_task_and_so_is_none() {
    for empty in ["", " \r\n\t\n", "\u{feff}\n"] {
        for submission in class::in_every_form(&[(LIB, empty.as_bytes())]) {
            let taken = first(&submission);
            assert!(taken.is_missing() && taken.files.is_empty());
            assert_eq!(taken.notes, ["src/lib.rs is empty: save the file, and hand it in again"]);
        }
    }
    for submission in class::in_every_form(&[(&format!("{SRC}/a.rs"), b"fn a() {}")]) {
        assert!(first(&submission).is_missing());
        let says = "src/lib.rs is not there, but src/a.rs is: hand in what is to be judged as src/lib.rs, in small letters";
        assert_eq!(first(&submission).notes, [says]);
    }
    for submission in class::in_every_form(&[(&format!("{SRC}/a.txt"), b"fn a() {}")]) {
        let left_out = "src/a.txt was left out: only .rs files are taken";
        assert_eq!(first(&submission).notes, ["src/lib.rs is not there", left_out]);
    }
}

#[test]
fn what_is_no_source_is_left_out_with_a_note() {
    for submission in class::in_every_form(&beside(&format!("{SRC}/notes.txt"), b"\xff")) {
        let taken = first(&submission);
        assert_eq!((taken.files.len(), &taken.refused), (1, &None));
        assert_eq!(taken.notes, ["src/notes.txt was left out: only .rs files are taken"]);
    }
    let names: Vec<String> = (0..9).map(|number| format!("{SRC}/{number}.txt")).collect();
    let mut files: Vec<File> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    files.push((LIB, b"1"));
    for submission in class::in_every_form(&files) {
        let notes = &first(&submission).notes;
        assert_eq!(notes.len(), 6, "{notes:?}");
        assert_eq!(notes[5], "4 more files were left out");
    }
}

/// (Only on a disk that can have both.)
#[cfg(target_os = "linux")]
#[test]
fn paths_that_differ_in_case_only_refuse_their_task() {
    for other in ["A.rs", "LIB.rs"] {
        let (one, two) = (format!("{SRC}/a.rs"), format!("{SRC}/{other}"));
        let files: [File; 3] = [(LIB, b"1"), (&one, b""), (&two, b"")];
        for submission in class::in_every_form(&files) {
            assert_first_refused(&submission, "differ only in upper and lower case");
        }
    }
}
