//! Finds a task of the course by a name.

use super::{TASKS, Task};
use crate::format;

/// The task with this package name.
pub fn by_name(package: &str) -> Option<&'static Task> {
    TASKS.into_iter().find(|task| task.name == package)
}

/// The task whose function has this name.
pub fn by_function(function: &str) -> Option<&'static Task> {
    TASKS.into_iter().find(|task| task.function == function)
}

/// The task that a person means by `typed`: its number, package, folder, path, library or function name, in upper or lower
/// case. A number may have leading zeros, or none, as folders of earlier versions have.
pub fn find(typed: &str) -> Option<&'static Task> {
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let typed = typed.trim().trim_end_matches(['/', '\\']);
    let mut path = typed.rsplit(['/', '\\']).map(plain);
    let wanted = path.next().unwrap_or_default();
    // `task 3`, `task3`
    let number = wanted.strip_prefix("task").map(|rest| rest.trim_start_matches('-'));
    let is_number = |task: &Task, typed: &str| {
        typed.bytes().all(|byte| byte.is_ascii_digit()) && typed.parse() == Ok(task.number)
    };
    let known = |task: &&Task| {
        is_number(task, number.unwrap_or(&wanted))
            || task.is_named(&wanted)
            || [plain(task.name), plain(task.function)].contains(&wanted)
    };
    // a file in its folder means the task, too
    let holds = |task: &&Task| path.clone().any(|part| task.is_named(part));
    TASKS.into_iter().find(known).or_else(|| TASKS.into_iter().find(holds))
}

/// A suggestion for `typed`, if it names no task: the task with a similar name, or the only task whose name contains
/// `typed`.
pub fn nearest(typed: &str) -> Option<&'static Task> {
    let typed = typed.trim().to_lowercase();
    // for a wrong number there is no similar name
    if typed.trim_start_matches("task").trim().parse::<u32>().is_ok() {
        return None;
    }
    let names = TASKS.into_iter().flat_map(|task| [task.name, task.function]);
    if let Some(task) = format::nearest(&typed, names).and_then(find) {
        return Some(task);
    }
    let part = |task: &&Task| task.name.contains(&typed) || task.function.contains(&typed);
    let mut holding = TASKS.into_iter().filter(part);
    let only = holding.next().filter(|_| !typed.is_empty());
    only.filter(|_| holding.next().is_none())
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
            "02",
            "task 02",
            "Task_02",
            "02-concurrent-coroutines",
            "02 Concurrent Coroutines",
            "./crates/02-concurrent-coroutines/",
            r"crates\02-concurrent-coroutines\src\inner\mod.rs",
        ] {
            assert_eq!(find(typed).map(|task| task.number), Some(2), "{typed}");
        }
        for typed in
            ["", "0", "00", "99", "+2", "task", "3-concurrent-coroutines", "coroutine", "-"]
        {
            assert!(find(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn a_harness_has_the_functions_of_the_dependencies_first_and_its_own_last() {
        assert_eq!(
            TASKS[1].harness(),
            "checker::harness![\n    \
             checker::tasks::wait_random::subject(|rng, max_delay| Box::pin(basic_coroutine::wait_random(rng, max_delay))),\n    \
             checker::tasks::wait_n::subject(|rng, n, max_delay| Box::pin(concurrent_coroutines::wait_n(rng, n, max_delay))),\n\
             ];\n"
        );
    }

    #[test]
    fn each_task_must_call_the_function_of_its_nearest_dependency() {
        let dependency = TASKS.map(|task| task.dependency_function());
        let nearest = ["wait_random", "wait_random", "wait_n", "wait_random", "task_wait_random"];
        assert_eq!(dependency, nearest);
    }

    #[test]
    fn a_similar_name_and_a_part_of_one_name_only_suggest_its_task() {
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
            assert!(
                task.dependency_tasks().all(|needed| needed.number < task.number),
                "{}",
                task.name
            );
            assert_eq!(task.number, TASKS.iter().position(|t| t.name == task.name).unwrap() + 1);
        }
    }
}
