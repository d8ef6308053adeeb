//! The description of a task, as plain data.

use crate::trace::SourceLocation;

/// The description of a task of the course. READMEs, reports and pages take what they say about the task from here.
pub struct TaskInfo {
    /// Its number, from 1.
    pub number: usize,
    /// The name of the package, which is also the name of the folder after the number: `basic-coroutine`.
    pub name: &'static str,
    /// A title of one line, for the README and for the page of a class.
    pub title: &'static str,
    /// What it teaches, in a few words.
    pub concept: &'static str,
    /// The points of a right solution, unless an instructor's `course.toml` says otherwise.
    pub points: u32,
    /// The function under test.
    pub function: &'static str,
    /// Its signature in the contract.
    pub signature: &'static str,
    /// The Rust expression that the harness passes to `subject` in the task's file in `tasks`. It is a closure even if the
    /// function itself would do, so that `#[track_caller]` names a place in the harness.
    pub adapter: &'static str,
    /// The tasks that it builds on, the nearest first. It calls the function of the first one.
    pub dependencies: &'static [&'static TaskInfo],
    /// Whether the contract asks for tokio tasks, so that its normalized traces count them.
    pub counts_tasks: bool,
    /// Whether the function has a parameter `n`.
    pub takes_n: bool,
}

/// The path of a harness's source for the compiler, in the folder of the task's crate. (There is no such file: builders
/// write the source where they build.)
pub const HARNESS: &str = "tests/harness.rs";

/// The libraries that a student's file may use, besides the crates of the course.
pub const FOR_STUDENTS: [&str; 4] = ["futures", "rand", "rand_chacha", "tokio"];

impl TaskInfo {
    /// The name of its crate's folder: `01-basic-coroutine`. The number has two digits, so that lists of folders are in the
    /// order of the course.
    pub fn folder(&self) -> String {
        format!("{:02}-{}", self.number, self.name)
    }

    /// Whether `folder` is the name of its crate's folder. The number is compared as a number, because folders of earlier
    /// versions have one digit: `1-basic-coroutine`.
    pub fn is_named(&self, folder: impl AsRef<[u8]>) -> bool {
        let before_name = folder.as_ref().strip_suffix(self.name.as_bytes());
        let digits = before_name.and_then(|rest| rest.strip_suffix(b"-"));
        digits.is_some_and(|digits| {
            digits.iter().all(u8::is_ascii_digit)
                && std::str::from_utf8(digits).is_ok_and(|text| text.parse() == Ok(self.number))
        })
    }

    /// The task whose file contains `place`: this one, or one that it builds on. No other task takes part in a run.
    pub fn owner_of(&self, place: &SourceLocation) -> Option<&TaskInfo> {
        place.find_source_folder(|folder| {
            let mut all = std::iter::once(self).chain(self.dependencies.iter().copied());
            all.find(|task| task.is_named(folder))
        })
    }

    /// Whether `place` is in one of its own files.
    pub fn owns(&self, place: &SourceLocation) -> bool {
        self.owner_of(place).is_some_and(|owner| owner.number == self.number)
    }

    /// The source of its harness, which connects its function, and those that it builds on, to the checker.
    pub fn harness(&self) -> String {
        let chain = self.dependencies.iter().rev().copied().chain([self]);
        let subject = |task: &TaskInfo| {
            format!("    checker::tasks::{}::subject({}),\n", task.function, task.adapter)
        };
        let subjects: String = chain.map(subject).collect();
        format!("checker::harness![\n{subjects}];\n")
    }

    /// The function that it must call. If it builds on no task, that is its own function.
    pub fn dependency_function(&self) -> &'static str {
        self.dependencies.first().map_or(self.function, |task| task.function)
    }

    /// Whether its function returns the handle of a tokio task.
    pub fn returns_a_handle(&self) -> bool {
        self.signature.contains("-> JoinHandle<")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    #[test]
    fn a_place_belongs_to_the_outermost_task_folder_on_its_path() {
        let place = |file: &str| SourceLocation { file: file.into(), line: 1 };
        let [first, second, ..] = TASKS;
        assert!(first.owns(&place("crates/01-basic-coroutine/src/lib.rs")));
        assert!(first.owns(&place(r"C:\a\crates\01-basic-coroutine\src\deep\mod.rs")));
        assert!(!first.owns(&place("crates/02-concurrent-coroutines/src/lib.rs")));
        let in_the_first = place("crates/01-basic-coroutine/src/lib.rs");
        assert_eq!(second.owner_of(&in_the_first).map(|owner| owner.number), Some(1));
        for disguised in [
            "crates/01-basic-coroutine/src/../../02-concurrent-coroutines/src/lib.rs",
            "crates/02-concurrent-coroutines/src/01-basic-coroutine/mod.rs",
            "crates/02-concurrent-coroutines/src/01-basic-coroutine/src/lib.rs",
        ] {
            let owner = second.owner_of(&place(disguised));
            assert_eq!(owner.map(|owner| owner.number), Some(2), "{disguised}");
        }
        assert!(second.owner_of(&place("/rustc/1-x/library/core/src/ops/function.rs")).is_none());
    }

    #[test]
    fn a_folder_of_an_earlier_version_is_found_by_its_number_and_name() {
        let [first, second, ..] = TASKS;
        assert_eq!(second.folder(), "02-concurrent-coroutines");
        for folder in ["02-concurrent-coroutines", "2-concurrent-coroutines"] {
            assert!(second.is_named(folder) && !first.is_named(folder), "{folder}");
            let place = SourceLocation { file: format!("crates/{folder}/src/lib.rs"), line: 1 };
            assert!(second.owns(&place), "{folder}");
        }
        for other in ["concurrent-coroutines", "-concurrent-coroutines", "+2-concurrent-coroutines"]
        {
            assert!(!second.is_named(other), "{other}");
        }
    }
}
