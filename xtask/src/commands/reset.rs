//! `cargo xtask reset`: a task as it was handed out; what you wrote is kept.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use checker::course::Task;
use clap::Args;

use crate::say;
use crate::workspace::Workspace;

/// Take a task back to its stub; your file is kept, and you are told where
#[derive(Args)]
pub struct Reset {
    /// In the folder of a task: that task
    #[arg(value_name = "TASK")]
    task: Option<String>,
}

impl Reset {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let task = workspace.task_or_here(self.task.as_deref(), "reset")?;
        let said = reset(&workspace, task)?;
        say(&format!(
            "{said}\n  next: read crates/{}/README.md, then edit its src/lib.rs\n",
            task.folder()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// Takes `task` back to its stub; says what was done, and where the file is that was there.
pub fn reset(workspace: &Workspace, task: &Task) -> Result<String> {
    let lib = workspace.lib(task);
    let stub = workspace.root.join("checker/stubs").join(format!("{}.rs", task.folder()));
    let stub = std::fs::read(&stub)
        .with_context(|| format!("cannot read the stub {}", workspace.shown(&stub)))?;
    let shown = workspace.shown(&lib);
    let old = match std::fs::read(&lib) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error)
                .with_context(|| format!("cannot read {shown}, so it is left as it is"));
        }
    };
    if old.as_ref() == Some(&stub) {
        return Ok(format!("{shown} is the stub already.\n"));
    }
    let mut text = String::new();
    if let Some(old) = &old {
        let kept = keep(&workspace.crate_dir(task), old)?;
        let kept = workspace.shown(&kept);
        text = format!("Your file is kept as {kept} (copy it over {shown} to have it back).\n");
    }
    // written beside it first, and then renamed: at no time is there half a file
    let new = lib.with_extension("rs.new");
    let folder = lib.parent().expect("a file has a folder");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&new, &stub))
        .and_then(|()| std::fs::rename(&new, &lib))
        .with_context(|| format!("cannot write {shown}"))?;
    Ok(format!("{text}{shown} is the stub again.\n"))
}

/// Writes a copy under a name that is not taken yet.
fn keep(crate_dir: &Path, contents: &[u8]) -> Result<PathBuf> {
    use std::io::Write;
    let folder = crate_dir.join("kept");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}, so nothing is reset", folder.display()))?;
    for number in 1.. {
        let path = folder.join(format!("lib-{number}.rs"));
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
