//! What a submission is made of, whether it is a folder or an archive.

use std::io::{self, Read};

/// Something in a submission that is not hidden.
#[derive(Debug)]
pub struct Item {
    /// Its path in the submission, safe to print, with `/` between names. A `\` in it means that the real name has
    /// something in it that is not.
    pub path: String,
    pub kind: Kind,
}

/// What it is.
#[derive(Debug, PartialEq)]
pub enum Kind {
    File,
    Folder,
    /// Something that is never read, and why, as the end of a sentence that begins with its path.
    Unfit(String),
}

/// The contents of a file.
pub enum Contents {
    Whole(Vec<u8>),
    /// More than was asked for.
    TooLarge,
}

/// Why something can't be taken, in a sentence.
#[derive(Debug)]
pub enum Refused {
    /// A task, of which one of the files can't be read.
    Task(String),
    /// The whole submission.
    Submission(String),
}

/// What can read the files of a submission.
pub trait Source {
    /// Reads the file at an item's path, once, unless it is larger than `most`.
    fn read(&mut self, path: &str, most: u64) -> Result<Contents, Refused>;
}

impl Contents {
    /// Reads all there is, unless that is more than `most`.
    pub fn read(from: impl Read, most: u64) -> io::Result<Self> {
        let mut bytes = Vec::new();
        from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(if bytes.len() as u64 > most { Self::TooLarge } else { Self::Whole(bytes) })
    }
}

impl Kind {
    pub fn link() -> Self {
        Self::Unfit("is a symbolic link, and none is followed".into())
    }

    /// A device, a pipe, or the like.
    pub fn special() -> Self {
        Self::Unfit("is not a regular file".into())
    }
}
