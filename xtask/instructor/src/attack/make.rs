//! Files of an attack that git can't hold, or that are too large for it: links, pipes, odd bytes, long files.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Error, Result, bail};
use serde::Deserialize;

/// A file that is made when an attack is laid out.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
pub struct Make {
    /// The path in the task's crate.
    pub path: PathBuf,
    what: EventKind,
}

enum EventKind {
    Link(PathBuf),
    Bytes(Vec<u8>),
    Repeated(String, usize),
    Fifo,
}

/// A `[[make]]` table of `attack.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    path: PathBuf,
    link: Option<PathBuf>,
    bytes: Option<Vec<u8>>,
    repeat: Option<String>,
    times: Option<usize>,
    fifo: Option<bool>,
}

impl TryFrom<Written> for Make {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let Written { path, link, bytes, repeat, times, fifo } = written;
        let shown = path.display();
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            bail!("`path = \"{shown}\"` leads out of the attack's own folder");
        }
        let what = match (link, bytes, repeat, times, fifo) {
            (Some(to), None, None, None, None) => EventKind::Link(to),
            (None, Some(bytes), None, None, None) => EventKind::Bytes(bytes),
            (None, None, Some(text), Some(times), None) => EventKind::Repeated(text, times),
            (None, None, None, None, Some(true)) => EventKind::Fifo,
            _ => bail!(
                "`[[make]]` of {shown} must have exactly one of these: `link`, `bytes`, `repeat` with `times`, or `fifo = true`"
            ),
        };
        Ok(Self { path, what })
    }
}

impl Make {
    /// Makes it in the crate in `folder`.
    pub fn put_into(&self, folder: &Path) -> Result<()> {
        let path = folder.join(&self.path);
        make_folder_of(&path)?;
        let made = match &self.what {
            EventKind::Link(to) => link(to, &path),
            EventKind::Bytes(bytes) => std::fs::write(&path, bytes),
            EventKind::Repeated(text, times) => std::fs::write(&path, text.repeat(*times)),
            EventKind::Fifo => fifo(&path),
        };
        made.with_context(|| format!("cannot make {}", path.display()))
    }
}

/// Makes the folder that `path` is in.
pub fn make_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, path)
}

#[cfg(not(unix))]
fn link(_to: &Path, _path: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("links like this one are made on Unix only: try the attacks there"))
}

#[cfg(target_os = "linux")]
fn fifo(path: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, Mode, mkfifoat};
    Ok(mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR)?)
}

#[cfg(not(target_os = "linux"))]
fn fifo(_path: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("named pipes are made on Linux only: try the attacks there"))
}
