//! `cargo xtask export`: the files that are handed out, and an export into a folder in which a student has worked.

#[path = "../../tests/course/mod.rs"]
mod course;
#[path = "export/older_copy.rs"]
mod older_copy;

use std::path::{Path, PathBuf};
use std::process::Command;

use course::{Course, FOLDERS, copy, repository};
use tempfile::TempDir;

/// A workspace of an author, who has solved a task and has private files.
struct Author {
    dir: TempDir,
}

/// Private files, which must not be handed out.
const PRIVATE: [&str; 12] = [
    ".env",
    ".vscode/settings.json",
    "checker/codes/E-planned.md",
    "checker/src/planned.rs",
    "checker/solutions/notes.md",
    "crates/01-basic-coroutine/examples/try.rs",
    "crates/01-basic-coroutine/notes.md",
    "crates/01-basic-coroutine/src/solved.rs",
    "crates/01-basic-coroutine/tests/snapshots/wait_random@middle.0a0a0a0a.snap.new",
    "crates/01-basic-coroutine/kept/lib-1.rs",
    "xtask/src/commands/planned.rs",
    "xtask/tests/planned.rs",
];

impl Author {
    fn new() -> Self {
        let author = Self { dir: tempfile::tempdir().unwrap() };
        for part in [
            ".cargo",
            ".ci",
            ".gitattributes",
            ".gitignore",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "Cargo.lock",
            "Cargo.toml",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "checker",
            "crates",
            "docs",
            "rustfmt.toml",
            "xtask",
        ] {
            copy(&repository().join(part), &author.path(part));
        }
        let solved = author.path("checker/solutions/01-basic-coroutine.rs");
        std::fs::copy(solved, author.path("crates/01-basic-coroutine/src/lib.rs")).unwrap();
        for path in PRIVATE {
            author.write(path, "// private: SECRET\n");
        }
        author
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs `cargo xtask export student`, and returns its exit code and its output.
    fn export(&self, to: &Path, more: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_instructor"))
            .args(["export", "student"])
            .arg(to)
            .args(more)
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        let printed =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.code(), printed.into_owned())
    }

    /// A first export into a new folder.
    fn handed_out(&self) -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("new/copy");
        let (code, printed) = self.export(&to, &[]);
        assert_eq!(code, Some(0), "{printed}");
        assert!(
            printed.contains("A student's copy is written to") && printed.contains("next:"),
            "{printed}"
        );
        (dir, to)
    }
}

/// All files below `folder`, with `/` between folders.
fn files(folder: &Path) -> Vec<String> {
    fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                let inside = path.strip_prefix(root).unwrap();
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort();
    found
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_students_copy_has_stubs_lessons_and_snapshots_and_nothing_that_is_not_for_students() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    let files = files(&copy);
    for path in &files {
        for word in ["solution", "corpus", "selfcheck", "export", "CONTRIB", "CHANGELOG", ".ci/"] {
            let names_it = ["xtask/src/commands/solution.rs", "checker/codes/E-low-resolution.md"];
            assert!(names_it.contains(&path.as_str()) || !path.contains(word), "{path}");
        }
        assert!(!PRIVATE.contains(&path.as_str()), "{path}");
        assert!(!read(copy.join(path)).contains("SECRET"), "{path}");
    }
    for folder in FOLDERS.iter() {
        let stub = read(author.path(format!("checker/stubs/{folder}.rs")));
        assert_eq!(read(copy.join(format!("crates/{folder}/src/lib.rs"))), stub);
        for part in ["README.md", "hints.md", "src/main.rs", "tests/check.rs"] {
            let path = format!("crates/{folder}/{part}");
            assert_eq!(read(copy.join(&path)), read(repository().join(&path)), "{path}");
        }
        let snapshots = format!("crates/{folder}/tests/snapshots");
        let reviewed = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".snap");
        let all = std::fs::read_dir(repository().join(&snapshots)).unwrap().flatten();
        let all: Vec<_> = all.map(|entry| entry.file_name()).filter(|n| reviewed(n)).collect();
        assert!(!all.is_empty());
        assert!(all.iter().all(|name| copy.join(&snapshots).join(name).is_file()), "{folder}");
    }
    // the flags that the checker needs, and the alias
    for path in [".cargo/config.toml", "crates/.cargo/config.toml"] {
        assert_eq!(read(copy.join(path)), read(repository().join(path)), "{path}");
    }
    for name in ["greet.rs", "greet.py", "greet.txt"] {
        let program = format!("crates/01-basic-coroutine/examples/{name}");
        assert!(copy.join(&program).is_file(), "the lesson quotes {program}");
    }
    let readme = read(copy.join("README.md"));
    for words in ["nstructor", "insta review", "xtask solution", "selfcheck", "corpus/"] {
        assert!(!readme.contains(words), "{words}");
    }
    // every link of it leads somewhere
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("https://") || copy.join(link).is_file(), "{link}");
    }
}

