//! Reads submissions: folders and archives, and the files in them that are graded.
//!
//! The author of a submission may want to harm the machine or another student. So nothing is ever unpacked to the disk, no
//! link is followed, and everything that is read is counted. A problem in a submission is not an error of this program: it
//! becomes a sentence in the submission.
//!
//! ```text
//! Entry ──folder, zip, tar──▶ Items ──layout, nearly, take──▶ Submission
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use checker::tasks::{TASKS, Task};
use serde::{Deserialize, Serialize};

mod collision;
pub mod downloads;
mod entries;
mod folder;
mod item;
mod layout;
mod loose;
mod members;
mod meter;
mod names;
mod nearly;
mod open;
mod reader;
mod take;
mod tar;
mod zip;

pub use entries::{Entry, FORMS, Listing, entries};
pub use layout::HAND_IN;
pub use names::{composed, is_hidden};

/// The limits for a submission.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// The most bytes of one file.
    pub file_bytes: u64,
    /// The most bytes of all files of a task together.
    pub task_bytes: u64,
    pub task_files: usize,
    pub archive_entries: usize,
    /// The most bytes that are unpacked from an archive.
    pub archive_bytes: u64,
    /// How many times as large as the archive its unpacked contents may be. It counts above 1 MiB.
    pub ratio: u64,
    /// The most names in a path.
    pub depth: usize,
}

/// A submission that was read.
pub struct Submission {
    /// Unique in the class, and safe to print. Some differ in case only.
    pub name: String,
    /// Why nothing of it can be graded.
    pub refused: Option<String>,
    /// One for each task, in course order.
    pub tasks: Vec<Taken>,
}

/// The part of a submission that belongs to one task.
pub struct Taken {
    pub task: &'static Task,
    /// By path in the task's crate: `src/lib.rs`. None, if the task is missing or refused.
    pub files: BTreeMap<PathBuf, String>,
    /// Why the task's files can't be judged.
    pub refused: Option<String>,
    /// Notes on its files, for example that one was left out.
    pub notes: Vec<String>,
    /// Files whose names are nearly right for the task. There is a note on each, too.
    pub nearly: Vec<NearlyNamed>,
}

/// A file whose name is nearly right for a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearlyNamed {
    /// Its path in the submission, safe to print.
    pub file: String,
    /// Whether it was judged.
    pub taken: bool,
}

/// The text of each task's stub, as it was handed out, by the task's number.
pub type Stubs = BTreeMap<usize, String>;

impl Default for Bounds {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 10,
            task_bytes: 1 << 20,
            task_files: 50,
            archive_entries: 10_000,
            archive_bytes: 64 << 20,
            ratio: 200,
            depth: 16,
        }
    }
}

impl Submission {
    /// Makes a submission from the results of taking its tasks.
    fn new(name: &str, taken: Result<Vec<Taken>, String>) -> Self {
        let (tasks, refused) = match taken {
            Ok(tasks) => (tasks, None),
            Err(why) => (TASKS.into_iter().map(Taken::nothing).collect(), Some(why)),
        };
        Self { name: name.into(), refused, tasks }
    }
}

impl Taken {
    /// Whether the submission has nothing of the task.
    pub fn is_missing(&self) -> bool {
        self.files.is_empty() && self.refused.is_none()
    }

    /// The text that stands for the task's `src/lib.rs`.
    fn lib(&self) -> Option<&str> {
        self.files.get(Path::new("src/lib.rs")).map(String::as_str)
    }

    fn nothing(task: &'static Task) -> Self {
        Self { task, files: BTreeMap::new(), refused: None, notes: Vec::new(), nearly: Vec::new() }
    }

    fn refused(task: &'static Task, why: String) -> Self {
        Self { refused: Some(why), ..Self::nothing(task) }
    }
}
