//! A submission that is a `.zip`.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zip::read::{OwnedZipFileEntry, ZipFileEntry};
use zip::result::ZipError;
use zip::{ZipArchive, ZipReadOptions};

use super::item::{Contents, Item, Kind, Refused, Source};
use super::members::{Members, too_many};
use super::meter::Meter;
use super::{Bounds, names, nearly, open};

/// An archive from which only the requested files are unpacked.
pub struct Zip {
    file: File,
    /// The places of the sources in the archive, by path.
    files: HashMap<String, OwnedZipFileEntry>,
    meter: Meter,
}

/// Reads the list at the end of an archive.
///
/// # Errors
/// Why nothing of it can be taken.
pub fn look(path: &Path, bounds: &Bounds) -> Result<(Vec<Item>, Zip), String> {
    let file = open::regular(path).map_err(|error| broken(&error.into()))?;
    let packed = file.metadata().map_err(|error| broken(&error.into()))?.len();
    let mut archive = list(&file, bounds)?;
    check(&mut archive, bounds)?;
    let mut members = Members::new(bounds);
    let mut items = Vec::new();
    let mut files = HashMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|error| broken(&error))?;
        if entry.encrypted() {
            return Err("it is encrypted: pack it without a password".into());
        }
        let kind = kind(&entry);
        let Some(path) = members.add(entry.name_raw(), kind == Kind::Folder)? else { continue };
        if kind == Kind::File && (path.ends_with(".rs") || nearly::may_be_of_a_task(&path)) {
            files.insert(path.clone(), entry.into());
        }
        items.push(Item { path, kind });
    }
    Ok((items, Zip { file, files, meter: Meter::new(packed, bounds) }))
}

/// Refuses an archive that no ordinary program makes.
fn check(archive: &mut ZipArchive<Capped>, bounds: &Bounds) -> Result<(), String> {
    if archive.len() > bounds.archive_entries {
        return Err(too_many(bounds));
    }
    // the crate keeps only the last one of these
    if archive.has_duplicate_names() {
        return Err(
            "a path is twice in the archive, and it is not clear which one is meant: pack it again"
                .into(),
        );
    }
    // this looks at the start of every member, and at nothing that is packed
    if archive.has_overlapping_entries().map_err(|error| broken(&error))? {
        return Err("its members share bytes, which no ordinary archive does: pack it again".into());
    }
    Ok(())
}

/// The list of an archive's members. If it is too long, it is not even read.
fn list<'a>(file: &'a File, bounds: &Bounds) -> Result<ZipArchive<Capped<'a>>, String> {
    const BYTES_OF_A_MEMBER: u64 = 512;
    const BYTES_TO_FIND_IT: u64 = 256 << 10;

    let most = bounds.archive_entries as u64 * BYTES_OF_A_MEMBER + BYTES_TO_FIND_IT;
    let capped = Capped { file, left: most };
    ZipArchive::new(capped).map_err(|error| match &error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::QuotaExceeded => {
            format!("the list of what is in it is longer than {most} bytes, and that is the limit: pack it without target/ and .git/")
        }
        _ => broken(&error),
    })
}

/// A file from which only a limited number of bytes is read.
struct Capped<'a> {
    file: &'a File,
    left: u64,
}

impl Read for Capped<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::QuotaExceeded)?;
        Ok(read)
    }
}

impl Seek for Capped<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// The kind of a member, as recorded by the system that packed it.
fn kind(entry: &ZipFileEntry<'_>) -> Kind {
    const TYPE: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    match entry.unix_mode().map_or(0, |mode| mode & TYPE) {
        _ if entry.is_symlink() => Kind::link(),
        _ if entry.is_dir() => Kind::Folder,
        0 | REGULAR => Kind::File,
        _ => Kind::special(),
    }
}

impl Source for Zip {
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused> {
        let Some(entry) = self.files.remove(path) else {
            return Err(Refused::Task(format!("{} can't be read", names::short(path))));
        };
        self.unpack(path, &entry, most).map_err(Refused::Submission)
    }
}

impl Zip {
    fn unpack(
        &mut self,
        path: &str,
        entry: &OwnedZipFileEntry,
        most: u64,
    ) -> Result<Contents, String> {
        let stated = entry.size();
        let packed = entry
            .as_ref()
            .with_reader(&mut self.file, ZipReadOptions::new())
            .map_err(|error| broken(&error))?;
        let contents = Contents::read(packed, most).map_err(|error| broken(&error.into()))?;
        let size = match &contents {
            Contents::Whole(bytes) => bytes.len() as u64,
            Contents::TooLarge => most.saturating_add(1),
        };
        self.meter.add(size)?;
        match &contents {
            Contents::Whole(_) if size != stated => Err(format!(
                "{} has another size than the archive says: pack it again",
                names::short(path)
            )),
            _ => Ok(contents),
        }
    }
}

fn broken(error: &ZipError) -> String {
    format!(
        "it can't be unpacked ({}): it is broken, cut off, or packed in an unusual way, so pack it again as .zip or .tar.gz",
        names::short(&error.to_string())
    )
}
