//! A folder with submissions for a test, and one for reports.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use checker::tasks::TASKS;
use checker::verdict::Outcome;
use instructor::class::results::{Results, Student};
use tempfile::TempDir;
use xtask::workspace::Workspace;

/// The folders of the tasks.
pub static FOLDERS: LazyLock<[String; TASKS.len()]> =
    LazyLock::new(|| TASKS.map(|task| task.folder()));

/// The program under test. It is a copy, because one of the tests calls cargo, which may replace the program.
pub fn program() -> &'static Path {
    static COPY: LazyLock<PathBuf> = LazyLock::new(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (copy, own) = ("instructor-under-test", format!("instructor-{}", std::process::id()));
        let (copy, own) = (place.join(copy), place.join(own));
        std::fs::copy(env!("CARGO_BIN_EXE_instructor"), &own).unwrap();
        // whoever runs these tests at the same time never finds half of it
        std::fs::rename(own, &copy).unwrap();
        copy
    });
    &COPY
}

/// A task whose grading takes as long as a run may take.
pub const ENDLESS: &str = "use std::time::Duration;\npub async fn wait_random<R>(_: R, _: Duration) -> Duration {\n    loop {}\n}\n";

/// A folder with submissions, and one for reports.
pub struct Class {
    pub place: TempDir,
    pub root: PathBuf,
}

impl Class {
    pub fn new() -> Self {
        let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        std::fs::create_dir(place.path().join("in")).unwrap();
        Self { place, root: Workspace::find().unwrap().root }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Writes what a student hands in for a task.
    pub fn hand_in(&self, student: &str, folder: &str, source: impl AsRef<[u8]>) {
        let lib = self.path("in").join(student).join("crates").join(folder).join("src/lib.rs");
        std::fs::create_dir_all(lib.parent().unwrap()).unwrap();
        std::fs::write(lib, source).unwrap();
    }

    pub fn solution(&self, folder: &str) -> String {
        std::fs::read_to_string(self.root.join(format!("checker/solutions/{folder}.rs"))).unwrap()
    }

    pub fn known(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join("checker/corpus").join(path)).unwrap()
    }

    pub fn solves_all(&self, student: &str) {
        for folder in FOLDERS.iter() {
            self.hand_in(student, folder, self.solution(folder));
        }
    }

    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(program());
        command.current_dir(&self.root).env("INSTA_UPDATE", "no").args(args);
        command.output().unwrap()
    }

    /// Grades into `out`. Returns the exit code, and the output with each sentence on one line.
    pub fn grade(&self, out: &str, more: &[&str]) -> (Option<i32>, String) {
        let (submissions, report) = (self.path("in"), self.path(out));
        let [submissions, report] = [&submissions, &report].map(|path| path.to_str().unwrap());
        let args = ["check", "--submissions", submissions, "--report", report];
        let output = self.run(&[&args, more].concat());
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&printed).replace("\n    ", " "))
    }

    pub fn results(&self, out: &str) -> Results {
        let json = std::fs::read(self.path(out).join("results.json")).unwrap();
        serde_json::from_slice(&json).unwrap()
    }
}

pub fn student<'a>(results: &'a Results, name: &str) -> &'a Student {
    results.students.iter().find(|student| student.name == name).unwrap()
}

pub fn outcomes(student: &Student) -> Vec<Outcome> {
    student.tasks.iter().map(|task| task.report.verdict.outcome).collect()
}

/// The output as one line, without the line breaks for a terminal.
pub fn in_a_line(printed: &str) -> String {
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}
