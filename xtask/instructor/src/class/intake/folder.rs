//! A submission that is a folder.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::item::{Contents, Item, Kind, Refused, Source};
use super::{Bounds, layout, members, names, open};

/// A submission's folder.
pub struct Folder {
    root: PathBuf,
    /// The files in it, below its root, by what is shown of their paths.
    files: HashMap<String, PathBuf>,
}

/// Lists a folder, as far as it may have something of a task in it.
///
/// # Errors
/// Says why nothing of it can be taken.
pub fn look(root: &Path, bounds: &Bounds) -> Result<(Vec<Item>, Folder), String> {
    let mut folder = Folder { root: root.into(), files: HashMap::new() };
    let mut items = Vec::new();
    let mut count = 0;
    // folders that are still to be listed: what is shown of their paths, and the real ones below the root
    let mut open = vec![(String::new(), PathBuf::new())];
    while let Some((shown, below)) = open.pop() {
        let entries = match folder.list(&below) {
            Ok(entries) => entries,
            Err(error) if shown.is_empty() => return Err(format!("it {}", unreadable(&error))),
            Err(error) => {
                items.push(Item { path: shown, kind: Kind::Unfit(unreadable(&error)) });
                continue;
            }
        };
        for entry in entries {
            let entry = entry.map_err(|error| format!("it {}", unreadable(&error)))?;
            count += 1;
            if count > bounds.archive_entries {
                return Err(members::too_many(bounds));
            }
            let name = names::shown(entry.file_name().as_encoded_bytes());
            if names::is_hidden(&name) {
                continue;
            }
            let path = if shown.is_empty() { name } else { format!("{shown}/{name}") };
            if path.split('/').count() > bounds.depth {
                return Err(members::too_deep(&path, bounds));
            }
            let real = below.join(entry.file_name());
            let kind = kind(&entry);
            match kind {
                Kind::Folder if layout::may_lead_to_a_task(&path) => {
                    open.push((path.clone(), real))
                }
                Kind::File => _ = folder.files.insert(path.clone(), real),
                _ => {}
            }
            items.push(Item { path, kind });
        }
    }
    Ok((items, folder))
}

impl Folder {
    fn list(&self, below: &Path) -> io::Result<std::fs::ReadDir> {
        self.no_link_to(below)?;
        std::fs::read_dir(self.root.join(below))
    }

    /// Makes sure that no folder on the way to `below` the root is a link by now, nor the root itself.
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

/// What an entry of a folder is; of a link, the link itself.
fn kind(entry: &std::fs::DirEntry) -> Kind {
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
