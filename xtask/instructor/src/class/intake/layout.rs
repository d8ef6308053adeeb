//! Knows where in a submission the files of a task can be.
//!
//! Students hand in the whole course, the folders of its tasks, or single files. The program that packs them may add a
//! folder around them.

use std::ops::RangeInclusive;

use checker::tasks::{TASKS, Task};

use super::item::{Item, Kind};
use super::nearly;

/// The files that are expected, for the message about a submission without any of them.
pub const EXPECTED: &str =
    "crates/01-basic-coroutine/src/lib.rs, 01-basic-coroutine/src/lib.rs or 01-basic-coroutine.rs";

/// What can be handed in, for the message to a student who has handed in something else.
pub const HAND_IN: &str = "Hand it in once more: a folder or an archive (.zip, .tar, .tar.gz or .tgz) with the whole course, or with the tasks' files, such as crates/01-basic-coroutine/src/lib.rs, 01-basic-coroutine/src/lib.rs, basic-coroutine/src/lib.rs or 01-basic-coroutine.rs.";

/// How many folders may be around the files.
pub type Around = RangeInclusive<usize>;

/// The usual number of folders around the files.
pub const NEAR: usize = 1;
/// The largest number of folders around the files, if nothing is found with fewer.
pub const FAR: usize = 5;

/// Folders with code of the same names that is not handed in.
pub const NOT_AROUND: [&str; 5] = ["checker", "docs", "node_modules", "target", "xtask"];

/// How a path belongs to the tasks. Tasks are given by their index.
#[derive(Debug, PartialEq)]
pub enum Spot {
    /// Something in a task's `src`, or a file that stands for its `src/lib.rs`.
    Inside {
        task: usize,
        /// The folder or file in the submission that names the task.
        place: String,
        /// The path in the task's crate.
        file: String,
    },
    /// A folder that leads to the files of these tasks.
    Way(Vec<usize>),
}

/// How many folders are around the tasks, if there are any files of tasks. The smallest number counts, so a copy further
/// down makes no difference.
pub fn nearest<'a>(items: impl Iterator<Item = &'a Item> + Clone) -> Option<Around> {
    let levels = [0..=NEAR].into_iter().chain((NEAR + 1..=FAR).map(|level| level..=level));
    levels.into_iter().find(|around| {
        items.clone().any(|item| match (spot(&item.path, around), &item.kind) {
            (Some(Spot::Inside { .. }), kind) => *kind != Kind::Folder,
            (Some(Spot::Way(_)), kind) => matches!(kind, Kind::Unfit(_)),
            (None, _) => false,
        })
    })
}

/// Whether a file may belong to a task, with any number of folders around it.
pub fn may_be_of_a_task(path: &str) -> bool {
    let mut levels = (0..=FAR).map(|level| spot(path, &(level..=level)));
    levels.any(|spot| matches!(spot, Some(Spot::Inside { .. })))
}

