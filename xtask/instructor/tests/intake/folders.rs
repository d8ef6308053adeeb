//! Submissions that are folders, with things that only a disk can have.

#![cfg(unix)]

use std::os::unix::fs::symlink;

use instructor::class::intake::{Bounds, Submission};

use crate::class::{self, Class, assert_first_refused, first, text};

const CRATE: &str = "ann/crates/01-basic-coroutine";

/// A class with one submission, whose second and fourth task are right.
fn class() -> Class {
    let class = Class::new();
    class
        .folder("ann", &[("crates/02-concurrent-coroutines/src/lib.rs", b"2"), ("tasks.rs", b"4")]);
    class.folder(CRATE, &[("src/lib.rs", b"1")]);
    class.write("elsewhere.rs", b"of somebody else");
    class.write("ann/elsewhere/lib.rs", b"of somebody else");
    class
}

fn read(class: &Class) -> Submission {
    class.read(&Bounds::default())
}

#[test]
fn a_link_to_a_source_refuses_its_task_and_no_other() {
    let class = class();
    std::fs::remove_file(class.at(CRATE).join("src/lib.rs")).unwrap();
    symlink(class.at("elsewhere.rs"), class.at(CRATE).join("src/lib.rs")).unwrap();
    let submission = read(&class);
    assert_first_refused(&submission, "src/lib.rs is a symbolic link");
    assert_eq!(text(&submission.tasks[1], "src/lib.rs"), Some("2"));
}

#[test]
fn a_link_to_a_folder_on_the_way_refuses_its_tasks() {
    for (place, says) in [
        ("crates/01-basic-coroutine/src/inner", "src/inner is a symbolic link"),
        ("crates/01-basic-coroutine/src", "crates/01-basic-coroutine/src is a symbolic link"),
        ("crates/01-basic-coroutine", "crates/01-basic-coroutine is a symbolic link"),
        ("hw/basic-coroutine", "hw/basic-coroutine is a symbolic link"),
        ("01-basic-coroutine.rs", "01-basic-coroutine.rs is a symbolic link"),
    ] {
        let class = class();
        let place = class.at("ann").join(place);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        _ = std::fs::remove_dir_all(&place);
        symlink(class.at("ann/elsewhere"), &place).unwrap();
        if says.starts_with("01-basic") {
            std::fs::remove_dir_all(class.at(CRATE)).unwrap();
        }
        assert_first_refused(&read(&class), says);
    }
}

#[test]
fn a_link_to_the_folder_of_all_tasks_refuses_them_all() {
    let class = class();
    std::fs::remove_file(class.at("ann/tasks.rs")).unwrap();
    // so deep that it is not found in its own place
    std::fs::create_dir_all(class.at("ann/a/b")).unwrap();
    std::fs::rename(class.at("ann/crates"), class.at("ann/a/b/crates")).unwrap();
    symlink("a/b/crates", class.at("ann/crates")).unwrap();
    let submission = read(&class);
    assert_eq!(submission.refused, None);
    for taken in &submission.tasks {
        let why = taken.refused.as_deref().unwrap();
        assert_eq!(why, "crates is a symbolic link, and links are not followed");
    }
}

#[test]
fn links_elsewhere_are_ignored() {
    let class = class();
    for place in [
        "target",
        "README.md",
        "crates/target",
        "crates/01-basic-coroutine/tests",
        "crates/01-basic-coroutine/src/main.rs",
    ] {
        symlink("/", class.at("ann").join(place)).unwrap();
    }
    symlink(class.at("elsewhere.rs"), class.at(CRATE).join("src/notes.txt")).unwrap();
    let submission = read(&class);
    assert_eq!(text(first(&submission), "src/lib.rs"), Some("1"));
    assert_eq!(first(&submission).notes.len(), 1, "{:?}", first(&submission).notes);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_in_place_of_a_source_is_not_waited_for() {
    let class = class();
    let place = class.at(CRATE).join("src/pipe.rs");
    rustix::fs::mkfifoat(rustix::fs::CWD, &place, rustix::fs::Mode::RWXU).unwrap();
    assert_first_refused(&read(&class), "src/pipe.rs is not a regular file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_in_place_of_an_archive_is_not_waited_for() {
    let class = Class::new();
    rustix::fs::mkfifoat(rustix::fs::CWD, class.at("ann.zip"), rustix::fs::Mode::RWXU).unwrap();
    class::assert_refused(&read(&class), "not a regular file");
    let class = Class::new();
    rustix::fs::mkfifoat(rustix::fs::CWD, class.at("ann.tgz"), rustix::fs::Mode::RWXU).unwrap();
    class::assert_refused(&read(&class), "not a regular file");
}

#[test]
fn a_socket_in_place_of_a_source_refuses_its_task() {
    let class = class();
    let _socket = std::os::unix::net::UnixListener::bind(class.at(CRATE).join("src/a.rs")).unwrap();
    assert_first_refused(&read(&class), "src/a.rs is not a regular file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_source_whose_name_is_not_plain_text_is_left_out_with_a_note() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let class = class();
    for name in [b"a\xff.rs".as_slice(), b"a\x1b.rs", b"a\\xff.rs"] {
        let place = class.at(CRATE).join("src").join(OsStr::from_bytes(name));
        std::fs::write(place, "x").unwrap();
    }
    let submission = read(&class);
    let taken = first(&submission);
    assert_eq!(taken.files.len(), 1);
    assert_eq!(taken.notes.len(), 2, "{:?}", taken.notes);
    let note = "src/a\\x1b.rs was left out: its name has characters that are not taken";
    assert_eq!(taken.notes[0], note);
}

#[test]
fn what_lies_elsewhere_is_not_even_counted() {
    let class = class();
    for number in 0..40 {
        class.write(&format!("ann/target/debug/{number}"), b"");
        class.write(&format!("ann/.git/{number}"), b"");
    }
    let bounds = Bounds { archive_entries: 30, ..Bounds::default() };
    assert_eq!(text(first(&class.read(&bounds)), "src/lib.rs"), Some("1"));
}
