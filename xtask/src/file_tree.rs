//! Folders that the commands write as a whole: generated workspaces and copies of the course. A tree of files goes in, and a
//! folder with exactly these files comes out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};

/// The files of a folder, by their paths in it.
#[derive(Default)]
pub struct FileTree {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl FileTree {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<PathBuf>, contents: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), contents.into());
    }

    /// The files, by their paths.
    pub fn into_files(self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.files
    }

    /// Adds a copy of a file, or of a folder and all below it.
    ///
    /// # Errors
    /// If something can't be read.
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
    ///
    /// # Errors
    /// If something can't be written or removed.
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
                // another command may just have made it, to write a file into it
                let is_needed = self.files.keys().any(|file| file.starts_with(inside));
                if !is_needed {
                    // only if nothing is left in it
                    let _ = std::fs::remove_dir(&path);
                }
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    #[test]
    fn only_folders_without_any_file_of_the_tree_are_removed() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["src/deep", "old/deep"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let mut tree = FileTree::default();
        tree.add("src/deep/lib.rs", "");
        // as if another command had made the folder, and not yet written the file
        tree.remove_others(root.path(), root.path()).unwrap();
        assert!(root.path().join("src/deep").is_dir() && !root.path().join("old").exists());
    }

    #[test]
    fn a_folder_that_two_commands_write_at_the_same_time_has_whole_files() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("course");
        let write = |text: &str| {
            let mut tree = FileTree::default();
            for number in 0..20 {
                tree.add(format!("src/{number}.rs"), text.repeat(10_000));
            }
            tree.write(&root).unwrap();
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
