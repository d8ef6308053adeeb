//! `cargo xtask reset`: restores a task's source, or its manifest, as it was handed out, and keeps a copy of the student's file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use checker::tasks::Task;
use clap::Args;

use crate::say;
use crate::workspace::Workspace;

/// Restore the stub of a task; your file is kept, and you are told where
#[derive(Args)]
pub struct Reset {
    /// The task [default: the one whose folder you are in]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// Restore its Cargo.toml as it was handed out, and leave its source alone
    #[arg(long)]
    manifest: bool,
}

impl Reset {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = workspace.task_or_here(self.task.as_deref(), "reset")?;
        if self.manifest {
            let done = reset_manifest(&workspace, task)?;
            say(&format!("{done}\n  next: cargo xtask check {}\n", task.number));
            return Ok(ExitCode::SUCCESS);
        }
        let done = reset(&workspace, task)?;
        say(&format!(
            "{done}\n  next: read crates/{}/README.md, then edit its src/lib.rs\n",
            task.folder()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// Restores the stub of `task`. Returns what it did, and where it has kept the old file.
pub fn reset(workspace: &Workspace, task: &Task) -> Result<String> {
    replace(workspace, task, &workspace.lib(task), &workspace.stub(task), "the stub")
}

/// Restores the manifest of `task` as it was handed out. Returns what it did, and where it has kept the old file.
fn reset_manifest(workspace: &Workspace, task: &Task) -> Result<String> {
    let original = workspace.original_manifest(task);
    replace(workspace, task, &workspace.manifest_path(task), &original, "as it was handed out")
}

/// Replaces `file`, in the crate of `task`, by `original`, which messages call `what`. Keeps a copy of the old file.
fn replace(
    workspace: &Workspace,
    task: &Task,
    file: &Path,
    original: &Path,
    what: &str,
) -> Result<String> {
    let original = std::fs::read(original)
        .with_context(|| format!("cannot read {}", workspace.shown(original)))?;
    let shown = workspace.shown(file);
    let old = match std::fs::read(file) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error)
                .with_context(|| format!("cannot read {shown}, so it is left as it is"));
        }
    };
    if old.as_ref() == Some(&original) {
        return Ok(format!("{shown} is {what} already.\n"));
    }
    let mut text = String::new();
    if let Some(old) = &old {
        let kept = keep(&workspace.crate_dir(task), file, old)?;
        let kept = workspace.shown(&kept);
        text = format!("Your file is kept as {kept} (copy it over {shown} to have it back).\n");
    }
    // written beside it first, and then renamed, so that there is never half a file
    let mut new = file.as_os_str().to_owned();
    new.push(".new");
    let folder = file.parent().expect("a file has a folder");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&new, &original))
        .and_then(|()| std::fs::rename(&new, file))
        .with_context(|| format!("cannot write {shown}"))?;
    Ok(format!("{text}{shown} is {what} again.\n"))
}

/// Writes a copy of `file` under a name that is still free.
fn keep(crate_dir: &Path, file: &Path, contents: &[u8]) -> Result<PathBuf> {
    use std::io::Write;
    let part =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(file.file_stem()), part(file.extension()));
    let folder = crate_dir.join("kept");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}, so nothing is reset", folder.display()))?;
    for number in 1.. {
        let path = folder.join(format!("{stem}-{number}.{extension}"));
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(contents).and_then(|()| file.sync_all()).with_context(|| {
                    format!("cannot write {}, so nothing is reset", path.display())
                })?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("cannot write {}, so nothing is reset", path.display())
                });
            }
        }
    }
    unreachable!("some number is free")
}
