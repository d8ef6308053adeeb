//! Traces that keep all rules but are new. They wait as pending snapshots, and the report says which students have them.
//!
//! The snapshots themselves name nobody, because they are handed out to the next class when they are accepted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::results::{Pending, Student};

/// The pending snapshots, with their students. If a snapshot file does not exist, only its name is used.
pub fn pending(root: &Path, students: &[Student]) -> Vec<Pending> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for student in students {
        for task in &student.tasks {
            for snapshot in &task.report.verdict.pending {
                let shown = shown(root, snapshot);
                let showing = all.entry((task.report.name.clone(), shown)).or_default();
                showing.push(student.name.clone());
            }
        }
    }
    let pending = |((task, snapshot), students)| Pending { task, snapshot, students };
    all.into_iter().map(pending).collect()
}

fn shown(root: &Path, snapshot: &Path) -> String {
    if root.join(snapshot).is_file() {
        return snapshot.display().to_string();
    }
    let name = snapshot.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".new").trim_end_matches(".snap").into()
}

/// Whether all of these snapshots exist, so that they can be reviewed.
pub fn all_there(root: &Path, pending: &[PathBuf]) -> bool {
    pending.iter().all(|path| root.join(path).is_file())
}

/// Whether the snapshot exists, so that it can be reviewed.
pub fn is_written(pending: &Pending) -> bool {
    pending.snapshot.ends_with(".snap.new")
}

/// A way to solve a task: the traces of all its runs.
pub struct Way<'a> {
    pub task: &'a str,
    pub runs: usize,
    pub students: Vec<&'a str>,
}

/// The new ways in which students solve tasks.
pub fn ways(review: &[Pending]) -> Vec<Way<'_>> {
    let mut shown: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for pending in review {
        for student in &pending.students {
            shown.entry((&pending.task, student)).or_default().insert(&pending.snapshot);
        }
    }
    let mut ways: BTreeMap<(&str, BTreeSet<&str>), Vec<&str>> = BTreeMap::new();
    for ((task, student), runs) in shown {
        ways.entry((task, runs)).or_default().push(student);
    }
    let way = |((task, runs), students): ((_, BTreeSet<&str>), _)| Way {
        task,
        runs: runs.len(),
        students,
    };
    ways.into_iter().map(way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_all_that_a_students_task_shows() {
        let pending = |snapshot: &str, students: &[&str]| Pending {
            task: "tasks".into(),
            snapshot: snapshot.into(),
            students: students.iter().map(|name| name.to_string()).collect(),
        };
        let review =
            [pending("1", &["ann", "cem"]), pending("2", &["ann", "ben"]), pending("3", &["ben"])];
        let ways: Vec<_> =
            ways(&review).into_iter().map(|way| (way.runs, way.students.join(" "))).collect();
        assert_eq!(ways, [(1, "cem".into()), (2, "ann".into()), (2, "ben".into())]);
    }

    #[test]
    fn what_is_not_there_is_no_file_to_review() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("there.snap.new"), "").unwrap();
        let shown = |name| shown(dir.path(), Path::new(name));
        assert_eq!(shown("there.snap.new"), "there.snap.new");
        assert_eq!(shown("tests/wait_n@mixed.01.snap.new"), "wait_n@mixed.01");
        assert_eq!(shown("wait_n@mixed"), "wait_n@mixed");
        let all_there = |names: &[&str]| {
            all_there(dir.path(), &names.iter().map(PathBuf::from).collect::<Vec<_>>())
        };
        assert!(all_there(&[]) && all_there(&["there.snap.new"]));
        assert!(!all_there(&["there.snap.new", "gone.snap.new"]) && !all_there(&["wait_n@mixed"]));
    }
}
