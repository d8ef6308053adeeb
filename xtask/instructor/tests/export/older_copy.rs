//! An export over a student's copy of an earlier version, whose folders have one digit.

use std::path::Path;

use checker::tasks::TASKS;

use super::{Author, files, read};

const OLD: &str = "crates/2-concurrent-coroutines";
const NEW: &str = "crates/02-concurrent-coroutines";

/// A manifest as it was handed out when a task's crate still depended on the checker.
const OLD_MANIFEST: &str =
    "[package]\nname = \"concurrent-coroutines\"\n[dev-dependencies]\nchecker.workspace = true\n";

/// Makes a copy what the same copy of an earlier version is.
fn make_earlier(copy: &Path) {
    let mut marker = read(copy.join(".await-and-see"));
    for task in TASKS {
        let (now, earlier) = (task.folder(), format!("{}-{}", task.number, task.name));
        for (folder, ending) in
            [("crates", ""), ("checker/stubs", ".rs"), ("checker/manifests", ".toml")]
        {
            let path = |name: &str| copy.join(folder).join(format!("{name}{ending}"));
            std::fs::rename(path(&now), path(&earlier)).unwrap();
        }
        marker = marker.replace(&now, &earlier);
    }
    std::fs::write(copy.join(".await-and-see"), marker).unwrap();
    write(copy, &format!("{OLD}/Cargo.toml"), OLD_MANIFEST);
}

