//! The result of a call of the compiler: its messages, and where the compiled files are.

use std::path::PathBuf;

use checker::tasks::Task;
use serde::{Deserialize, Serialize};

use super::calls::{SEEN, SHELF};
use crate::build::message::Message;

/// The result of compiling a crate's sources.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Compiled {
    /// Whether there is something to run, or a library for other crates.
    pub success: bool,
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
    /// The files that were read in addition to the crate's sources (relative to the root, or absolute), and the names of
    /// their contents.
    pub read: Vec<(PathBuf, String)>,
    /// The name of the contents of the library, if it is one for others to be compiled against. The compiler makes other
    /// contents of the same sources in each folder, and what is compiled against the one can't be used with the other.
    pub library: String,
    /// Whether the compiler ended without an answer: that is not kept, as others may give it more time, or more memory.
    #[serde(skip)]
    pub ended_early: bool,
}

impl Compiled {
    /// The result in `messages` about a crate of `task`.
    pub fn of(success: bool, messages: &[Message], task: &Task) -> Self {
        let rendered = |level: &str| -> Vec<String> {
            messages
                .iter()
                .filter(|message| message.level == level)
                .filter(|message| !message.counts())
                .map(|message| message.edited(Some(task)))
                .collect()
        };
        Self {
            success,
            errors: rendered("error"),
            warnings: rendered("warning"),
            read: Vec::new(),
            library: String::new(),
            ended_early: messages.iter().any(|message| message.ended_early),
        }
    }
}

/// A compiled library.
pub struct Lib {
    /// The name of its sources, of all else that was read for it, and of what the compiler made of them.
    pub name: String,
    pub compiled: Compiled,
    /// The folder of all that was made with it. It never changes.
    pub folder: PathBuf,
    /// Its name in sources.
    pub krate: String,
}

impl Lib {
    pub fn file(&self) -> PathBuf {
        self.shelf().join(format!("lib{}.rlib", self.krate))
    }

    /// The folder that contains only this library.
    pub fn shelf(&self) -> PathBuf {
        self.folder.join(SHELF)
    }

    /// Its crate's folder as the compiler saw it, if it is not the crate's own folder. Messages quote a file only if the file
    /// is still the same.
    pub fn sources(&self) -> Option<PathBuf> {
        Some(self.folder.join(SEEN)).filter(|seen| seen.is_dir())
    }
}
