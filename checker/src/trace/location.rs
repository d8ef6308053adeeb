//! Places in source files.

use serde::{Deserialize, Serialize};

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceLocation {
    /// The path of the file, as the compiler names it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl SourceLocation {
    /// Calls `find` with the name of each folder on the path that is followed by `src`, the outermost first, until it
    /// returns something. `..` is resolved before. (This is called for every wait of every run, so it makes no strings
    /// and decodes no characters.)
    pub fn find_source_folder<T>(&self, find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let mut parts: Vec<&[u8]> = Vec::with_capacity(16);
        for part in self.file.as_bytes().split(|byte| matches!(byte, b'/' | b'\\')) {
            match part {
                b".." => drop(parts.pop()),
                b"." | b"" => {}
                part => parts.push(part),
            }
        }
        parts.windows(2).filter(|pair| pair[1] == b"src").find_map(|pair| find(pair[0]))
    }
}

impl std::fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
