//! A submission that is a folder.

use std::collections::HashMap;
use std::fs::{DirEntry, ReadDir};
use std::io;
use std::path::{Path, PathBuf};

use super::entries::{Form, archive};
use super::item::{Contents, Item, Kind, Refused, Source};
use super::{Bounds, layout, members, names, open};

/// A submission's folder.
pub struct Folder {
    root: PathBuf,
    /// The files below its root, by their printable paths.
    files: HashMap<String, PathBuf>,
}

/// A walk through the folders that may have files of a task in them.
struct Walk<'a> {
    bounds: &'a Bounds,
    /// How many folders may be around the tasks.
    around: usize,
    folder: Folder,
    items: Vec<Item>,
    /// How many entries were seen, with hidden ones.
    count: usize,
    /// The folders that must still be listed.
    ahead: Vec<Below>,
}

/// A place below the root: its printable path, and the real one.
#[derive(Default)]
struct Below {
    shown: String,
    real: PathBuf,
}

/// Lists a folder.
///
/// # Errors
/// Why nothing of it can be taken.
pub fn look(root: &Path, bounds: &Bounds) -> Result<(Vec<Item>, Folder), String> {
    let near = walk(root, bounds, layout::NEAR)?;
    // deep folders are searched only if there is nothing else, because a `target/` is deep, too
    if layout::nearest(near.0.iter()).is_some() {
        Ok(near)
    } else {
        walk(root, bounds, layout::FAR)
    }
}

/// Lists a folder, if tasks may have this many folders around them.
fn walk(root: &Path, bounds: &Bounds, around: usize) -> Result<(Vec<Item>, Folder), String> {
    let folder = Folder { root: root.into(), files: HashMap::new() };
    let ahead = vec![Below::default()];
    let mut walk = Walk { bounds, around, folder, items: Vec::new(), count: 0, ahead };
    while let Some(next) = walk.ahead.pop() {
        match walk.folder.list(&next.real) {
            Ok(entries) => walk.list(&next, entries)?,
            Err(error) if next.shown.is_empty() => {
                return Err(format!("it {}", unreadable(&error)));
            }
            Err(error) => {
                walk.items.push(Item { path: next.shown, kind: Kind::Unfit(unreadable(&error)) });
            }
        }
    }
    Ok((walk.items, walk.folder))
}

impl Walk<'_> {
    fn list(&mut self, at: &Below, entries: ReadDir) -> Result<(), String> {
        for entry in entries {
            let entry = entry.map_err(|error| format!("it {}", unreadable(&error)))?;
            self.count += 1;
            if self.count > self.bounds.archive_entries {
                return Err(members::too_many(self.bounds));
            }
            let name = names::sanitize(entry.file_name().as_encoded_bytes());
            if names::is_hidden(&name) {
                continue;
            }
            let shown = if at.shown.is_empty() { name } else { format!("{}/{name}", at.shown) };
            if shown.split('/').count() > self.bounds.depth {
                return Err(members::too_deep(&shown, self.bounds));
            }
            self.add(Below { shown, real: at.real.join(entry.file_name()) }, kind(&entry));
        }
        Ok(())
    }

    fn add(&mut self, found: Below, kind: Kind) {
        let path = found.shown.clone();
        if kind == Kind::File {
            self.folder.files.insert(found.shown, found.real);
        } else if kind == Kind::Folder && layout::may_lead_to_a_task(&path, self.around) {
            self.ahead.push(found);
        }
        self.items.push(Item { path, kind });
    }
}

impl Folder {
    fn list(&self, below: &Path) -> io::Result<ReadDir> {
        self.no_link_to(below)?;
        std::fs::read_dir(self.root.join(below))
    }

    /// Checks that neither the root nor a folder on the way to `below` has become a link.
    fn no_link_to(&self, below: &Path) -> io::Result<()> {
        let mut place = self.root.clone();
        for name in [None].into_iter().chain(below.iter().map(Some)) {
            place.extend(name);
            if place.symlink_metadata()?.is_symlink() {
                return Err(io::Error::other("there is a symbolic link on the way"));
            }
        }
        Ok(())
    }

    /// The single archive that is the whole submission, whatever lies beside it: its name, its place and its form.
    pub fn only_archive(&self, items: &[Item]) -> Option<(String, PathBuf, Form)> {
        let mut archives = items.iter().filter_map(|item| {
            let is_beside = item.kind == Kind::File && !item.path.contains('/');
            archive(&item.path).filter(|_| is_beside).map(|(_, form)| (item.path.clone(), form))
        });
        let (name, form) = archives.next()?;
        let below = self.files.get(&name)?;
        let is_safe = archives.next().is_none() && self.no_link_to(below).is_ok();
        is_safe.then(|| (name, self.root.join(below), form))
    }

    fn read_file(&self, path: &str, most: u64) -> io::Result<Contents> {
        let below = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.no_link_to(below)?;
        Contents::read(open::regular(&self.root.join(below))?, most)
    }
}

impl Source for Folder {
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused> {
        self.read_file(path, most).map_err(|error| {
            Refused::Task(format!("{} {}", names::short(path), unreadable(&error)))
        })
    }
}

/// The kind of an entry in a folder. Links are not followed.
fn kind(entry: &DirEntry) -> Kind {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => Kind::link(),
        Ok(kind) if kind.is_dir() => Kind::Folder,
        Ok(kind) if kind.is_file() => Kind::File,
        Ok(_) => Kind::special(),
        Err(error) => Kind::Unfit(unreadable(&error)),
    }
}

fn unreadable(error: &io::Error) -> String {
    format!("can't be read ({})", names::short(&error.to_string()))
}
