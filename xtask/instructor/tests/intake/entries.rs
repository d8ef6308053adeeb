//! The submissions in a folder, and their names.

use instructor::class::intake::{self, Bounds};

use crate::class::{self, Class};
use crate::pack;

#[test]
fn folders_and_archives_are_submissions_and_nothing_else_is() {
    let class = Class::new();
    for folder in ["ann", "b.smith", ".git", "__MACOSX"] {
        class.folder(folder, &[]);
    }
    for file in [
        "carl.zip",
        "dora.tar.gz",
        "emil.TGZ",
        "f.tar",
        "README.md",
        "grades.csv",
        "gus.rs",
        ".x.zip",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        ".zip",
        "tar.gz",
    ] {
        class.write(file, b"");
    }
    assert_eq!(class.names(), ["ann", "b.smith", "carl", "dora", "emil", "f"]);
    // what somebody may have meant as one is told; what a system left there is not
    assert_eq!(class.listing().others, ["README.md", "grades.csv", "gus.rs", "tar.gz"]);
}

/// Two submissions that are most likely from one student.
fn pair(one: &str, other: &str) -> (String, String) {
    (one.into(), other.into())
}

#[test]
fn two_submissions_never_have_one_name() {
    let class = Class::new();
    class.folder("ann", &[("tasks.rs", b"folder")]);
    class.write("ann.zip", &pack::zip(&[("tasks.rs", b"zip")]));
    class.write("Ann.tar.gz", b"");
    class.write("bob.zip", b"");
    class.write("bob.tgz", b"");
    assert_eq!(class.names(), ["Ann", "ann", "ann.zip", "bob", "bob.tgz"]);
    let text = |index: usize| {
        let submission = class.entries()[index].read(&Bounds::default(), &class::STUBS);
        class::text(&submission.tasks[3], "src/lib.rs").unwrap().to_string()
    };
    assert_eq!((text(1), text(2)), ("folder".into(), "zip".into()));
    let twins = class.listing().twins;
    assert_eq!(twins[..2], [pair("ann", "ann.zip"), pair("ann", "Ann.tar.gz")]);
    assert_eq!(twins[2..], [pair("bob.zip", "bob.tgz")]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_stay_as_they_are_and_are_told() {
    let class = Class::new();
    for folder in ["Zoe", "zoe", "ZO\u{cb}", "zo\u{eb}", "ann"] {
        class.folder(folder, &[]);
    }
    assert_eq!(class.names(), ["ZO\u{cb}", "Zoe", "ann", "zoe", "zo\u{eb}"]);
    let twins = class.listing().twins;
    assert_eq!(twins, [pair("Zoe", "zoe"), pair("ZO\u{cb}", "zo\u{eb}")]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_number_tells_apart_what_no_ending_does() {
    let class = Class::new();
    // one name, written in two ways
    for folder in ["Jose\u{301}", "Jos\u{e9}"] {
        class.folder(folder, &[]);
    }
    let names = ["Jos\u{e9}", "Jos\u{e9} (2)"];
    assert_eq!(class.names(), names);
    assert_eq!(class.listing().twins, [pair(names[0], names[1])]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_may_be_any_bytes_and_is_safe_to_print() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let class = Class::new();
    let long = "x".repeat(251);
    for name in [b"b\xff".as_slice(), b"c\x1b[31m", "d\u{202e}".as_bytes()] {
        let root = class.at("").join(OsStr::from_bytes(name));
        std::fs::create_dir_all(root.join("tasks/src")).unwrap();
        std::fs::write(root.join("tasks/src/lib.rs"), "4").unwrap();
    }
    class.write(&format!("{long}.zip"), &pack::zip(&[("tasks.rs", b"4")]));
    assert_eq!(class.names(), ["b\\xff", "c\\x1b[31m", "d\\xe2\\x80\\xae", &long]);
    for entry in class.entries() {
        let submission = entry.read(&Bounds::default(), &class::STUBS);
        assert_eq!(class::text(&submission.tasks[3], "src/lib.rs"), Some("4"));
        assert_eq!(submission.name, entry.name());
    }
}

#[test]
fn a_folder_without_submissions_is_an_error_that_says_what_to_do() {
    let class = Class::new();
    class.write("README.md", b"");
    for (folder, says) in
        [("", "has no submissions"), ("none", "cannot list"), ("README.md", "cannot list")]
    {
        let error = format!("{:#}", intake::entries(&class.at(folder)).unwrap_err());
        assert!(error.contains(says) && error.contains("next: name the folder"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_submission_that_is_a_link_is_refused() {
    let class = Class::new();
    let elsewhere = Class::new();
    elsewhere.folder("ann", &[("tasks.rs", b"4")]);
    elsewhere.write("bob.zip", &pack::zip(&[("tasks.rs", b"4")]));
    std::os::unix::fs::symlink(elsewhere.at("ann"), class.at("ann")).unwrap();
    std::os::unix::fs::symlink(elsewhere.at("bob.zip"), class.at("bob.zip")).unwrap();
    assert_eq!(class.names(), ["ann", "bob"]);
    for entry in class.entries() {
        class::assert_refused(
            &entry.read(&Bounds::default(), &class::STUBS),
            "it is a symbolic link",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_submission_that_became_a_link_since_is_refused() {
    let class = Class::new();
    let elsewhere = Class::new();
    elsewhere.folder("ann", &[("tasks.rs", b"4")]);
    elsewhere.write("bob.zip", &pack::zip(&[("tasks.rs", b"4")]));
    class.folder("ann", &[]);
    class.write("bob.zip", b"");
    let entries = class.entries();
    std::fs::remove_dir(class.at("ann")).unwrap();
    std::fs::remove_file(class.at("bob.zip")).unwrap();
    std::os::unix::fs::symlink(elsewhere.at("ann"), class.at("ann")).unwrap();
    std::os::unix::fs::symlink(elsewhere.at("bob.zip"), class.at("bob.zip")).unwrap();
    class::assert_refused(&entries[0].read(&Bounds::default(), &class::STUBS), "symbolic link");
    class::assert_refused(&entries[1].read(&Bounds::default(), &class::STUBS), "symbolic link");
}
