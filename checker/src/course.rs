//! The course: which tasks there are, in which order, and what each one builds on.

use std::time::Duration;

use crate::tasks::{self, Rules};
use crate::words;

/// A task of the course. Its words for people (title, concept, points) stand in its crate's
/// `[package.metadata.task]`.
pub struct Task {
    pub number: usize,
    /// The package, and the folder's name after the number: `basic-coroutine`.
    pub name: &'static str,
    /// The function under test.
    pub function: &'static str,
    /// Its signature, as the contract has it.
    pub signature: &'static str,
    /// The function as its constructor in [`subject`](crate::subject) takes it, in Rust: the harness is made of it. (A
    /// closure even where the function itself would do, so that `#[track_caller]` names a place in the harness.)
    pub adapter: &'static str,
    /// The package of the task whose function it calls.
    pub needs: Option<&'static str>,
    /// Whether the contract asks for tasks, so that its pictures count them.
    pub counts_tasks: bool,
    /// The parameters of a call that a person wants to read: with or without `n`.
    pub takes_n: bool,
    /// How it is judged.
    pub rules: Rules,
}

/// All tasks, in teaching order; each stands in a file of its own.
pub const TASKS: [&Task; 5] = [
    &tasks::wait_random::TASK,
    &tasks::wait_n::TASK,
    &tasks::measure_time::TASK,
    &tasks::task_wait_random::TASK,
    &tasks::task_wait_n::TASK,
];

/// Where the source of a task's harness stands for the compiler, in the folder of the task's crate. (There is no such
/// file: builders write it where they build.)
pub const HARNESS: &str = "tests/harness.rs";

/// The libraries that a student's file may use, besides the crates of the course.
pub const FOR_STUDENTS: [&str; 4] = ["futures", "rand", "rand_chacha", "tokio"];

/// The task with this package name.
pub fn by_name(package: &str) -> Option<&'static Task> {
    TASKS.into_iter().find(|task| task.name == package)
}

/// The task whose function has this name.
pub fn by_function(function: &str) -> Option<&'static Task> {
    TASKS.into_iter().find(|task| task.function == function)
}

/// The task that a person means: by number, package, folder, path, library or function name, in any case.
pub fn find(typed: &str) -> Option<&'static Task> {
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let typed = typed.trim().trim_end_matches(['/', '\\']);
    let mut path = typed.rsplit(['/', '\\']).map(plain);
    let wanted = path.next().unwrap_or_default();
    // `task 3`, `task3`
    let number = wanted.strip_prefix("task").map(|rest| rest.trim_start_matches('-'));
    let known = |task: &&Task| {
        let name = task.number.to_string();
        number == Some(name.as_str())
            || [name, plain(task.name), plain(&task.folder()), plain(task.function)]
                .contains(&wanted)
    };
    // a file in its folder is as good as the folder
    let holds = |task: &&Task| path.clone().any(|part| part == plain(&task.folder()));
    TASKS.into_iter().find(known).or_else(|| TASKS.into_iter().find(holds))
}

/// The task that a person may have meant who has typed something that names none: it is nearly one of its names, or a
/// part of none but them.
pub fn nearest(typed: &str) -> Option<&'static Task> {
    let typed = typed.trim().to_lowercase();
    // a number that is none of theirs is no slip of the pen
    if typed.trim_start_matches("task").trim().parse::<u32>().is_ok() {
        return None;
    }
    let names = TASKS.into_iter().flat_map(|task| [task.name, task.function]);
    if let Some(task) = words::nearest(&typed, names).and_then(find) {
        return Some(task);
    }
    let part = |task: &&Task| task.name.contains(&typed) || task.function.contains(&typed);
    let mut holding = TASKS.into_iter().filter(part);
    let only = holding.next().filter(|_| !typed.is_empty());
    only.filter(|_| holding.next().is_none())
}

