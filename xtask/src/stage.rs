//! Folders below `target/` that the commands write as a whole: generated workspaces and copies of the course.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::build::cargo;
use crate::workspace::Workspace;

/// The folder for everything that only the commands use.
pub fn own_folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target").join("await-and-see")
}

/// The files of a folder, by their paths in it.
#[derive(Default)]
pub struct Stage {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Stage {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<PathBuf>, contents: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), contents.into());
    }

    /// Adds a copy of a file, or of a folder and all below it.
    pub fn copy(&mut self, from: &Path, to: impl Into<PathBuf>) -> Result<()> {
        let to = to.into();
        if from.is_dir() {
            for entry in std::fs::read_dir(from)
                .with_context(|| format!("cannot list {}", from.display()))?
            {
                let entry = entry?;
                self.copy(&entry.path(), to.join(entry.file_name()))?;
            }
            return Ok(());
        }
        let contents =
            std::fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        self.add(to, contents);
        Ok(())
    }

    /// Makes `root` hold these files and no others. Unchanged files are not written, so that cargo does not build them again.
    pub fn write(self, root: &Path) -> Result<()> {
        self.remove_others(root, root)?;
        for (path, contents) in self.files {
            let path = root.join(path);
            if std::fs::read(&path).is_ok_and(|old| old == contents) {
                continue;
            }
            write_whole(root, &path, &contents)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    fn remove_others(&self, root: &Path, folder: &Path) -> Result<()> {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let inside = path.strip_prefix(root).unwrap_or(&path);
            if inside == Path::new("target") || inside == Path::new("Cargo.lock") {
                continue;
            }
            if path.is_dir() {
                self.remove_others(root, &path)?;
                // only if nothing is left in it
                let _ = std::fs::remove_dir(&path);
            } else if !self.files.contains_key(inside) {
                std::fs::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Writes a file below `root`. Another command may read it at the same time, or write the same one: whoever reads it finds
/// all of the old or all of the new contents.
fn write_whole(root: &Path, path: &Path, contents: &[u8]) -> std::io::Result<()> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = OsString::from(".");
    name.push(root.file_name().unwrap_or_default());
    name.push(format!("-{}-{count}", std::process::id()));
    // beside the folder, so that no other command takes it for a file that does not belong there
    let part = root.with_file_name(name);
    for folder in [part.parent(), path.parent()].into_iter().flatten() {
        std::fs::create_dir_all(folder)?;
    }
    let done = std::fs::write(&part, contents).and_then(|()| std::fs::rename(&part, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    done
}

/// The state of a package's sources when they were last built.
#[derive(Serialize, Deserialize, PartialEq, Clone)]
struct Seen {
    /// Hashes of their contents.
    files: BTreeMap<PathBuf, u64>,
    /// When they were read, which is before they were built.
    at: SystemTime,
}

/// Makes cargo build packages again whose sources have changed without a newer modification time. cargo trusts
/// modification times, so if a file is replaced by an older one, cargo would keep what it built from the newer file. Each
/// package is given with the folder of its sources, relative to `root`.
pub fn forget_stale(root: &Path, target: &Path, packages: &[(&str, PathBuf)]) -> Result<()> {
    let record = target.join("await-and-see").join("sources.json");
    let old: BTreeMap<PathBuf, Seen> = std::fs::read(&record)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default();
    let mut new = old.clone();
    for (package, sources) in packages {
        let at = SystemTime::now();
        let Some(files) = seen(&root.join(sources)) else { continue };
        let hashes = files.iter().map(|(path, (hash, _))| (path.clone(), *hash)).collect();
        let known = old.get(sources);
        let unnoticed = |old: &Seen| {
            let changed =
                files.iter().filter(|(path, (hash, _))| old.files.get(*path) != Some(hash));
            changed.into_iter().any(|(_, (_, modified))| *modified <= old.at)
        };
        if known.is_some_and(unnoticed) {
            cargo::cargo(root, "clean", target)
                .args(["-p", package])
                .output()
                .context("cannot start cargo")?;
        }
        new.insert(sources.clone(), Seen { files: hashes, at });
    }
    if new != old {
        let folder = record.parent().expect("joined above");
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&record, serde_json::to_vec(&new).unwrap_or_default()))
            .with_context(|| format!("cannot write {}", record.display()))?;
    }
    Ok(())
}

/// All files below `folder`, with the hash of their contents and their modification time.
fn seen(folder: &Path) -> Option<BTreeMap<PathBuf, (u64, SystemTime)>> {
    let mut stage = Stage::default();
    stage.copy(folder, "").ok()?;
    let file = |(path, contents): (PathBuf, Vec<u8>)| {
        let mut hasher = DefaultHasher::new();
        contents.hash(&mut hasher);
        let modified = std::fs::metadata(folder.join(&path)).and_then(|file| file.modified());
        Some((path, (hasher.finish(), modified.ok()?)))
    };
    stage.files.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    #[test]
    fn a_folder_that_two_commands_write_at_the_same_time_has_whole_files() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("course");
        let write = |text: &str| {
            let mut stage = Stage::default();
            for number in 0..20 {
                stage.add(format!("src/{number}.rs"), text.repeat(10_000));
            }
            stage.write(&root).unwrap();
        };
        write("old");
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let text = std::fs::read_to_string(root.join("src/7.rs")).unwrap();
                    assert_eq!(text.len(), 30_000);
                }
            });
            let writers: Vec<_> = ["one", "two"]
                .map(|text| scope.spawn(move || (0..30).for_each(|_| write(text))))
                .into();
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            done.store(true, Ordering::Relaxed);
            reader.join().unwrap();
        });
        let left = std::fs::read_dir(place.path()).unwrap().count();
        assert_eq!(left, 1, "nothing is left beside it");
    }
}