fn write(copy: &Path, path: &str, text: &str) {
    let path = copy.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The files that a student has written in the folder of task 2.
const WORK: [(&str, &str); 6] = [
    ("src/lib.rs", "mod inner;\n"),
    ("src/inner/mod.rs", "// a module\n"),
    ("examples/try.rs", "fn main() {}\n"),
    ("tests/snapshots/wait_n@mixed.snap.new", "pending\n"),
    ("kept/lib-1.rs", "// kept by reset\n"),
    ("notes.md", "my notes\n"),
];

/// An author, and a copy of an earlier version in which a student has worked on task 2.
fn worked_in() -> (Author, tempfile::TempDir, std::path::PathBuf) {
    let author = Author::new();
    let (dir, copy) = author.handed_out();
    make_earlier(&copy);
    WORK.iter().for_each(|(path, text)| write(&copy, &format!("{OLD}/{path}"), text));
    (author, dir, copy)
}

/// Asserts that all of the work is in the folder that the task has now, and that no old folder is left.
fn assert_moved(copy: &Path) {
    for (path, text) in WORK {
        assert_eq!(read(copy.join(NEW).join(path)), text, "{path}");
    }
    for path in files(copy) {
        let is_earlier = |part: &str| {
            let stem = part.split('.').next().unwrap_or_default();
            TASKS.iter().any(|task| task.is_named(stem) && task.folder() != stem)
        };
        assert!(!path.split('/').any(is_earlier), "{path}");
    }
    for task in TASKS {
        let old = copy.join(format!("crates/{}-{}", task.number, task.name));
        assert!(!old.exists(), "{}", old.display());
    }
}

#[test]
fn the_work_moves_along_and_is_told_in_one_line_for_each_folder() {
    let (author, _dir, copy) = worked_in();
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    assert_moved(&copy);
    let line = format!(
        "\n  {OLD} to {NEW}: examples/try.rs, kept/lib-1.rs, notes.md, src/inner/mod.rs, src/lib.rs, tests/snapshots/wait_n@mixed.snap.new\n"
    );
    assert!(printed.contains(&line), "{printed}");
    for task in TASKS.iter().filter(|task| task.number != 2) {
        let line = format!(
            "\n  crates/{}-{} to crates/{}: only files that were handed out\n",
            task.number,
            task.name,
            task.folder()
        );
        assert!(printed.contains(&line), "{printed}");
    }
    // the manifest is this version's, and the old one is kept; stubs have moved without a word
    assert_eq!(read(copy.join(NEW).join("Cargo.toml.old-1")), OLD_MANIFEST);
    assert!(!read(copy.join(NEW).join("Cargo.toml")).contains("checker"));
    assert!(!printed.contains("stubs/"), "{printed}");
    let (code, printed) = author.export(&copy, &[]);
    assert!(
        code == Some(0) && printed.contains("already") && !printed.contains("digits"),
        "{printed}"
    );
}

#[test]
fn a_copy_that_is_half_moved_is_moved_as_a_whole() {
    for killed_after in ["one file", "the new folders", "the old list of files"] {
        let (author, _dir, copy) = worked_in();
        match killed_after {
            "one file" => {
                write(&copy, &format!("{NEW}/src/lib.rs"), WORK[0].1);
                std::fs::remove_file(copy.join(OLD).join("src/lib.rs")).unwrap();
            }
            "the new folders" => {
                // as `git pull` does it: the new stub beside the work
                let stub = read(author.path("checker/stubs/02-concurrent-coroutines.rs"));
                write(&copy, &format!("{NEW}/src/lib.rs"), &stub);
            }
            _ => {
                std::fs::rename(copy.join(OLD), copy.join(NEW)).unwrap();
            }
        }
        let (code, printed) = author.export(&copy, &[]);
        assert_eq!(code, Some(0), "{killed_after}: {printed}");
        assert_moved(&copy);
        assert!(!files(&copy).iter().any(|path| path.contains("lib.rs.old")), "{printed}");
    }
}

#[test]
fn work_in_both_folders_is_kept_and_named() {
    let (author, _dir, copy) = worked_in();
    write(&copy, &format!("{NEW}/src/lib.rs"), "// a second try\n");
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(read(copy.join(NEW).join("src/lib.rs")), "// a second try\n");
    assert_eq!(read(copy.join(NEW).join("src/lib.rs.old-1")), WORK[0].1);
    let line = format!(
        "\n    {OLD}/src/lib.rs is kept as {NEW}/src/lib.rs.old-1: another file has its name\n"
    );
    assert!(printed.contains(&line) && !copy.join(OLD).exists(), "{printed}");
}

#[test]
fn a_file_that_was_handed_out_and_is_no_more_is_told_under_its_new_folder() {
    let (author, _dir, copy) = worked_in();
    let marker = read(copy.join(".await-and-see"));
    std::fs::write(copy.join(".await-and-see"), marker + OLD + "/examples/gone.rs\n").unwrap();
    write(&copy, &format!("{OLD}/examples/gone.rs"), "fn main() {}\n");
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    let gone = format!("{NEW}/examples/gone.rs");
    assert!(printed.contains(&format!("\n  {gone}, as {gone}.old-1\n")), "{printed}");
    assert!(!copy.join(&gone).exists() && copy.join(gone + ".old-1").is_file());
}

#[cfg(unix)]
#[test]
fn read_only_files_move_and_a_link_in_place_of_a_folder_is_left_and_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (author, dir, copy) = worked_in();
    let read_only = |path: &str, mode| {
        let path = copy.join(OLD).join(path);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    read_only("src/lib.rs", 0o444);
    read_only("Cargo.toml", 0o444);
    // a folder that a student keeps elsewhere
    let elsewhere = dir.path().join("elsewhere");
    std::fs::rename(copy.join("crates/4-tasks"), &elsewhere).unwrap();
    symlink(&elsewhere, copy.join("crates/4-tasks")).unwrap();
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(2), "{printed}");
    assert!(printed.contains("    crates/4-tasks is left where it is: "), "{printed}");
    assert!(printed.contains("next: "), "{printed}");
    assert!(elsewhere.join("src/lib.rs").is_file());
    assert!(copy.join("crates/04-tasks/src/lib.rs").is_file());
    std::fs::remove_file(copy.join("crates/4-tasks")).unwrap();
    assert_moved(&copy);
}
