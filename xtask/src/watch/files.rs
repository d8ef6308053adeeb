//! Notices saves by polling the files.
//!
//! A course has some twenty files that matter, so looking at them twenty times a second costs almost nothing. It works the
//! same on every system, on network and container mounts, and for editors that write another file and rename it. In these
//! cases, notifications of the system differ, come in bursts, or don't come at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use checker::tasks::{TASKS, Task};

use crate::workspace::Workspace;

/// How often to look.
pub const INTERVAL: Duration = Duration::from_millis(50);

/// A burst of saves is over when nothing has changed for this long.
const QUIET: Duration = Duration::from_millis(60);

/// How often to read the contents, too, because some mounts count modification times in seconds.
const READ: Duration = Duration::from_secs(1);

/// What shows that a file has changed, without reading the file.
type Stamp = (SystemTime, u64);

/// The files of all tasks that a student may edit.
pub struct Files {
    folders: Vec<(&'static Task, PathBuf)>,
    stamps: BTreeMap<PathBuf, Stamp>,
    contents: BTreeMap<PathBuf, Vec<u8>>,
    read: Instant,
    changed: Vec<&'static Task>,
    last_change: Instant,
}

impl Files {
    /// Records the current state, with which later states are compared.
    pub fn new(workspace: &Workspace) -> Self {
        let folders: Vec<_> =
            TASKS.into_iter().map(|task| (task, workspace.crate_dir(task))).collect();
        let now = Instant::now();
        let mut files = Self {
            folders,
            stamps: BTreeMap::new(),
            contents: BTreeMap::new(),
            read: now,
            changed: Vec::new(),
            last_change: now,
        };
        files.stamps = files.look(stamp);
        files.contents = files.look(|path| std::fs::read(path).ok());
        files
    }

    /// The tasks that were saved since the last call. Empty while a burst of saves is going on.
    pub fn saved(&mut self) -> Vec<&'static Task> {
        let stamps = self.look(stamp);
        let mut paths = differing(&self.stamps, &stamps);
        self.stamps = stamps;
        if self.read.elapsed() >= READ || !paths.is_empty() {
            let contents = self.look(|path| std::fs::read(path).ok());
            paths.extend(differing(&self.contents, &contents));
            self.contents = contents;
            self.read = Instant::now();
        }
        for path in paths {
            let task = self.folders.iter().find(|(_, folder)| path.starts_with(folder));
            if let Some((task, _)) = task
                && self.changed.iter().all(|changed| changed.number != task.number)
            {
                self.changed.push(task);
            }
            self.last_change = Instant::now();
        }
        if self.changed.is_empty() || self.last_change.elapsed() < QUIET {
            return Vec::new();
        }
        std::mem::take(&mut self.changed)
    }

    fn look<T>(&self, at: impl Fn(&Path) -> Option<T>) -> BTreeMap<PathBuf, T> {
        let mut found = BTreeMap::new();
        for (_, folder) in &self.folders {
            collect(&folder.join("src"), &at, &mut found);
            let manifest = folder.join("Cargo.toml");
            found.extend(at(&manifest).map(|seen| (manifest, seen)));
        }
        found
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = std::fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}

fn collect<T>(folder: &Path, at: &impl Fn(&Path) -> Option<T>, into: &mut BTreeMap<PathBuf, T>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, at, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.extend(at(&path).map(|seen| (path, seen)));
        }
    }
}

/// Paths that are new, gone or changed.
fn differing<T: PartialEq>(old: &BTreeMap<PathBuf, T>, new: &BTreeMap<PathBuf, T>) -> Vec<PathBuf> {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let changed = new.iter().filter(|(path, seen)| old.get(*path) != Some(seen));
    gone.chain(changed.map(|(path, _)| path)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A course with an empty `lib.rs` for each task.
    fn course() -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: dir.path().into() };
        for task in TASKS {
            std::fs::create_dir_all(workspace.crate_dir(task).join("src")).unwrap();
            std::fs::write(workspace.lib(task), "").unwrap();
        }
        (dir, workspace)
    }

    /// The tasks saved according to the first answer that isn't empty.
    fn next(files: &mut Files) -> Vec<usize> {
        for _ in 0..100 {
            let saved = files.saved();
            if !saved.is_empty() {
                return saved.iter().map(|task| task.number).collect();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Vec::new()
    }

    #[test]
    fn a_burst_of_saves_is_one_and_nothing_is_none() {
        let (_dir, workspace) = course();
        let mut files = Files::new(&workspace);
        assert!(files.saved().is_empty());
        for text in ["a", "ab", "abc"] {
            std::fs::write(workspace.lib(TASKS[1]), text).unwrap();
            assert!(files.saved().is_empty(), "the burst goes on");
        }
        assert_eq!(next(&mut files), [2]);
        assert!(files.saved().is_empty());
    }

    #[test]
    fn a_file_that_is_renamed_into_place_made_or_removed_counts_as_saved() {
        let (_dir, workspace) = course();
        let mut files = Files::new(&workspace);
        let lib = workspace.lib(TASKS[2]);
        let beside = lib.with_extension("rs.tmp");
        std::fs::write(&beside, "new").unwrap();
        std::fs::rename(&beside, &lib).unwrap();
        assert_eq!(next(&mut files), [3]);
        std::fs::write(lib.with_file_name("further.rs"), "").unwrap();
        assert_eq!(next(&mut files), [3]);
        std::fs::remove_file(&lib).unwrap();
        assert_eq!(next(&mut files), [3]);
    }

    #[test]
    fn a_change_that_leaves_length_and_time_as_they_were_is_found_by_reading() {
        let (_dir, workspace) = course();
        let lib = workspace.lib(TASKS[0]);
        std::fs::write(&lib, "one").unwrap();
        let before = std::fs::metadata(&lib).unwrap().modified().unwrap();
        let mut files = Files::new(&workspace);
        std::fs::write(&lib, "two").unwrap();
        std::fs::File::options().write(true).open(&lib).unwrap().set_modified(before).unwrap();
        assert!(files.saved().is_empty());
        files.read -= READ;
        assert_eq!(next(&mut files), [1]);
    }
}