/// How this path in a submission belongs to the tasks, if it does.
pub fn spot(path: &str, around: &Around) -> Option<Spot> {
    let names: Vec<&str> = path.split('/').collect();
    around.clone().find_map(|wrapping| match names.get(wrapping..)? {
        _ if wrapping > NEAR && names[..wrapping].iter().any(|name| NOT_AROUND.contains(name)) => {
            None
        }
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

/// How a path belongs to the task whose folder is the name at `index` in the path.
fn in_folder(names: &[&str], index: usize) -> Option<Spot> {
    let task = task(names[index])?;
    match &names[index + 1..] {
        [] | ["src"] => Some(Spot::Way(vec![task])),
        // the programs of a crate are not judged
        ["src", "main.rs"] | ["src", "bin", ..] => None,
        inside @ ["src", ..] => {
            Some(Spot::Inside { task, place: names[..=index].join("/"), file: inside.join("/") })
        }
        _ => None,
    }
}

/// The task that a folder or file is named after: `01-basic-coroutine`, `basic_coroutine`. Copies of earlier versions
/// have one digit: `1-basic-coroutine`.
pub fn task(name: &str) -> Option<usize> {
    let name = name.to_lowercase().replace('_', "-");
    // (an archive may have ten thousand names: most are none of a task's)
    let is_one = |task: &&Task| name == task.name || task.is_named(&name);
    TASKS.iter().position(is_one)
}

/// A sentence on the possible names of a task's file.
pub fn called(task: &Task) -> String {
    let (folder, name) = (task.folder(), task.name);
    format!(
        "crates/{folder}/src/lib.rs, {folder}/src/lib.rs, {name}/src/lib.rs or {folder}.rs, with src/lib.rs in small letters"
    )
}

/// Whether a folder may have files of a task in it, with this many folders around.
pub fn may_lead_to_a_task(folder: &str, around: usize) -> bool {
    let names: Vec<&str> = folder.split('/').collect();
    let is_around = names.len() <= around && !names.iter().any(|name| NOT_AROUND.contains(name));
    is_around || spot(folder, &(0..=around)).is_some() || nearly::may_lead_to_a_task(folder, around)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(task: usize, place: &str, file: &str) -> Option<Spot> {
        Some(Spot::Inside { task, place: place.into(), file: file.into() })
    }

    fn near(path: &str) -> Option<Spot> {
        spot(path, &(0..=NEAR))
    }

    #[test]
    fn a_task_is_found_in_every_layout_with_one_folder_around_it() {
        for wrapping in ["", "hw3-main/", "tasks/", "crates/"] {
            for folder in ["crates/01-basic-coroutine", "01-basic-coroutine", "basic-coroutine"] {
                let place = format!("{wrapping}{folder}");
                let path = format!("{place}/src/inner/mod.rs");
                assert_eq!(near(&path), inside(0, &place, "src/inner/mod.rs"), "{path}");
            }
        }
        for file in ["01-basic-coroutine.rs", "basic-coroutine.rs", "Basic_Coroutine.rs"] {
            assert_eq!(near(file), inside(0, file, "src/lib.rs"));
            let wrapped = format!("hw3-main/{file}");
            assert_eq!(near(&wrapped), inside(0, &wrapped, "src/lib.rs"));
        }
        assert_eq!(near("tasks/src/lib.rs"), inside(3, "tasks", "src/lib.rs"));
    }

    #[test]
    fn what_is_around_a_task_is_none_of_its_files() {
        for path in [
            "README.md",
            "crates/01-basic-coroutine/Cargo.toml",
            "crates/01-basic-coroutine/tests/check.rs",
            "crates/01-basic-coroutine/src/main.rs",
            "crates/01-basic-coroutine/src/bin/extra.rs",
            "crates/02-basic-coroutine/src/lib.rs",
            "a/b/crates/01-basic-coroutine/src/lib.rs",
            "checker/solutions/01-basic-coroutine.rs",
            "src/lib.rs",
            "",
        ] {
            assert_eq!(near(path), None, "{path}");
        }
    }

    #[test]
    fn the_folders_on_the_way_to_a_task_are_known() {
        assert_eq!(near("crates"), Some(Spot::Way((0..TASKS.len()).collect())));
        assert_eq!(near("hw3/crates"), Some(Spot::Way((0..TASKS.len()).collect())));
        assert_eq!(near("hw3/crates/02-concurrent-coroutines/src"), Some(Spot::Way(vec![1])));
        for folder in ["hw3", "hw3/crates", "tasks", "hw3/tasks/src", "tasks/src/inner"] {
            assert!(may_lead_to_a_task(folder, NEAR), "{folder}");
        }
        for folder in ["target/debug", "crates/01-basic-coroutine/tests", "tasks/src/bin"] {
            assert!(!may_lead_to_a_task(folder, NEAR), "{folder}");
        }
    }
}
