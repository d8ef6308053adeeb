//! A submission that is a `.tar` or a `.tar.gz`.

use std::collections::HashMap;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use tar::{Archive, Entry, EntryType};

use super::item::{Contents, Item, Kind, Refused, Source};
use super::members::Members;
use super::meter::{Meter, Metered};
use super::{Bounds, layout, names, nearly, open};

/// The sources of the tasks in an archive. A stream can't go back, so they are kept while it is read.
pub struct Tar {
    files: HashMap<String, Contents>,
}

/// Reads an archive from its beginning to its end.
///
/// # Errors
/// Why nothing of it can be taken.
pub fn look(path: &Path, gzip: bool, bounds: &Bounds) -> Result<(Vec<Item>, Tar), String> {
    let file = open::regular(path).map_err(|error| broken(&error))?;
    let packed = file.metadata().map_err(|error| broken(&error))?.len();
    let meter = Meter::new(packed, bounds);
    let file = BufReader::new(file);
    if gzip {
        metered(Metered::new(MultiGzDecoder::new(file), meter), bounds)
    } else {
        metered(Metered::new(file, meter), bounds)
    }
}

fn metered(mut stream: Metered<impl Read>, bounds: &Bounds) -> Result<(Vec<Item>, Tar), String> {
    let read = members(&mut stream, bounds);
    // if a limit was reached, it explains every error after that
    match stream.over {
        Some(why) => Err(why),
        None => read,
    }
}

fn members(stream: &mut Metered<impl Read>, bounds: &Bounds) -> Result<(Vec<Item>, Tar), String> {
    let mut members = Members::new(bounds);
    let mut items = Vec::new();
    let mut files = HashMap::new();
    let mut archive = Archive::new(&mut *stream);
    for entry in archive.entries().map_err(|error| broken(&error))? {
        let mut entry = entry.map_err(|error| broken(&error))?;
        if entry.header().entry_type().is_pax_global_extensions() {
            continue;
        }
        let kind = kind(&entry);
        let Some(path) = members.add(&entry.path_bytes(), kind == Kind::Folder)? else { continue };
        if kind == Kind::File && is_source(&path) {
            // if its end is missing, the start of the next member is missing, too, which is an error
            let contents = Contents::read(&mut entry, bounds.file_bytes);
            files.insert(path.clone(), contents.map_err(|error| broken(&error))?);
        }
        items.push(Item { path, kind });
    }
    if stream.ended {
        // a whole one ends with an empty block
        return Err(broken(&io::ErrorKind::UnexpectedEof.into()));
    }
    // so that a checksum at its very end is compared, too
    io::copy(stream, &mut io::sink()).map_err(|error| broken(&error))?;
    Ok((items, Tar { files }))
}

fn is_source(path: &str) -> bool {
    (path.ends_with(".rs") && layout::may_be_of_a_task(path)) || nearly::may_be_of_a_task(path)
}

fn kind(entry: &Entry<impl Read>) -> Kind {
    match entry.header().entry_type() {
        EntryType::Directory => Kind::Folder,
        // the form from before members had types
        EntryType::Regular if entry.path_bytes().ends_with(b"/") => Kind::Folder,
        EntryType::Regular | EntryType::Continuous => Kind::File,
        EntryType::Symlink => Kind::link(),
        EntryType::Link => {
            Kind::Unfit("is a link to another file, and links are not followed".into())
        }
        _ => Kind::special(),
    }
}

impl Source for Tar {
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused> {
        match self.files.remove(path) {
            Some(Contents::Whole(bytes)) if bytes.len() as u64 > most => Ok(Contents::TooLarge),
            Some(contents) => Ok(contents),
            None => Err(Refused::Task(format!("{} can't be read", names::short(path)))),
        }
    }
}

fn broken(error: &io::Error) -> String {
    format!(
        "it can't be unpacked ({}): it is broken or cut off, so hand it in again",
        names::short(&error.to_string())
    )
}
