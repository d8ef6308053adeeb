//! A copy of the course to try the commands on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The copy. There is one, because building it takes a while; tests take turns, and each gets it fresh.
pub struct Course {
    pub root: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// What a command did.
pub struct Did {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

const FOLDERS: [&str; 5] = [
    "1-basic-coroutine",
    "2-concurrent-coroutines",
    "3-measure-runtime",
    "4-tasks",
    "5-task-based-wait",
];

impl Course {
    /// A fresh course: stubs everywhere.
    pub fn fresh() -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("course");
        let original = repository();
        for part in [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo/config.toml",
            "checker/Cargo.toml",
            "checker/src",
            "checker/codes",
            "checker/stubs",
            "checker/solutions",
            "xtask/Cargo.toml",
        ] {
            copy(&original.join(part), &root.join(part));
        }
        for folder in FOLDERS {
            let to = root.join("crates").join(folder);
            let _ = std::fs::remove_dir_all(&to);
            for part in ["Cargo.toml", "README.md", "hints.md", "src/main.rs", "tests"] {
                copy(&original.join("crates").join(folder).join(part), &to.join(part));
            }
            copy(
                &original.join("checker/stubs").join(format!("{folder}.rs")),
                &to.join("src/lib.rs"),
            );
        }
        Self { root, _turn: turn }
    }

    /// A course in which the tasks up to `last` are solved.
    pub fn solved_to(last: usize) -> Self {
        let course = Self::fresh();
        for folder in &FOLDERS[..last] {
            let solution = course.root.join("checker/solutions").join(format!("{folder}.rs"));
            std::fs::write(course.lib(folder), std::fs::read(solution).unwrap()).unwrap();
        }
        course
    }

    pub fn folder(&self, folder: &str) -> PathBuf {
        self.root.join("crates").join(folder)
    }

    pub fn lib(&self, folder: &str) -> PathBuf {
        self.folder(folder).join("src/lib.rs")
    }

    /// Writes what a student hands in.
    pub fn hand_in(&self, folder: &str, source: impl AsRef<[u8]>) {
        std::fs::write(self.lib(folder), source).unwrap();
    }

    /// A known solution of the repository.
    pub fn known(&self, folder: &str, name: &str) -> String {
        let path = repository().join("checker/mistakes").join(folder).join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs `cargo xtask …`.
    pub fn xtask(&self, args: &[&str]) -> Did {
        self.run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(args))
    }

    /// Runs any command in the course's folder; as under CI, unless it says otherwise itself.
    pub fn run(&self, command: &mut Command) -> Did {
        if !command.get_envs().any(|(name, _)| name == "CI") {
            command.env("CI", "true");
        }
        let Output { status, stdout, stderr } =
            command.current_dir(&self.root).env_remove("INSTA_UPDATE").output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("the commands write UTF-8");
        Did { code: status.code(), out: text(stdout), err: text(stderr) }
    }
}

impl Did {
    /// The line of a task.
    pub fn line(&self, package: &str) -> &str {
        self.out
            .lines()
            .find(|line| line.contains(package))
            .unwrap_or_else(|| panic!("{}{}", self.out, self.err))
    }

    /// Asserts that every one of `words` was said, wherever lines are broken.
    #[track_caller]
    pub fn says(&self, words: &[&str]) {
        let filled = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = filled(&self.out) + &filled(&self.err);
        for word in words {
            assert!(said.contains(word), "{word:?} not in:\n{}\n{}", self.out, self.err);
        }
    }
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Copies what differs, so that cargo need not build the rest again, and removes what is not there any more.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in std::fs::read_dir(to).into_iter().flatten().flatten() {
            if !from.join(entry.file_name()).exists() {
                let path = entry.path();
                let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
            }
        }
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
        return;
    }
    let contents =
        std::fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    if std::fs::read(to).ok().as_ref() != Some(&contents) {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, contents).unwrap();
    }
}
