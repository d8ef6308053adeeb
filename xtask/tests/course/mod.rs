//! A copy of the course to try the commands on.
#![allow(dead_code)] // each of the test programs uses a part of it

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use checker::tasks::{TASKS, Task};
use xtask::build::kit::Kit;
use xtask::workspace::Workspace;

/// The copy of the course. There is only one, because building it takes a while. Tests take turns (even those of other test
/// programs, which may run at the same time), and each begins with a fresh copy.
pub struct Course {
    pub root: PathBuf,
    /// A file that is locked as long as it is open.
    _turn: File,
}

/// What a command did.
pub struct Did {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The folders of the tasks.
pub static FOLDERS: LazyLock<[String; TASKS.len()]> =
    LazyLock::new(|| TASKS.map(|task| task.folder()));

impl Course {
    /// The folder of the course, with everything that the previous test has left in it.
    fn turn() -> Self {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let turn = locked(&place.join("course.turn"));
        let course = Self { root: place.join("course"), _turn: turn };
        share_libraries(&course.root.join("target"));
        course
    }

    /// A fresh course: stubs everywhere.
    pub fn fresh() -> Self {
        let course = Self::turn();
        let (root, original) = (&course.root, repository());
        for part in [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo/config.toml",
            "checker/Cargo.toml",
            "checker/src",
            "checker/codes",
            "checker/kit",
            "checker/manifests",
            "checker/start",
            "checker/stubs",
            "xtask/Cargo.toml",
            "xtask/Cargo.lock",
            "xtask/src",
            "xtask/start",
        ] {
            copy(&original.join(part), &root.join(part));
        }
        // a student's copy has none
        for part in ["checker/solutions", "xtask/instructor"] {
            if original.join(part).is_dir() {
                copy(&original.join(part), &root.join(part));
            }
        }
        // an earlier version's tests called its folders otherwise
        let others = |name: &OsString| FOLDERS.iter().all(|folder| name != folder.as_str());
        for name in entries(&root.join("crates")).filter(others) {
            remove(&root.join("crates").join(name));
        }
        for folder in FOLDERS.iter() {
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
        if original.join("xtask/instructor").is_dir() {
            course.leave_out_flags();
        } else {
            // for a student's tests, cargo builds nothing here but the kit
            course.borrow_kit();
        }
        course
    }

    /// Removes the flags for the compiler, because the repository around this course has them, too. cargo would join both,
    /// and with the same flags twice it would build every library again.
    fn leave_out_flags(&self) {
        let file = self.root.join(".cargo/config.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let line = |line: &&str| !line.starts_with("[target.") && !line.starts_with("rustflags");
        let others: String = text.split_inclusive('\n').filter(line).collect();
        if others != text {
            std::fs::write(file, others).unwrap();
        }
    }

    /// Uses the kit of the repository, because this course would make the same one. (If there is none, cargo builds.)
    fn borrow_kit(&self) {
        static OF_THE_REPOSITORY: LazyLock<Option<Kit>> =
            LazyLock::new(|| Kit::of(&Workspace { root: repository().into() }, false).ok());
        if let Some(kit) = &*OF_THE_REPOSITORY {
            kit.lend(&Workspace { root: self.root.clone() }).unwrap();
        }
    }

    /// A copy of the course in `folder`, at the place of the other copies, so that little has to be built again.
    pub fn from(folder: &Path) -> Self {
        let course = Self::turn();
        for entry in entries(&course.root).filter(|name| name != "target") {
            if !folder.join(&entry).exists() {
                remove(&course.root.join(&entry));
            }
        }
        for entry in entries(folder) {
            copy(&folder.join(&entry), &course.root.join(&entry));
        }
        course.leave_out_flags();
        course
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

    /// A course in which all tasks are solved.
    pub fn solved() -> Self {
        Self::solved_to(TASKS.len())
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
        let path = repository().join("checker/corpus").join(folder).join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs `cargo xtask …`.
    pub fn xtask(&self, args: &[&str]) -> Did {
        self.xtask_in(&self.root, args)
    }

    /// Runs `cargo xtask …` in another course.
    pub fn xtask_in(&self, root: &Path, args: &[&str]) -> Did {
        run(Command::new(program()).args(args), root)
    }

    /// Runs any command in the course's folder.
    pub fn run(&self, command: &mut Command) -> Did {
        run(command, &self.root)
    }
}

/// The commands under test. A copy: cargo, which tests that run at the same time may call, can put another build of them in
/// their place.
fn program() -> &'static Path {
    // the tests of the instructors' commands are compiled without it
    const BUILT: Option<&str> = option_env!("CARGO_BIN_EXE_xtask");
    static COPY: LazyLock<PathBuf> = LazyLock::new(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let name = concat!(env!("CARGO_CRATE_NAME"), "-tests-xtask");
        let copy = place.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let own = place.join(format!("{name}-{}", std::process::id()));
        std::fs::copy(BUILT.expect("a test of these commands"), &own).unwrap();
        // whoever runs these tests at the same time never finds half of it
        std::fs::rename(own, &copy).unwrap();
        copy
    });
    &COPY
}

/// Waits until nobody else has the file open that this returns.
#[cfg(unix)]
fn locked(path: &Path) -> File {
    use rustix::fs::{FlockOperation, flock};
    let file = File::create(path).expect("a file to lock");
    flock(&file, FlockOperation::LockExclusive).expect("a turn");
    file
}

/// Waits until nobody else has the file open that this returns.
#[cfg(windows)]
fn locked(path: &Path) -> File {
    use std::os::windows::fs::OpenOptionsExt;
    let mut alone = File::options();
    alone.write(true).create(true).truncate(false).share_mode(0);
    loop {
        match alone.open(path) {
            Ok(file) => return file,
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

/// Runs a command in a folder, with the settings of CI, unless the command has its own.
fn run(command: &mut Command, folder: &Path) -> Did {
    if !command.get_envs().any(|(name, _)| name == "CI") {
        command.env("CI", "true");
    }
    let Output { status, stdout, stderr } =
        command.current_dir(folder).env_remove("INSTA_UPDATE").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("the commands write UTF-8");
    Did { code: status.code(), out: text(stdout), err: text(stderr) }
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
        let printed = filled(&self.out) + &filled(&self.err);
        for word in words {
            assert!(printed.contains(word), "{word:?} not in:\n{}\n{}", self.out, self.err);
        }
    }
}

pub fn repository() -> &'static Path {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.find(|folder| folder.join("checker/Cargo.toml").is_file()).expect("it lies in there")
}

/// Makes `to` a copy of `from`. Only differences are written, so that cargo need not build the rest again.
pub fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for name in entries(to).filter(|name| !from.join(name).exists()) {
            remove(&to.join(name));
        }
        for name in entries(from) {
            copy(&from.join(&name), &to.join(&name));
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

/// Gives a new target folder the external libraries that cargo has built for the repository, so that cargo need not build
/// them again. (cargo checks their features and flags, and uses only those that are the same. It builds the course's own
/// crates again.)
pub fn share_libraries(target: &Path) {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("debug");
    let debug = target.join("debug");
    if debug.exists() || !shared.is_dir() {
        return;
    }
    // there as a whole, or not at all
    let begun = target.join("debug.begun");
    let _ = std::fs::remove_dir_all(&begun);
    let is_library = |name: &OsString| {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| {
            ["rlib", "rmeta", std::env::consts::DLL_EXTENSION].contains(&ending)
        })
    };
    std::fs::create_dir_all(begun.join("deps")).unwrap();
    for name in entries(&shared.join("deps")).filter(is_library) {
        let (from, to) = (shared.join("deps").join(&name), begun.join("deps").join(&name));
        // cargo never changes a library, it makes another one; and another build may take it away right now
        let _ = std::fs::hard_link(&from, &to).or_else(|_| copy_with_its_time(&from, &to));
    }
    for part in ["build", ".fingerprint"] {
        copy_with_times(&shared.join(part), &begun.join(part));
    }
    std::fs::rename(begun, debug).unwrap();
}

/// Copies all files below a folder that can be read.
fn copy_with_times(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for name in entries(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy_with_times(&from, &to);
        } else {
            let _ = copy_with_its_time(&from, &to);
        }
    }
}

/// Copies a file with its modification time, because cargo trusts that time.
fn copy_with_its_time(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::copy(from, to)?;
    let changed = std::fs::metadata(from)?.modified()?;
    File::options().write(true).open(to)?.set_modified(changed)
}

/// The names in a folder; none, if there is no such folder.
fn entries(folder: &Path) -> impl Iterator<Item = OsString> + use<> {
    std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name())
}

fn remove(path: &Path) {
    let removed =
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// "1 of 5 tasks", however many there are.
pub fn of_all_tasks(right: usize) -> String {
    format!("{right} of {} tasks", TASKS.len())
}

/// "10 of 80 points", whatever the tasks are worth, if the first `right` of them are.
pub fn of_all_points(right: usize) -> String {
    let sum = |tasks: &[&Task]| tasks.iter().map(|task| task.points).sum::<u32>();
    format!("{} of {} points", sum(&TASKS[..right]), sum(&TASKS))
}
