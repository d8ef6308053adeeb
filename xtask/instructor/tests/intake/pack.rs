//! Makes archives for tests: ordinary ones, and some that nobody should hand in.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::class::File;

pub fn zip(files: &[File]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, contents) in files {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Replaces all of `old` in an archive by something as long, in its lists too.
pub fn patched(mut archive: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> =
        (0..=archive.len() - old.len()).filter(|at| archive[*at..].starts_with(old)).collect();
    assert!(!places.is_empty(), "it isn't there");
    places.iter().for_each(|at| archive[*at..at + old.len()].copy_from_slice(new));
    archive
}

/// Overwrites what the list of a zip says, so many bytes behind the start of its first entry.
pub fn listed(mut zip: Vec<u8>, behind: usize, new: &[u8]) -> Vec<u8> {
    let start = zip.windows(4).position(|four| four == b"PK\x01\x02").unwrap() + behind;
    zip[start..start + new.len()].copy_from_slice(new);
    zip
}

pub fn tar(files: &[File]) -> Vec<u8> {
    let members =
        files.iter().map(|(path, contents)| (path.as_bytes(), EntryType::Regular, *contents));
    tar_of(&members.collect::<Vec<_>>())
}

/// A tar of members with any path and of any type; a link leads to `target`.
pub fn tar_of(members: &[(&[u8], EntryType, &[u8])]) -> Vec<u8> {
    let mut tar = Builder::new(Vec::new());
    for (path, kind, contents) in members {
        let mut header = Header::new_gnu();
        // the crate's own way refuses the paths that matter here
        header.as_old_mut().name[..path.len()].copy_from_slice(path);
        header.set_entry_type(*kind);
        header.set_size(contents.len() as u64);
        header.set_mode(0o644);
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            header.set_link_name("target").unwrap();
        }
        header.set_cksum();
        tar.append(&header, *contents).unwrap();
    }
    tar.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// Bytes that no archive makes much smaller, the same each time.
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}
