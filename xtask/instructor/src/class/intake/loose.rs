//! A submission that consists of single files of a bulk download.

use std::collections::HashMap;
use std::path::PathBuf;

use super::entries::{Form, archive};
use super::item::{Contents, Item, Kind, Refused, Source};
use super::{names, open};

/// The files of a submission: their places, by the names that the student gave them.
pub struct Loose {
    files: HashMap<String, PathBuf>,
}

/// Lists files, each given by the name that the student gave it and its place.
pub fn look(files: &[(String, PathBuf)]) -> (Vec<Item>, Loose) {
    let kind = |path: &PathBuf| match path.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => Kind::link(),
        Ok(metadata) if metadata.is_file() => Kind::File,
        Ok(_) => Kind::special(),
        Err(error) => Kind::Unfit(unreadable(&error.to_string())),
    };
    let item = |(name, path): &(String, PathBuf)| Item { path: name.clone(), kind: kind(path) };
    let items = files.iter().map(item).collect();
    (items, Loose { files: files.iter().cloned().collect() })
}

impl Loose {
    /// The archive that is the only one of these files: its name, its place and its form.
    pub fn only_archive(&self) -> Option<(String, PathBuf, Form)> {
        let mut archives =
            self.files.iter().filter_map(|(name, path)| Some((name, path, archive(name)?.1)));
        let (name, path, form) = archives.next()?;
        archives.next().is_none().then(|| (name.clone(), path.clone(), form))
    }
}

impl Source for Loose {
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused> {
        let place = self.files.get(path).ok_or_else(|| std::io::ErrorKind::NotFound.into());
        let read = place.and_then(|place| Contents::read(open::regular(place)?, most));
        read.map_err(|error| {
            Refused::Task(format!("{} {}", names::short(path), unreadable(&error.to_string())))
        })
    }
}

fn unreadable(why: &str) -> String {
    format!("can't be read ({})", names::short(why))
}
