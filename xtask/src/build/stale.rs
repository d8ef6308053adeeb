//! Makes cargo build packages again whose sources have changed without a newer modification time.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::cargo;
use crate::file_tree::FileTree;

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
pub fn forget(root: &Path, target: &Path, packages: &[(&str, PathBuf)]) -> Result<()> {
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
    let mut tree = FileTree::default();
    tree.copy(folder, "").ok()?;
    let file = |(path, contents): (PathBuf, Vec<u8>)| {
        let mut hasher = DefaultHasher::new();
        contents.hash(&mut hasher);
        let modified = std::fs::metadata(folder.join(&path)).and_then(|file| file.modified());
        Some((path, (hasher.finish(), modified.ok()?)))
    };
    tree.into_files().into_iter().map(file).collect()
}
