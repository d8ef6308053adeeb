//! Shadows: a crate's folder as the compiler sees it.
//!
//! Messages of the compiler have the paths under which it reads the files. But a task's `lib.rs` is compiled with lines
//! added to it. So the compiler gets a folder in which everything has its own path, and the crate's sources are copies.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// More than anybody writes. A crate with more bytes is left to cargo.
const MOST_BYTES: u64 = 16 << 20;
const MOST_FILES: usize = 1000;
const DEEPEST: usize = 16;

/// Files of a crate, by their paths in it.
pub type Sources = BTreeMap<PathBuf, Vec<u8>>;

/// Reads the files below `src/` of the crate in `crate_dir`.
///
/// # Errors
/// If the files can't be read, or are too many.
pub fn sources(crate_dir: &Path) -> Result<Sources> {
    below(crate_dir, "src")
}

/// Reads the files below a folder of the crate in `crate_dir`.
///
/// # Errors
/// If the files can't be read, or are too many.
pub fn below(crate_dir: &Path, folder: &str) -> Result<Sources> {
    let mut sources = Sources::new();
    let mut bytes = 0;
    collect(&crate_dir.join(folder), Path::new(folder), &mut sources, &mut bytes)?;
    Ok(sources)
}

fn collect(folder: &Path, shown: &Path, sources: &mut Sources, bytes: &mut u64) -> Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let (path, shown) = (entry.path(), shown.join(entry.file_name()));
        let file =
            std::fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if file.is_dir() && shown.components().count() < DEEPEST {
            collect(&path, &shown, sources, bytes)?;
        } else if file.is_file() {
            *bytes += file.len();
            if *bytes > MOST_BYTES || sources.len() >= MOST_FILES {
                bail!("{} holds more than a task's sources", folder.display());
            }
            let contents =
                std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            sources.insert(shown, contents);
        }
    }
    Ok(())
}

/// Makes `shadow` look like `root`, but with other files in `src/` and `tests/` of the crates in `crates`, which are given
/// by their folders. It also has what lies beside these crates, and the folders `also`, which lie elsewhere.
pub fn cast(
    shadow: &Path,
    root: &Path,
    crates: &[(&Path, &Sources)],
    also: &BTreeMap<&Path, PathBuf>,
) -> Result<()> {
    // folders that the shadow has itself, and the entries in each of them that are not links
    let mut own: BTreeMap<PathBuf, BTreeSet<OsString>> = BTreeMap::new();
    for (folder, _) in crates {
        let mut here = PathBuf::new();
        for part in folder.components() {
            own.entry(here.clone()).or_default().insert(part.as_os_str().into());
            here.push(part);
        }
        own.entry(here).or_default().extend(["src".into(), "tests".into()]);
    }
    let deepest = crates.iter().map(|(folder, _)| folder.components().count()).max().unwrap_or(0);
    for (folder, kept) in &own {
        std::fs::create_dir_all(shadow.join(folder))?;
        if folder.components().count() + 1 < deepest {
            continue;
        }
        for entry in std::fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let name = folder.join(entry.file_name());
            if !kept.contains(&entry.file_name()) && !also.contains_key(name.as_path()) {
                symlink(&entry.path(), &shadow.join(name))?;
            }
        }
    }
    for (other, place) in also {
        let link = shadow.join(other);
        if !own.contains_key(*other) {
            std::fs::create_dir_all(link.parent().unwrap_or(shadow))?;
            symlink(place, &link)?;
        }
    }
    for (folder, files) in crates {
        for (path, contents) in *files {
            let path = shadow.join(folder).join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(shadow))?;
            std::fs::write(path, contents)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn symlink(original: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(original, link)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
