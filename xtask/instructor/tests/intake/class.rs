//! A folder of submissions for a test.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use checker::tasks::{TASKS, Task};
use instructor::class::intake::{self, Bounds, Stubs, Submission, Taken};
use tempfile::TempDir;

use crate::pack;

/// The path of the source in most tests.
pub const LIB: &str = "crates/01-basic-coroutine/src/lib.rs";

/// The stubs, as they are handed out.
pub static STUBS: LazyLock<Stubs> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checker/stubs");
    let stub = |task: &Task| std::fs::read_to_string(folder.join(format!("{}.rs", task.folder())));
    TASKS.iter().map(|task| (task.number, stub(task).unwrap())).collect()
});

/// A file for a submission: its path, and what is in it.
pub type File<'a> = (&'a str, &'a [u8]);

/// A folder of submissions.
pub struct Class {
    dir: TempDir,
}

impl Class {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// The path of this name in it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file, and the folders on the way.
    pub fn write(&self, path: &str, contents: &[u8]) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
    }

    pub fn folder(&self, name: &str, files: &[File]) {
        std::fs::create_dir_all(self.at(name)).unwrap();
        files.iter().for_each(|(path, text)| self.write(&format!("{name}/{path}"), text));
    }

    pub fn listing(&self) -> intake::Listing {
        intake::entries(self.dir.path()).unwrap()
    }

    pub fn entries(&self) -> Vec<intake::Entry> {
        self.listing().entries
    }

    /// The names of all submissions.
    pub fn names(&self) -> Vec<String> {
        self.entries().iter().map(|entry| entry.name().to_string()).collect()
    }

    /// Reads the only submission.
    pub fn read(&self, bounds: &Bounds) -> Submission {
        let entries = self.entries();
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries[0].read(bounds, &STUBS)
    }
}

/// The same files as a submission of every form.
pub fn in_every_form(files: &[File]) -> Vec<Submission> {
    within(files, &Bounds::default())
}

/// The same files as a submission of every form, read within these bounds.
pub fn within(files: &[File], bounds: &Bounds) -> Vec<Submission> {
    let class = Class::new();
    class.folder("a-folder", files);
    class.write("b-zip.zip", &pack::zip(files));
    class.write("c-tar.tar", &pack::tar(files));
    class.write("d-gzip.tar.gz", &pack::gzip(&pack::tar(files)));
    class.write("e-gzip.tgz", &pack::gzip(&pack::tar(files)));
    let all: Vec<Submission> =
        class.entries().iter().map(|entry| entry.read(bounds, &STUBS)).collect();
    assert_eq!(all.len(), 5);
    all
}

/// Reads an archive of this file name.
pub fn archive(name: &str, bytes: &[u8]) -> Submission {
    let class = Class::new();
    class.write(name, bytes);
    class.read(&Bounds::default())
}

/// What was taken of the first task. Asserts that nothing else in the submission is wrong.
pub fn first(submission: &Submission) -> &Taken {
    assert_eq!(submission.refused, None, "{}", submission.name);
    &submission.tasks[0]
}

/// The text of a file that was taken of a task.
pub fn text<'a>(taken: &'a Taken, file: &str) -> Option<&'a str> {
    taken.files.get(Path::new(file)).map(String::as_str)
}

/// Asserts that the whole submission is refused, with these words.
pub fn assert_refused(submission: &Submission, words: &str) {
    let why = submission.refused.as_deref().unwrap_or("not refused");
    assert!(why.contains(words), "{}: {why}", submission.name);
    assert!(
        submission.tasks.len() == TASKS.len() && submission.tasks.iter().all(Taken::is_missing)
    );
}

/// Asserts that the first task is refused with these words, and none but that.
pub fn assert_first_refused(submission: &Submission, words: &str) {
    let taken = first(submission);
    let why = taken.refused.as_deref().unwrap_or("not refused");
    assert!(why.contains(words), "{}: {why}", submission.name);
    assert!(taken.files.is_empty() && !taken.is_missing());
    assert!(submission.tasks[1..].iter().all(|task| task.refused.is_none()));
}
