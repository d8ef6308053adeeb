//! Locks on files: who uses a kit, and who makes one. The system removes a lock when its process ends, however it ends.

use std::fs::File;
use std::io;
use std::path::Path;

#[cfg(unix)]
use rustix::fs::{FlockOperation, flock};

/// A locked file. It is locked as long as this lives.
pub struct Lock {
    /// Only to be kept open.
    _file: File,
}

/// Locks a file together with others. Waits for whoever has it alone.
#[cfg(unix)]
pub fn shared(path: &Path) -> io::Result<Lock> {
    lock(path, FlockOperation::LockShared)
}

/// Locks a file alone. Waits for all others.
#[cfg(unix)]
pub fn alone(path: &Path) -> io::Result<Lock> {
    lock(path, FlockOperation::LockExclusive)
}

/// Locks a file alone, if nobody else has locked it.
#[cfg(unix)]
pub fn alone_now(path: &Path) -> io::Result<Lock> {
    lock(path, FlockOperation::NonBlockingLockExclusive)
}

#[cfg(unix)]
fn lock(path: &Path, operation: FlockOperation) -> io::Result<Lock> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = File::options().append(true).create(true).open(path)?;
    flock(&file, operation)?;
    Ok(Lock { _file: file })
}

// Where there are no kits, there is nothing to lock.
#[cfg(not(unix))]
pub fn shared(_: &Path) -> io::Result<Lock> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
pub use shared as alone;

#[cfg(not(unix))]
pub use shared as alone_now;

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_locked_alone_only_if_nobody_else_has_locked_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("folder/lock");
        let first = shared(&path).unwrap();
        let second = shared(&path).unwrap();
        assert!(alone_now(&path).is_err(), "two have it");
        drop(first);
        assert!(alone_now(&path).is_err(), "one has it");
        drop(second);
        let own = alone_now(&path).unwrap();
        assert!(alone_now(&path).is_err(), "it is locked alone");
        drop(own);
        drop(alone(&path).unwrap());
    }
}
