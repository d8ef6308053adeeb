//! Knows all files that belong to a task, in all folders. Checks that none is missing, and that no file belongs to no task.

use std::path::{Path, PathBuf};

use checker::contract::task::FOR_STUDENTS;
use checker::rules::manifest::{HANDED_OUT, OF_THE_WORKSPACE};
use checker::source::Source;
use checker::tasks::{TASKS, Task};
use xtask::workspace::Workspace;

/// The files in each task's crate.
const OF_A_CRATE: [&str; 8] = [
    "Cargo.toml",
    "README.md",
    "examples",
    "hints.md",
    "src/lib.rs",
    "src/main.rs",
    "tests/check.rs",
    "tests/snapshots",
];

/// Other folders with a file for each task, and the ending of the file's name.
const ELSEWHERE: [(&str, &str); 4] = [
    (HANDED_OUT, ".toml"),
    ("checker/stubs", ".rs"),
    ("checker/solutions", ".rs"),
    ("checker/corpus", ""),
];

/// All problems: missing files, files that belong to no task, and files that contradict the course.
pub fn problems(workspace: &Workspace) -> Vec<String> {
    let root = &workspace.root;
    let of_task = |task: &'static Task| {
        let folder = task.folder();
        let own = OF_A_CRATE.map(|part| PathBuf::from("crates").join(&folder).join(part));
        let elsewhere =
            ELSEWHERE.map(|(dir, ending)| PathBuf::from(dir).join(format!("{folder}{ending}")));
        own.into_iter().chain(elsewhere)
    };
    let mut problems: Vec<String> = TASKS
        .into_iter()
        .flat_map(of_task)
        .filter(|path| !root.join(path).exists())
        .map(|path| format!("{} is missing (CONTRIBUTING.md: Add a task)", path.display()))
        .collect();
    for (dir, ending) in ELSEWHERE.into_iter().chain([("crates", "")]) {
        let known = TASKS.map(|task| format!("{}{ending}", task.folder()));
        let found = names(&root.join(dir)).into_iter().filter(|name| !name.starts_with('.'));
        problems.extend(
            found
                .filter(|name| !known.contains(name) && name != OF_THE_WORKSPACE)
                .map(|name| format!("{dir}/{name} belongs to no task in checker/src/tasks/mod.rs")),
        );
    }
    problems.extend(TASKS.into_iter().filter_map(|task| signature(root, task)));
    problems.extend(TASKS.into_iter().filter_map(|task| manifest(root, task)));
    problems.extend(TASKS.into_iter().filter_map(|task| check_of_its_own(root, task)));
    problems.extend(libraries(root));
    problems
}

/// The problem that a manifest to hand out differs from the manifest of the crate.
fn manifest(root: &Path, task: &Task) -> Option<String> {
    let own = format!("crates/{}/Cargo.toml", task.folder());
    let kept = format!("{HANDED_OUT}/{}.toml", task.folder());
    let read = |path: &str| std::fs::read(root.join(path)).ok();
    let (of_the_crate, handed_out) = (read(&own)?, read(&kept)?);
    (of_the_crate != handed_out)
        .then(|| format!("{kept} differs from {own}: copy one over the other"))
}

/// The problem that the `tests/check.rs` of a task differs from that of the first task. (Each crate has the file, because a
/// crate that is copied into a generated workspace has to have all files that its manifest names.)
fn check_of_its_own(root: &Path, task: &Task) -> Option<String> {
    let path = |task: &Task| format!("crates/{}/tests/check.rs", task.folder());
    let (own, first) = (path(task), path(TASKS[0]));
    let read = |path: &str| std::fs::read(root.join(path)).ok();
    (read(&own) != read(&first))
        .then(|| format!("{own} differs from {first}: copy one over the other"))
}

/// The problem that libraries for students differ from those in the course's manifest.
fn libraries(root: &Path) -> Vec<String> {
    let read = |path: &str| -> Option<toml::Table> {
        std::fs::read_to_string(root.join(path)).ok()?.parse().ok()
    };
    let kept_in = format!("{HANDED_OUT}/{OF_THE_WORKSPACE}");
    let Some(kept) = read(&kept_in) else {
        return vec![format!("{kept_in} is missing, or is not TOML")];
    };
    let course = read("Cargo.toml").unwrap_or_default();
    let own = course.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let differs = |name: &&str| {
        kept.get(*name).is_none() || own.and_then(|own| own.get(name)) != kept.get(*name)
    };
    let differing = FOR_STUDENTS.into_iter().filter(differs);
    differing
        .map(|name| {
            format!("{kept_in} has another `{name}` than Cargo.toml in [workspace.dependencies]")
        })
        .collect()
}