#[test]
fn a_copy_builds_without_warnings_passes_its_tests_and_says_nothing_of_instructors() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    let course = Course::from(&copy);
    // as the alias of the copy does it, but not quietly; `--locked`: the copy's lock files fit its manifests
    let xtask = |args: &[&str]| {
        let manifest = ["--manifest-path", "xtask/Cargo.toml", "--target-dir", "target"];
        course.run(
            Command::new("cargo")
                .args(["run", "--locked"])
                .args(manifest)
                .arg("--")
                .args(args)
                .env_remove("RUSTFLAGS"),
        )
    };
    let did = xtask(&["--help"]);
    assert_eq!(did.code, Some(0), "{}", did.err);
    assert!(!did.err.contains("warning"), "{}", did.err);
    for command in ["watch", "check", "list", "hint", "explain", "reset", "test", "timeline"] {
        assert!(did.out.contains(&format!("\n  {command}")), "{command}: {}", did.out);
    }
    for command in ["solution", "selfcheck", "quote", "export"] {
        assert!(!did.out.contains(&format!("\n  {command}")), "{command}: {}", did.out);
    }
    assert!(!xtask(&["timeline", "--help"]).out.contains("solution"));
    assert!(!xtask(&["check", "--help"]).out.contains("--submissions"));
    for args in [&["check", "--submissions", "in"][..], &["check", "--report=out"]] {
        let did = xtask(args);
        assert_eq!(did.code, Some(2));
        assert!(did.err.contains("doesn't grade") && did.err.contains("next: "), "{}", did.err);
    }
    let did = xtask(&["check"]);
    assert_eq!(did.code, Some(1), "{}", did.err);
    assert!(did.line("1 basic-coroutine").contains("not started"));
    let did = course.run(Command::new("cargo").args(["xtask", "list"]));
    assert!(did.out.contains("1 basic-coroutine") && did.err.is_empty(), "{}", did.err);
    let did = xtask(&["solution", "2"]);
    assert_eq!(did.code, Some(2));
    did.says(&["without solutions"]);
    assert_eq!(xtask(&["export", "student", "elsewhere"]).code, Some(2));
    let did = course.run(Command::new("cargo").args(["xtask", "test"]));
    assert_eq!(did.code, Some(0), "its own tests: {}{}", did.out, did.err);
    assert!(did.out.contains("test result: ok"), "{}", did.out);

    course.hand_in(&FOLDERS[0], read(author.path("checker/solutions/01-basic-coroutine.rs")));
    let did = xtask(&["check", "1"]);
    assert_eq!(did.code, Some(0), "{}{}", did.out, did.err);
    assert!(did.line("1 basic-coroutine").ends_with("passed"), "a snapshot shows it: {}", did.out);
}

#[test]
fn a_second_export_keeps_what_a_student_wrote_and_says_so() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    let (code, printed) = author.export(&copy, &[]);
    assert!(code == Some(0) && printed.contains("already"), "{printed}");

    let lib = copy.join("crates/01-basic-coroutine/src/lib.rs");
    let lesson = copy.join("crates/01-basic-coroutine/README.md");
    std::fs::write(&lib, "// mine\n").unwrap();
    std::fs::write(&lesson, "my notes\n").unwrap();
    std::fs::write(copy.join("diary.md"), "mine\n").unwrap();
    std::fs::remove_file(copy.join("checker/Cargo.toml")).unwrap();
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("\n  crates/01-basic-coroutine/src/lib.rs\n"), "{printed}");
    assert!(
        printed.contains(
            "crates/01-basic-coroutine/README.md, as crates/01-basic-coroutine/README.md.old-1"
        ),
        "{printed}"
    );
    assert_eq!(read(&lib), "// mine\n");
    assert_eq!(read(lesson.with_file_name("README.md.old-1")), "my notes\n");
    assert!(read(&lesson).starts_with("# 1."));
    assert_eq!(read(copy.join("diary.md")), "mine\n");
    assert!(copy.join("checker/Cargo.toml").is_file(), "what is missing is there again");
}

