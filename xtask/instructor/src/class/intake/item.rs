//! The items of a submission, which is a folder or an archive.

use std::io::{self, Read};

/// Something in a submission that is not hidden.
#[derive(Debug)]
pub struct Item {
    /// Its path in the submission, with `/` between names. It is safe to print: if it has a `\`, the real name has something
    /// that is not safe.
    pub path: String,
    pub kind: Kind,
}

/// The kind of an item.
#[derive(Debug, PartialEq)]
pub enum Kind {
    File,
    Folder,
    /// Something that is never read. The text says why: it continues a sentence that begins with the path.
    Unfit(String),
}

/// The contents of a file.
pub enum Contents {
    Whole(Vec<u8>),
    /// The file is larger than the limit.
    TooLarge,
}

/// Why something can't be taken, in a sentence.
#[derive(Debug)]
pub enum Refused {
    /// Only the task, because one of its files can't be read.
    Task(String),
    /// The whole submission.
    Submission(String),
}

/// Reads the files of a submission.
pub trait Source {
    /// Reads the file at an item's path, unless it is larger than `most`. Each file can be read only once.
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused>;
}

impl Contents {
    /// Reads everything, unless it is more than `most`.
    pub fn read(from: impl Read, most: u64) -> io::Result<Self> {
        let mut bytes = Vec::new();
        from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(if bytes.len() as u64 > most { Self::TooLarge } else { Self::Whole(bytes) })
    }
}

impl Kind {
    pub fn link() -> Self {
        Self::Unfit("is a symbolic link, and links are not followed".into())
    }

    /// A device, a pipe or something similar.
    pub fn special() -> Self {
        Self::Unfit("is not a regular file".into())
    }
}
