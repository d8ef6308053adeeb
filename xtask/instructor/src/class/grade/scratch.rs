//! Scratch folders: submissions are laid out and compiled in them. Each is used by one submission at a time.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use xtask::workspace::Workspace;

use crate::class::incomplete::guarded;

/// The folder of all scratch folders. Each is named after its process.
const SCRATCH: &str = "class/scratch";

/// The scratch folders of this process.
pub struct ScratchFolders {
    root: PathBuf,
    free: Mutex<Vec<PathBuf>>,
    made: AtomicUsize,
}

impl ScratchFolders {
    /// Prepares the use of scratch folders. Removes those of processes that ended in the middle of their work.
    pub fn new(workspace: &Workspace) -> Self {
        let root = workspace.generated_dir().join(SCRATCH);
        remove_abandoned(&root);
        Self { root, free: Mutex::default(), made: AtomicUsize::new(0) }
    }

    /// Does `job` in a folder that nobody else uses. The folder is empty before and afterwards.
    ///
    /// # Errors
    /// If the job fails, or panics.
    pub fn with(&self, job: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let folder = free.unwrap_or_else(|| {
            let number = self.made.fetch_add(1, Ordering::Relaxed);
            self.root.join(format!("{}-{number}", std::process::id()))
        });
        let _ = std::fs::remove_dir_all(&folder);
        let done = guarded(|| job(&folder));
        let _ = std::fs::remove_dir_all(&folder);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
        done
    }
}

fn remove_abandoned(root: &Path) {
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.split('-').next().unwrap_or_default();
        if !Path::new("/proc").join(owner).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