#[test]
fn what_is_no_part_of_a_newer_version_is_out_of_its_way() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    std::fs::create_dir(author.path("checker/src/format")).unwrap();
    let (old, new) = ("checker/src/format.rs", "checker/src/format/mod.rs");
    std::fs::rename(author.path(old), author.path(new)).unwrap();
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(
        printed.contains("\n  checker/src/format.rs, as checker/src/format.rs.old-1\n"),
        "{printed}"
    );
    assert!(copy.join(new).is_file() && !copy.join(old).exists());
    let (_, printed) = author.export(&copy, &[]);
    assert!(printed.contains("already") && !printed.contains("old-1"), "{printed}");

    // a line that somebody wrote into the marker leads to nothing
    std::fs::write(copy.join("../precious"), "").unwrap();
    let marker = read(copy.join(".await-and-see"));
    std::fs::write(copy.join(".await-and-see"), marker + "../precious\n").unwrap();
    assert_eq!(author.export(&copy, &[]).0, Some(0));
    assert!(copy.join("../precious").is_file());
}

#[test]
fn a_folder_that_is_none_of_its_own_is_refused_and_left_as_it_is() {
    let author = Author::new();
    let dir = tempfile::tempdir().unwrap();
    let refused = |to: &Path, words: &[&str]| {
        let (code, printed) = author.export(to, &[]);
        assert_eq!(code, Some(2), "{printed}");
        let name = to.file_name().unwrap().to_string_lossy();
        for word in words.iter().chain([&&*name]) {
            assert!(printed.contains(word), "{word:?} not in: {printed}");
        }
    };
    let foreign = dir.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("thesis.tex"), "").unwrap();
    refused(&foreign, &["not empty", "next:"]);
    assert_eq!(files(&foreign), ["thesis.tex"]);

    let file = dir.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    refused(&file, &["is in the way"]);
    refused(&file.join("below"), &["a-file"]);

    let files_before = files(author.dir.path());
    for inside in ["handout", "crates/6-handout", "target"] {
        refused(&author.path(inside), &["inside of the course's own folder", "next:"]);
    }
    refused(&author.path("checker/../docs"), &["inside"]);
    assert_eq!(files(author.dir.path()), files_before);
    std::fs::create_dir(author.path("target")).unwrap();
    let (code, printed) = author.export(&author.path("target/handout"), &[]);
    assert_eq!(code, Some(0), "{printed}");

    // an empty folder will do, and an empty repository
    for below in ["empty", "repository/.git"] {
        let to = dir.path().join(below);
        std::fs::create_dir_all(&to).unwrap();
        let to = if to.ends_with(".git") { to.parent().unwrap() } else { &to };
        assert_eq!(author.export(to, &[]).0, Some(0));
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symbolic_link() {
    let author = Author::new();
    let (dir, copy) = author.handed_out();
    let elsewhere = dir.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let link = dir.path().join("link");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    for to in [link.clone(), link.join("")] {
        let (code, printed) = author.export(&to, &[]);
        assert!(code == Some(2) && printed.contains("link is a symbolic link"), "{printed}");
    }
    std::fs::remove_dir_all(copy.join("checker/codes")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, copy.join("checker/codes")).unwrap();
    let (code, printed) = author.export(&copy, &[]);
    assert!(code == Some(2) && printed.contains("checker/codes is a symbolic link"), "{printed}");
    assert!(files(&elsewhere).is_empty());
}

#[test]
fn an_export_that_was_interrupted_can_be_repeated() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    let all = files(&copy);
    for folder in ["checker", "docs", "crates/04-tasks"] {
        std::fs::remove_dir_all(copy.join(folder)).unwrap();
    }
    std::fs::write(copy.join(".README.md.being-written"), "# Aw").unwrap();
    std::fs::remove_file(copy.join("README.md")).unwrap();
    let (code, printed) = author.export(&copy, &[]);
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(files(&copy), all);
}

#[test]
fn a_template_for_github_has_a_workflow_that_checks() {
    let author = Author::new();
    let (_dir, copy) = author.handed_out();
    let plain = files(&copy);
    let (code, printed) = author.export(&copy, &["--template", "github"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("push it to GitHub"), "{printed}");
    let workflow = ".github/workflows/check.yml";
    let added: Vec<String> =
        files(&copy).into_iter().filter(|path| !plain.contains(path)).collect();
    assert_eq!(added, [workflow]);
    let workflow = read(copy.join(workflow));
    assert!(workflow.contains("cargo xtask check --all --format github"));
    for action in workflow.split("uses: ").skip(1) {
        assert!(action.starts_with("actions/checkout@") || action.starts_with("actions/cache@"));
    }
    assert_eq!(author.export(&copy, &["--template", "elsewhere"]).0, Some(2));
    // once a template, it stays one
    let (_, printed) = author.export(&copy, &[]);
    assert!(printed.contains("already") && !printed.contains("old-1"), "{printed}");
}