/// The problem that a stub has another signature than the contract.
fn signature(root: &Path, task: &Task) -> Option<String> {
    let stub = format!("checker/stubs/{}.rs", task.folder());
    let text = std::fs::read_to_string(root.join(&stub)).ok()?;
    let written = Source::of(&text).signature_of(task.function).unwrap_or_default();
    (written != task.signature).then(|| {
        let (file, signature) = (format!("checker/src/tasks/{}.rs", task.function), task.signature);
        format!("{stub} has another signature than {file}:\n    {written}\n    {signature}")
    })
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(dir: &Path) -> Workspace {
        for task in TASKS {
            for part in OF_A_CRATE {
                let path = dir.join("crates").join(task.folder()).join(part);
                std::fs::create_dir_all(path).unwrap();
            }
            for (folder, ending) in ELSEWHERE {
                let path = dir.join(folder).join(format!("{}{ending}", task.folder()));
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, format!("{} {{ todo!() }}", task.signature)).unwrap();
            }
        }
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        for path in ["Cargo.toml", &format!("{HANDED_OUT}/{OF_THE_WORKSPACE}")] {
            std::fs::copy(repository.join(path), dir.join(path)).unwrap();
        }
        Workspace { root: dir.to_path_buf() }
    }

    #[test]
    fn manifests_that_are_handed_out_are_those_of_the_course() {
        let dir = tempfile::tempdir().unwrap();
        let course = course(dir.path());
        let own = dir.path().join("crates/04-tasks/Cargo.toml");
        std::fs::remove_dir(&own).unwrap();
        std::fs::write(own, "[package]").unwrap();
        let root = std::fs::read_to_string(dir.path().join("Cargo.toml")).unwrap();
        std::fs::write(dir.path().join("Cargo.toml"), root.replace("\nrand = ", "\nrend = "))
            .unwrap();
        assert_eq!(
            problems(&course),
            [
                "checker/manifests/04-tasks.toml differs from crates/04-tasks/Cargo.toml: copy one over the other",
                "checker/manifests/workspace.toml has another `rand` than Cargo.toml in [workspace.dependencies]",
            ]
        );
    }

    #[test]
    fn every_task_is_checked_by_the_same_program() {
        let dir = tempfile::tempdir().unwrap();
        let course = course(dir.path());
        for task in TASKS {
            let check = dir.path().join("crates").join(task.folder()).join("tests/check.rs");
            std::fs::remove_dir(&check).unwrap();
            std::fs::write(check, "fn main() {}\n").unwrap();
        }
        assert_eq!(problems(&course), [""; 0]);
        std::fs::write(dir.path().join("crates/04-tasks/tests/check.rs"), "fn main() { }").unwrap();
        assert_eq!(
            problems(&course),
            [
                "crates/04-tasks/tests/check.rs differs from crates/01-basic-coroutine/tests/check.rs: copy one over the other"
            ]
        );
    }

    #[test]
    fn whatever_is_missing_is_nobodys_or_contradicts_the_course_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let course = course(dir.path());
        assert_eq!(problems(&course), [""; 0]);
        std::fs::remove_dir(dir.path().join("crates/04-tasks/hints.md")).unwrap();
        std::fs::remove_file(dir.path().join("checker/solutions/04-tasks.rs")).unwrap();
        std::fs::write(dir.path().join("checker/stubs/9-nobodys.rs"), "").unwrap();
        std::fs::write(dir.path().join("checker/stubs/04-tasks.rs"), "fn task_wait_random() {}")
            .unwrap();
        let problems = problems(&course);
        let begin = |problem: &String| problem.split(':').next().unwrap().to_string();
        assert_eq!(
            problems.iter().map(begin).collect::<Vec<_>>(),
            [
                "crates/04-tasks/hints.md is missing (CONTRIBUTING.md",
                "checker/solutions/04-tasks.rs is missing (CONTRIBUTING.md",
                "checker/stubs/9-nobodys.rs belongs to no task in checker/src/tasks/mod.rs",
                "checker/stubs/04-tasks.rs has another signature than checker/src/tasks/task_wait_random.rs",
            ]
        );
    }
}
