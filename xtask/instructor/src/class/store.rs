//! Keeps verdicts, one in each file, so that grading again does only what has changed.
//!
//! The name of a verdict is computed from everything that it depends on: the files, the compiler, the checker, the seed, the
//! limits. Reviewed snapshots do not count, because accepting one should change only the verdicts that wait for it. Instead,
//! each verdict remembers the snapshots that it was compared with.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::verdict::{Outcome, Verdict};
use serde::{Deserialize, Serialize};
use xtask::build::kit::content::name_of;

/// The folder of all verdicts.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// A verdict, and the snapshots that it was compared with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    pub verdict: Verdict,
    pub took_ms: u64,
    /// The reviewed snapshots of the task: names, and the names of their contents.
    pub snapshots: Snapshots,
}

pub type Snapshots = BTreeMap<String, String>;

impl Store {
    pub fn new(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// The verdict with this name, if it is still valid with the snapshots that exist `now`.
    pub fn get(&self, name: &str, now: &Snapshots) -> Option<Kept> {
        let json = std::fs::read(self.path(name)).ok()?;
        let kept: Kept = serde_json::from_slice(&json).ok()?;
        if !is_kept(&kept.verdict) {
            return None;
        }
        let holds = if kept.verdict.pending.is_empty() {
            // it was found among these snapshots, which still exist
            kept.snapshots.iter().all(|(name, contents)| now.get(name) == Some(contents))
        } else {
            // it may have been accepted since
            kept.snapshots == *now
        };
        holds.then_some(kept)
    }

    /// Keeps a verdict, unless the machine could not judge: then judging is tried again next time. A reader always finds the
    /// whole file, or none.
    pub fn put(&self, name: &str, kept: &Kept) -> Result<()> {
        if !is_kept(&kept.verdict) {
            return Ok(());
        }
        write_whole(&self.path(name), &serde_json::to_vec(kept)?)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }
}

/// Whether a verdict says something about its files.
fn is_kept(verdict: &Verdict) -> bool {
    verdict.outcome != Outcome::NotJudged
}

/// Writes a file atomically: it has either the new contents or the old ones.
pub fn write_whole(path: &Path, contents: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(contents)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // only its owner can read a temporary file, but everybody who may read the folder should read this one
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// The reviewed snapshots in a folder.
pub fn snapshots(folder: &Path) -> Snapshots {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let snapshot = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let contents = name.ends_with(".snap").then(|| std::fs::read(entry.path()).ok())??;
        Some((name, name_of(&contents)))
    };
    entries.filter_map(snapshot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(pending: &[&str], snapshots: &[(&str, &str)]) -> Kept {
        let pending = pending.iter().map(PathBuf::from).collect();
        let verdict = Verdict { pending, ..Verdict::new(Outcome::Passed) };
        Kept { verdict, took_ms: 1, snapshots: these(snapshots) }
    }

    fn these(snapshots: &[(&str, &str)]) -> Snapshots {
        snapshots.iter().map(|(name, contents)| (name.to_string(), contents.to_string())).collect()
    }

    #[test]
    fn a_verdict_holds_as_long_as_what_it_was_compared_with() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("graded")).unwrap();
        let before = [("a.snap", "1")];
        store.put("plain", &kept(&[], &before)).unwrap();
        store.put("waits", &kept(&["a.1.snap.new"], &before)).unwrap();
        let known = |now: &[(&str, &str)]| {
            ["plain", "waits"].map(|name| store.get(name, &these(now)).is_some())
        };
        assert_eq!(known(&before), [true, true]);
        assert_eq!(known(&[("a.snap", "1"), ("b.snap", "2")]), [true, false], "one was accepted");
        assert_eq!(known(&[("a.snap", "3")]), [false, false], "one was changed");
        assert_eq!(known(&[]), [false, false], "one was removed");
        assert!(store.get("other", &these(&before)).is_none());
    }

    #[test]
    fn what_the_machine_could_not_judge_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().into()).unwrap();
        let not_judged = Kept { verdict: Verdict::not_judged("full disk"), ..kept(&[], &[]) };
        store.put("a", &not_judged).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // nor is it taken from there, whoever has put it there
        std::fs::write(folder.path().join("a.json"), serde_json::to_vec(&not_judged).unwrap())
            .unwrap();
        assert!(store.get("a", &Snapshots::new()).is_none());
    }

    #[test]
    fn a_verdict_that_was_cut_short_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().into()).unwrap();
        store.put("a", &kept(&[], &[])).unwrap();
        let path = folder.path().join("a.json");
        let json = std::fs::read(&path).unwrap();
        std::fs::write(&path, &json[..json.len() / 2]).unwrap();
        assert!(store.get("a", &Snapshots::new()).is_none());
    }
}
