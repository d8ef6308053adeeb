//! What a task is, as plain data.

use crate::trace::SourceLocation;

/// A task of the course: all that is said of it, wherever that is.
pub struct TaskInfo {
    pub number: usize,
    /// The package, and the folder's name after the number: `basic-coroutine`.
    pub name: &'static str,
    /// One line, as in the README and on the page of a class.
    pub title: &'static str,
    /// What it teaches, in a few words.
    pub concept: &'static str,
    /// The points of a right solution, unless an instructor's `course.toml` says otherwise.
    pub points: u32,
    /// The function under test.
    pub function: &'static str,
    /// Its signature, as the contract has it.
    pub signature: &'static str,
    /// The function as `subject` in its file in `tasks` takes it, in Rust: the harness is made of it. (A closure even
    /// where the function itself would do, so that `#[track_caller]` names a place in the harness.)
    pub adapter: &'static str,
    /// The tasks that it builds on, nearest first: it calls the function of the first.
    pub dependencies: &'static [&'static TaskInfo],
    /// Whether the contract asks for tasks, so that its pictures count them.
    pub counts_tasks: bool,
    /// The parameters of a call that a person wants to read: with or without `n`.
    pub takes_n: bool,
}

/// Where the source of a task's harness stands for the compiler, in the folder of the task's crate. (There is no such
/// file: builders write it where they build.)
pub const HARNESS: &str = "tests/harness.rs";

/// The libraries that a student's file may use, besides the crates of the course.
pub const FOR_STUDENTS: [&str; 4] = ["futures", "rand", "rand_chacha", "tokio"];

impl TaskInfo {
    /// `1-basic-coroutine`.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.number, self.name)
    }

    /// Whether a folder is named as the folder of its crate.
    fn is_named(&self, folder: &[u8]) -> bool {
        let number = folder
            .strip_suffix(self.name.as_bytes())
            .and_then(|rest| rest.strip_suffix(b"-"))
            .and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        number == Some(self.number)
    }

    /// The task whose file a place lies in: this one, or one that it builds on. No other task takes part in a run.
    pub fn owner_of(&self, place: &SourceLocation) -> Option<&TaskInfo> {
        place.find_source_folder(|folder| {
            let mut all = std::iter::once(self).chain(self.dependencies.iter().copied());
            all.find(|task| task.is_named(folder))
        })
    }

    /// Whether a place lies in one of its own files.
    pub fn owns(&self, place: &SourceLocation) -> bool {
        self.owner_of(place).is_some_and(|owner| owner.number == self.number)
    }

    /// The source of the harness: the program that connects the function, and those that it builds on, to the checker.
    pub fn harness(&self) -> String {
        let chain = self.dependencies.iter().rev().copied().chain([self]);
        let subject = |task: &TaskInfo| {
            format!("    checker::tasks::{}::subject({}),\n", task.function, task.adapter)
        };
        let subjects: String = chain.map(subject).collect();
        format!("checker::harness![\n{subjects}];\n")
    }

    /// The function that it must call; its own, if it builds on none.
    pub fn upstream_function(&self) -> &'static str {
        self.dependencies.first().map_or(self.function, |task| task.function)
    }

    /// Whether the function returns the handle of a task.
    pub fn returns_a_handle(&self) -> bool {
        self.signature.contains("-> JoinHandle<")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    #[test]
    fn a_place_lies_in_the_task_folder_whose_src_holds_it() {
        let place = |file: &str| SourceLocation { file: file.into(), line: 1 };
        let [first, second, ..] = TASKS;
        assert!(first.owns(&place("crates/1-basic-coroutine/src/lib.rs")));
        assert!(first.owns(&place(r"C:\a\crates\1-basic-coroutine\src\deep\mod.rs")));
        assert!(!first.owns(&place("crates/2-concurrent-coroutines/src/lib.rs")));
        let in_the_first = place("crates/1-basic-coroutine/src/lib.rs");
        assert_eq!(second.owner_of(&in_the_first).map(|owner| owner.number), Some(1));
        for disguised in [
            "crates/1-basic-coroutine/src/../../2-concurrent-coroutines/src/lib.rs",
            "crates/2-concurrent-coroutines/src/1-basic-coroutine/mod.rs",
            "crates/2-concurrent-coroutines/src/1-basic-coroutine/src/lib.rs",
        ] {
            let owner = second.owner_of(&place(disguised));
            assert_eq!(owner.map(|owner| owner.number), Some(2), "{disguised}");
        }
        assert!(second.owner_of(&place("/rustc/1-x/library/core/src/ops/function.rs")).is_none());
    }
}
