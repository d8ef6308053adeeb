//! Where in a submission a task's files may be.
//!
//! People hand in a checkout of the course, its tasks' folders, or single files, and what packs them may put a folder
//! of its own around.

use checker::course::TASKS;

/// What is expected, for a submission that has nothing of it.
pub const EXPECTED: &str =
    "crates/1-basic-coroutine/src/lib.rs, 1-basic-coroutine/src/lib.rs or 1-basic-coroutine.rs";

/// What a path has to do with the tasks, which are told by their index.
#[derive(Debug, PartialEq)]
pub enum Spot {
    /// Something in a task's `src`, or a file that stands for its `src/lib.rs`.
    Inside {
        task: usize,
        /// The folder or file in the submission that gives the task.
        place: String,
        /// The path in the task's crate.
        file: String,
    },
    /// A folder that leads to the files of these tasks.
    Way(Vec<usize>),
}

/// What this path in a submission has to do with the tasks, if anything.
pub fn spot(path: &str) -> Option<Spot> {
    let names: Vec<&str> = path.split('/').collect();
    (0..=1).find_map(|wrapping| match names.get(wrapping..)? {
        [] => None,
        ["crates"] => Some(Spot::Way((0..TASKS.len()).collect())),
        ["crates", ..] => in_folder(&names, wrapping + 1),
        [file] if file.ends_with(".rs") => Some(Spot::Inside {
            task: task(file.strip_suffix(".rs")?)?,
            place: path.into(),
            file: "src/lib.rs".into(),
        }),
        _ => in_folder(&names, wrapping),
    })
}

/// What a path has to do with the task whose folder is its name at `index`.
fn in_folder(names: &[&str], index: usize) -> Option<Spot> {
    let task = task(names[index])?;
    match &names[index + 1..] {
        [] | ["src"] => Some(Spot::Way(vec![task])),
        // the programs of a crate are not what is judged
        ["src", "main.rs"] | ["src", "bin", ..] => None,
        inside @ ["src", ..] => {
            Some(Spot::Inside { task, place: names[..=index].join("/"), file: inside.join("/") })
        }
        _ => None,
    }
}

/// The task that a folder or file is named after: `1-basic-coroutine`, `basic_coroutine`.
fn task(name: &str) -> Option<usize> {
    let name = name.to_lowercase().replace('_', "-");
    TASKS.iter().position(|task| name == task.name || name == task.folder())
}

/// Whether a folder may have something of a task in it.
pub fn may_lead_to_a_task(folder: &str) -> bool {
    !folder.contains('/') || spot(folder).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(task: usize, place: &str, file: &str) -> Option<Spot> {
        Some(Spot::Inside { task, place: place.into(), file: file.into() })
    }

    #[test]
    fn a_task_is_found_in_every_layout_with_one_folder_around_it() {
        for wrapping in ["", "hw3-main/", "tasks/", "crates/"] {
            for folder in ["crates/1-basic-coroutine", "1-basic-coroutine", "basic-coroutine"] {
                let place = format!("{wrapping}{folder}");
                let path = format!("{place}/src/inner/mod.rs");
                assert_eq!(spot(&path), inside(0, &place, "src/inner/mod.rs"), "{path}");
            }
        }
        for file in ["1-basic-coroutine.rs", "basic-coroutine.rs", "Basic_Coroutine.rs"] {
            assert_eq!(spot(file), inside(0, file, "src/lib.rs"));
            let wrapped = format!("hw3-main/{file}");
            assert_eq!(spot(&wrapped), inside(0, &wrapped, "src/lib.rs"));
        }
        assert_eq!(spot("tasks/src/lib.rs"), inside(3, "tasks", "src/lib.rs"));
    }

    #[test]
    fn what_is_around_a_task_is_none_of_its_files() {
        for path in [
            "README.md",
            "crates/1-basic-coroutine/Cargo.toml",
            "crates/1-basic-coroutine/tests/check.rs",
            "crates/1-basic-coroutine/src/main.rs",
            "crates/1-basic-coroutine/src/bin/extra.rs",
            "crates/2-basic-coroutine/src/lib.rs",
            "a/b/crates/1-basic-coroutine/src/lib.rs",
            "checker/solutions/1-basic-coroutine.rs",
            "src/lib.rs",
            "",
        ] {
            assert_eq!(spot(path), None, "{path}");
        }
    }

    #[test]
    fn the_folders_on_the_way_to_a_task_are_known() {
        assert_eq!(spot("crates"), Some(Spot::Way((0..TASKS.len()).collect())));
        assert_eq!(spot("hw3/crates"), Some(Spot::Way((0..TASKS.len()).collect())));
        assert_eq!(spot("hw3/crates/2-concurrent-coroutines/src"), Some(Spot::Way(vec![1])));
        for folder in ["hw3", "hw3/crates", "tasks", "hw3/tasks/src", "tasks/src/inner"] {
            assert!(may_lead_to_a_task(folder), "{folder}");
        }
        for folder in ["target/debug", "crates/1-basic-coroutine/tests", "tasks/src/bin"] {
            assert!(!may_lead_to_a_task(folder), "{folder}");
        }
    }
}
