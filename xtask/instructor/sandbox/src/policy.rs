//! The policy: what a program may do.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The level of isolation, best first.
///
/// Each level has everything that the next one has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Namespaces of its own (files, processes, network, …), Landlock, a filter of system calls, limits.
    A,
    /// No namespaces: Landlock, a filter of system calls, limits.
    B,
    /// No Landlock either: a filter of system calls and limits.
    C,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// A sentence on what the level prevents, and what it does not.
    pub fn promises(self) -> &'static str {
        match self {
            Self::A => {
                "A submission sees no file but the toolchain, the kit and itself, no process but its own and no network; it \
                 can write nothing, start no program, and its memory, time and output are limited."
            }
            Self::B => {
                "As A, but enforced by Landlock and a filter of system calls alone: a submission can tell which files and \
                 processes exist, though it can't read or touch them."
            }
            Self::C => {
                "A submission can't use the network, write files or start programs, but it can read whatever the grading \
                 user can."
            }
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let level =
            Self::ALL.into_iter().find(|level| level.to_string().eq_ignore_ascii_case(text));
        level.ok_or_else(|| {
            format!("`{text}` is not a level of isolation: the levels are A, B and C")
        })
    }
}

/// What a program may do. Everything else is forbidden.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Policy {
    pub level: Level,
    /// Files and folders that it may read.
    pub read: Vec<PathBuf>,
    /// Files, and folders of files, that may be executed.
    pub execute: Vec<PathBuf>,
    /// The folder that it may write to.
    pub write: Option<PathBuf>,
    /// Whether it may start other programs, from `execute`.
    pub starts_programs: bool,
    pub limits: Limits,
}

/// The limits of a program.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of addresses. That is more than the memory it uses, because stacks of threads and mapped files count in full.
    pub memory: u64,
    /// Seconds of processor time. A program that uses more gets SIGXCPU.
    pub cpu: u64,
    /// Bytes of the largest file that it may write.
    pub file: u64,
    /// Files open at the same time.
    pub open_files: u64,
}
