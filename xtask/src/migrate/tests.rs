//! Folders as students leave them.

use super::*;
use std::collections::BTreeMap;

const STUB: &str = "fn wait_n() { todo!() }\n";
const OLD: &str = "crates/2-concurrent-coroutines";
const NEW: &str = "crates/02-concurrent-coroutines";

/// A course with these files, by their paths in it, whose stub of task 2 is `STUB`.
fn course(files: &[(&str, &str)]) -> (tempfile::TempDir, Workspace) {
    let dir = tempfile::tempdir().unwrap();
    let stub = ("checker/stubs/02-concurrent-coroutines.rs", STUB);
    for (path, text) in files.iter().chain([&stub]) {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let root = dir.path().to_path_buf();
    (dir, Workspace { root })
}

/// All files below `crates/`, and what is in them.
fn crates(workspace: &Workspace) -> BTreeMap<String, String> {
    let root: PathBuf = workspace.root.join("crates");
    let text = |file: &String| std::fs::read_to_string(root.join(file)).unwrap();
    let files = files_below(&root, Path::new(""));
    files.into_iter().map(|file| (format!("crates/{file}"), text(&file))).collect()
}

/// Migrates a course with these files; returns what became of the folder, and the files below `crates/`.
fn migrated(files: &[(&str, &str)]) -> (Moved, BTreeMap<String, String>) {
    let (_dir, workspace) = course(files);
    let mut all = in_the_course(&workspace);
    assert_eq!(all.len(), 1, "{all:?}");
    (all.remove(0), crates(&workspace))
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let path = |inside: &str| format!("{NEW}/{inside}");
    files.iter().map(|(inside, text)| (path(inside), text.to_string())).collect()
}

#[test]
fn a_folder_moves_with_all_that_is_in_it() {
    let (moved, files) = migrated(&[
        (&format!("{OLD}/src/lib.rs"), "mine"),
        (&format!("{OLD}/src/inner/mod.rs"), "my module"),
        (&format!("{OLD}/examples/try.rs"), "my example"),
        (&format!("{OLD}/.notes"), "hidden"),
        (&format!("{OLD}/tests/snapshots/wait_n@mixed.snap.new"), "pending"),
    ]);
    let all = [
        (".notes", "hidden"),
        ("examples/try.rs", "my example"),
        ("src/inner/mod.rs", "my module"),
        ("src/lib.rs", "mine"),
        ("tests/snapshots/wait_n@mixed.snap.new", "pending"),
    ];
    assert_eq!(files, expected(&all));
    assert_eq!(moved.files, all.map(|(file, _)| file));
    assert_eq!((moved.from.as_str(), moved.to.as_str()), (OLD, NEW));
    let line = moved.lines(&moved.files[2..]);
    assert_eq!(
        line,
        format!(
            "  {OLD} to {NEW}: src/inner/mod.rs, src/lib.rs, tests/snapshots/wait_n@mixed.snap.new\n"
        )
    );
}

#[test]
fn work_takes_the_place_of_the_stub_and_of_nothing_else() {
    let (moved, files) = migrated(&[
        (&format!("{OLD}/src/lib.rs"), "mine"),
        (&format!("{OLD}/src/same.rs"), "same\n"),
        (&format!("{OLD}/src/other.rs"), "old"),
        (&format!("{OLD}/README.md"), "old lesson"),
        (&format!("{NEW}/src/lib.rs"), STUB),
        (&format!("{NEW}/src/same.rs"), "same\n"),
        (&format!("{NEW}/src/other.rs"), "new"),
        (&format!("{NEW}/src/other.rs.old-1"), "older"),
        (&format!("{NEW}/README.md"), "lesson"),
    ]);
    assert_eq!(
        files,
        expected(&[
            ("README.md", "lesson"),
            ("README.md.old-1", "old lesson"),
            ("src/lib.rs", "mine"),
            ("src/other.rs", "new"),
            ("src/other.rs.old-1", "older"),
            ("src/other.rs.old-2", "old"),
            ("src/same.rs", "same\n"),
        ])
    );
    assert_eq!(moved.files, ["src/lib.rs"]);
    let kept = |file: &str, number| (format!("{OLD}/{file}"), format!("{NEW}/{file}.old-{number}"));
    assert_eq!(moved.kept, [kept("README.md", 1), kept("src/other.rs", 2)]);
    assert!(moved.lines(&moved.files).contains(&format!(
        "\n    {OLD}/src/other.rs is kept as {NEW}/src/other.rs.old-2: another file has its name\n"
    )));
}

#[test]
fn two_begun_files_are_both_there_afterwards() {
    let (moved, files) = migrated(&[
        (&format!("{OLD}/src/lib.rs"), "first try"),
        (&format!("{NEW}/src/lib.rs"), "second try"),
    ]);
    assert_eq!(files, expected(&[("src/lib.rs", "second try"), ("src/lib.rs.old-1", "first try")]));
    assert_eq!((moved.files.len(), moved.kept.len()), (0, 1));
}

#[test]
fn a_stub_or_an_empty_file_of_the_old_folder_is_no_work() {
    for nothing in [STUB, "", " \r\n"] {
        let (moved, files) = migrated(&[
            (&format!("{OLD}/src/lib.rs"), nothing),
            (&format!("{NEW}/src/lib.rs"), "mine"),
        ]);
        assert_eq!(files, expected(&[("src/lib.rs", "mine")]));
        assert!(moved.kept.is_empty() && moved.left.is_empty());
        assert!(moved.lines(&[]).ends_with(": nothing was left to move\n"));
    }
}

#[test]
fn a_file_and_a_folder_of_one_name_are_both_kept() {
    let (moved, files) = migrated(&[
        (&format!("{OLD}/notes/a"), "a"),
        (&format!("{OLD}/kept"), "a file"),
        (&format!("{NEW}/notes"), "a file"),
        (&format!("{NEW}/kept/lib-1.rs"), "kept"),
    ]);
    let all = [
        ("kept.old-1", "a file"),
        ("kept/lib-1.rs", "kept"),
        ("notes", "a file"),
        ("notes.old-1/a", "a"),
    ];
    assert_eq!(files, expected(&all));
    assert_eq!(moved.kept.len(), 2);
}

#[test]
fn what_cannot_be_moved_is_named_and_stays_and_the_rest_moves() {
    // one with `.old-1` behind it is longer than any system takes
    let long = "m".repeat(250);
    let (dir, workspace) = course(&[
        (&format!("{OLD}/{long}"), "old"),
        (&format!("{OLD}/src/lib.rs"), "mine"),
        (&format!("{NEW}/{long}"), "new"),
    ]);
    let moved = in_the_course(&workspace).remove(0);
    assert_eq!(moved.files, ["src/lib.rs"]);
    assert_eq!(moved.left.len(), 1);
    let path = format!("{OLD}/{long}");
    assert!(moved.left[0].0 == path && dir.path().join(path).is_file(), "{moved:?}");
    assert!(moved.lines(&moved.files).contains(" is left where it is: "));
    assert!(dir.path().join(OLD).is_dir() && !dir.path().join(OLD).join("src").exists());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let (dir, workspace) = course(&[("elsewhere/src/lib.rs", "theirs")]);
    std::fs::create_dir(dir.path().join("crates")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", dir.path().join(OLD)).unwrap();
    let moved = in_the_course(&workspace).remove(0);
    assert!(moved.left[0].1.contains("is a file or a symbolic link"), "{moved:?}");
    assert!(dir.path().join("elsewhere/src/lib.rs").is_file() && !dir.path().join(NEW).exists());

    // nor is one to the new folder, which does no harm
    let (dir, workspace) = course(&[(&format!("{NEW}/src/lib.rs"), "mine")]);
    std::os::unix::fs::symlink("02-concurrent-coroutines", dir.path().join(OLD)).unwrap();
    assert!(in_the_course(&workspace).is_empty());

    // a link in the folder is a file of the student's
    let (dir, workspace) = course(&[(&format!("{OLD}/src/lib.rs"), "mine")]);
    std::os::unix::fs::symlink("../../elsewhere", dir.path().join(OLD).join("link")).unwrap();
    assert_eq!(in_the_course(&workspace)[0].files, ["link", "src/lib.rs"]);
    assert!(dir.path().join(NEW).join("link").is_symlink());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_moves_like_any_other() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let (dir, workspace) = course(&[(&format!("{NEW}/src/lib.rs"), STUB)]);
    for name in [b"m\xff.rs".as_slice(), b"back\\slash.rs"] {
        std::fs::create_dir_all(dir.path().join(OLD).join("src")).unwrap();
        std::fs::write(dir.path().join(OLD).join("src").join(OsStr::from_bytes(name)), "").unwrap();
        let moved = in_the_course(&workspace).remove(0);
        assert!(moved.files.len() == 1 && moved.left.is_empty(), "{moved:?}");
        assert!(dir.path().join(NEW).join("src").join(OsStr::from_bytes(name)).is_file());
        assert!(!dir.path().join(OLD).exists());
    }
}

#[test]
fn two_old_folders_of_a_task_move_one_after_the_other() {
    let (_dir, workspace) = course(&[
        ("crates/002-concurrent-coroutines/src/lib.rs", "first"),
        ("crates/2-concurrent-coroutines/src/lib.rs", "second"),
        ("crates/2-other/src/lib.rs", "not a task"),
        ("crates/3-concurrent-coroutines/src/lib.rs", "not a task"),
    ]);
    assert_eq!(in_the_course(&workspace).len(), 2);
    let files = crates(&workspace);
    let text = |path: &str| files.get(path).map(String::as_str);
    assert_eq!(text(&format!("{NEW}/src/lib.rs")), Some("first"));
    assert_eq!(text(&format!("{NEW}/src/lib.rs.old-1")), Some("second"));
    assert_eq!(files.len(), 4);
    assert!(in_the_course(&workspace).is_empty(), "a second time, there is nothing to do");
}

#[test]
fn a_task_is_not_looked_at_while_the_students_file_is_in_the_old_folder() {
    let both = [TASKS[0], TASKS[1]];
    let (old, new) = (format!("{OLD}/src/lib.rs"), format!("{NEW}/src/lib.rs"));
    for (files, is_missed, is_noted) in [
        (&[(new.as_str(), STUB)][..], false, false),
        (&[(&old, "mine"), (&new, STUB)], true, true),
        (&[(&old, "mine")], true, true),
        (&[(&old, STUB)], true, true),
        (&[(&old, "mine"), (&new, "mine, later")], false, true),
        (&[(&old, STUB), (&new, STUB)], false, true),
        (&[(&old, " \n"), (&new, STUB)], false, true),
        (&[(&old, "mine"), (&new, "fn wait_n() { todo!() }\r\n")], true, true),
        (&[(&old, "mine"), (&new, "")], true, true),
    ] {
        let (_dir, workspace) = course(files);
        let refused = nothing_is_missed(&workspace, &both);
        assert_eq!(refused.is_err(), is_missed, "{files:?}");
        if let Err(error) = refused {
            let text = error.to_string();
            assert!(text.contains(&old) && text.contains(&new), "{text}");
            assert!(text.contains("\n\n  next: cargo xtask migrate"), "{text}");
        }
        assert_eq!(notes(&workspace, &both).len(), usize::from(is_noted), "{files:?}");
        assert!(nothing_is_missed(&workspace, &both[..1]).is_ok(), "task 1 is another task");
        assert!(notes(&workspace, &both[..1]).is_empty());
        in_the_course(&workspace);
        assert!(nothing_is_missed(&workspace, &both).is_ok(), "{files:?}");
        assert!(notes(&workspace, &both).is_empty());
    }
}

#[test]
fn a_path_of_an_earlier_version_is_called_as_now() {
    for (earlier, now) in [
        ("crates/2-concurrent-coroutines/src/lib.rs", "crates/02-concurrent-coroutines/src/lib.rs"),
        ("checker/stubs/4-tasks.rs", "checker/stubs/04-tasks.rs"),
        ("checker/manifests/4-tasks.toml", "checker/manifests/04-tasks.toml"),
        ("crates/04-tasks/README.md", "crates/04-tasks/README.md"),
        ("checker/src/tasks/mod.rs", "checker/src/tasks/mod.rs"),
        (".github/workflows/check.yml", ".github/workflows/check.yml"),
    ] {
        assert_eq!(path_now(earlier), now);
    }
}