impl Task {
    /// `1-basic-coroutine`.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.number, self.name)
    }

    /// The tasks it builds on, nearest first.
    pub fn upstream(&self) -> impl Iterator<Item = &'static Task> {
        std::iter::successors(self.needs.and_then(by_name), |task| task.needs.and_then(by_name))
    }

    /// The source of the harness: the program that connects the function, and those that it builds on, to the checker.
    pub fn harness(&self) -> String {
        let mut chain: Vec<&Task> = self.upstream().collect();
        chain.reverse();
        let subject =
            |task: &&Task| format!("    checker::subject::{}({}),\n", task.function, task.adapter);
        let subjects: String = chain.iter().chain([&self]).map(subject).collect();
        format!("checker::probe![\n{subjects}];\n")
    }

    /// The function that it must call; its own, if it builds on none.
    pub fn upstream_function(&self) -> &'static str {
        self.upstream().next().map_or(self.function, |task| task.function)
    }

    /// A call as a person writes it.
    pub fn call(&self, n: usize, max_delay: Duration) -> String {
        let max_delay = words::time(max_delay);
        if self.takes_n {
            format!("{}(n = {n}, max_delay = {max_delay})", self.function)
        } else if n > 1 {
            format!("{n} × {}(max_delay = {max_delay})", self.function)
        } else {
            format!("{}(max_delay = {max_delay})", self.function)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_found_by_any_natural_name() {
        for typed in [
            "2",
            "concurrent-coroutines",
            "concurrent_coroutines",
            "2-concurrent-coroutines",
            "crates/2-concurrent-coroutines/",
            "Concurrent Coroutines",
            "wait_n",
            "task2",
            "Task 2",
            "crates/2-concurrent-coroutines/src/lib.rs",
        ] {
            assert_eq!(find(typed).map(|task| task.number), Some(2), "{typed}");
        }
        for typed in ["", "0", "99", "coroutine", "-"] {
            assert!(find(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn a_call_is_written_with_the_arguments_that_the_function_has() {
        let call = |task: usize, n| TASKS[task - 1].call(n, Duration::from_millis(50));
        assert_eq!(call(1, 1), "wait_random(max_delay = 50 ms)");
        assert_eq!(call(1, 4), "4 × wait_random(max_delay = 50 ms)");
        assert_eq!(call(2, 1), "wait_n(n = 1, max_delay = 50 ms)");
        assert_eq!(call(2, 0), "wait_n(n = 0, max_delay = 50 ms)");
    }

    #[test]
    fn a_harness_is_given_the_functions_that_the_task_builds_on_and_its_own_last() {
        assert_eq!(
            TASKS[1].harness(),
            "checker::probe![\n    \
             checker::subject::wait_random(|rng, max_delay| Box::pin(basic_coroutine::wait_random(rng, max_delay))),\n    \
             checker::subject::wait_n(|rng, n, max_delay| Box::pin(concurrent_coroutines::wait_n(rng, n, max_delay))),\n\
             ];\n"
        );
    }

    #[test]
    fn the_function_of_the_task_before_is_to_be_called() {
        let upstream = TASKS.map(Task::upstream_function);
        let nearest = ["wait_random", "wait_random", "wait_n", "wait_random", "task_wait_random"];
        assert_eq!(upstream, nearest);
    }

    #[test]
    fn what_is_nearly_a_name_or_a_part_of_one_is_understood() {
        for (typed, meant) in [
            ("basic", Some(1)),
            ("wait_radnom", Some(1)),
            ("concurent-coroutines", Some(2)),
            ("measure", Some(3)),
            ("coroutine", None),
            ("7", None),
            ("task9", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed).map(|task| task.number), meant, "{typed:?}");
        }
    }

    #[test]
    fn every_task_builds_on_earlier_ones_only() {
        for task in TASKS {
            assert!(task.upstream().all(|needed| needed.number < task.number), "{}", task.name);
            assert_eq!(task.number, TASKS.iter().position(|t| t.name == task.name).unwrap() + 1);
        }
    }
}
