//! The lock on a report's folder. Without it, two gradings at the same time would each write the report without the results
//! of the other.
//!
//! It is a lock of the operating system on the file `.lock`. The file names the holder. The lock ends with the process that
//! holds it, however the process ends. So if the file was left behind, it can simply be locked again.
//! `docs/instructors.md` says on which network file systems this does not work.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::deliver;

/// The file in the folder of the report. (Hidden files of others may be there, too.)
const FILE: &str = ".lock";

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    /// Locked as long as it is open.
    file: File,
    /// Whether the folder was made for this lock.
    made: bool,
    /// A note for the user, for example that an earlier process has left the lock behind.
    pub note: Option<String>,
}

/// Who holds a lock.
#[derive(Debug, Serialize, Deserialize)]
struct Holder {
    host: String,
    pid: u32,
    /// When it took the lock, in UTC.
    since: String,
}

impl Lock {
    /// Locks `folder`. If it does not exist, it is made.
    ///
    /// # Errors
    /// If another process holds the lock, or nothing can be written in the folder.
    pub fn take(folder: &Path) -> Result<Self> {
        let made = !folder.exists();
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let path = folder.join(FILE);
        loop {
            deliver::no_link(&path)?;
            let (file, writable) = open(&path).map_err(|error| unwritable(folder, &error))?;
            let earlier = holder(&file);
            let note = match file.try_lock() {
                // its last holder has just removed the file
                Ok(()) if !is_at(&file, &path) => continue,
                // another user has left it behind; only a new file can say who holds it
                Ok(()) if !writable => {
                    std::fs::remove_file(&path).map_err(|error| unwritable(folder, &error))?;
                    continue;
                }
                Ok(()) => earlier.map(|earlier| earlier.left_behind()),
                Err(TryLockError::WouldBlock) => return Err(in_use(folder, earlier.as_ref())),
                Err(TryLockError::Error(error)) if has_no_locks(&error) => Some(format!(
                    "the file system of {} has no locks: make sure that nobody else grades into it now",
                    folder.display()
                )),
                Err(TryLockError::Error(error)) => {
                    return Err(anyhow!("cannot lock {}: {error}", path.display()));
                }
            };
            // (the lock holds even if its file cannot say who holds it)
            let _ = say_who(&file);
            return Ok(Self { folder: folder.into(), file, made, note });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // before the lock ends: afterwards, the file may be that of the next holder
        let path = self.folder.join(FILE);
        if is_at(&self.file, &path) {
            let _ = std::fs::remove_file(path);
        }
        if self.made {
            // (a folder with something in it stays)
            let _ = std::fs::remove_dir(&self.folder);
        }
    }
}

impl Holder {
    fn this_process() -> Self {
        let since = Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
        Self { host: host(), pid: std::process::id(), since }
    }

    /// The note about a holder that has not removed its file.
    fn left_behind(&self) -> String {
        let Self { host: theirs, pid, since } = self;
        let elsewhere = if *theirs == host() {
            String::new()
        } else {
            format!(
                "; if it still runs on {theirs}, stop it: some network file systems don't show the locks of other hosts"
            )
        };
        format!(
            "an earlier grading (process {pid} on {theirs}, begun {since}) has ended without removing its lock on this report; the lock is taken over{elsewhere}"
        )
    }
}

/// Opens the lock's file, or makes it. Also returns whether it can be written to, because the file of another user may only
/// be readable.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    match opened {
        Err(error) if error.kind() == ErrorKind::PermissionDenied && path.exists() => {
            Ok((File::open(path)?, false))
        }
        opened => Ok((opened?, true)),
    }
}

/// The holder that has written into the lock's file last.
fn holder(mut file: &File) -> Option<Holder> {
    let mut json = Vec::new();
    file.read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

fn say_who(mut file: &File) -> io::Result<()> {
    use std::io::Seek;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(&Holder::this_process())?)
}

/// Whether a file is the one that is at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let there = file.metadata().and_then(|own| Ok((own, std::fs::symlink_metadata(path)?)));
    there.is_ok_and(|(own, there)| (own.dev(), own.ino()) == (there.dev(), there.ino()))
}

/// Whether a file still exists at `path`. (On these systems, nobody can remove a file that is open.)
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn has_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == ErrorKind::Unsupported
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "this machine".into())
}

fn in_use(folder: &Path, holder: Option<&Holder>) -> anyhow::Error {
    let folder = folder.display();
    let Some(Holder { host: theirs, pid, since }) = holder else {
        return anyhow!(
            "another command is grading into {folder} now\n\n  next: repeat this one when it has ended, or name another folder with --report"
        );
    };
    let there = if *theirs == host() { String::new() } else { format!(" on {theirs}") };
    anyhow!(
        "another command is grading into {folder}: process {pid} on {theirs}, since {since}\n\n  next: repeat this one when that has ended, or end it (kill {pid}{there}), or name another folder with --report"
    )
}

fn unwritable(folder: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!(
        "cannot write in {}, the folder of the report: {error}\n\n  next: name a folder with --report that you may write to",
        folder.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_and_free_again_when_its_lock_is_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("new/out");
        let lock = Lock::take(&out).unwrap();
        assert_eq!(lock.note, None);
        let refused = Lock::take(&out).unwrap_err().to_string();
        let own = format!("process {} on {}, since 2", std::process::id(), host());
        assert!(refused.contains(&own) && refused.contains("\n\n  next: repeat this"), "{refused}");
        std::fs::write(out.join("report"), "").unwrap();
        drop(lock);
        let left: Vec<_> = std::fs::read_dir(&out).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(Lock::take(&out).unwrap().note, None);
    }

    #[test]
    fn a_folder_that_was_made_for_a_lock_and_is_empty_goes_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        drop(Lock::take(&out).unwrap());
        assert!(!out.exists());
        std::fs::create_dir(&out).unwrap();
        drop(Lock::take(&out).unwrap());
        assert!(out.exists(), "it was there before");
    }

    #[test]
    fn a_lock_that_was_left_behind_is_taken_over_and_told() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(FILE);
        for (host, more) in
            [(host(), "is taken over"), ("lab-7".into(), "if it still runs on lab-7")]
        {
            let holder = Holder { host, pid: 4242, since: "2026-01-31 12:00:00 UTC".into() };
            std::fs::write(&file, serde_json::to_vec(&holder).unwrap()).unwrap();
            let note = Lock::take(dir.path()).unwrap().note.clone().unwrap();
            assert!(note.contains("process 4242 on ") && note.contains(more), "{note}");
        }
        for nobody in ["", "{", "?"] {
            std::fs::write(&file, nobody).unwrap();
            assert_eq!(Lock::take(dir.path()).unwrap().note, None);
        }
    }

    #[test]
    fn a_lock_whose_file_was_removed_is_recognised() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        let (file, _) = open(&path).unwrap();
        assert!(is_at(&file, &path));
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&file, &path));
        let (_, _) = open(&path).unwrap();
        assert!(!is_at(&file, &path), "it is another one");
    }

    #[test]
    fn what_can_not_be_written_to_is_named_with_the_way_out() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        std::fs::create_dir_all(dir.path().join("out").join(FILE)).unwrap();
        for folder in ["file/out", "out"] {
            let folder = dir.path().join(folder);
            let error = Lock::take(&folder).unwrap_err().to_string();
            assert!(error.contains(&format!("cannot write in {}, ", folder.display())), "{error}");
            assert!(error.contains("\n\n  next: name a folder with --report"), "{error}");
        }
    }
}
