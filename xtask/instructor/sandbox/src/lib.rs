//! Runs an untrusted program in a sandbox.
//!
//! [`policy`] says what a program may do, and how well the machine can enforce that ([`Level`]). [`spawn`] starts a program:
//! the process starts itself again as a launcher ([`help_out`]), which drops its privileges and then becomes the program.
//! [`best_level`] probes what the machine can do.
//!
//! On systems other than Linux there is no level, and nothing can be started.

pub mod policy;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod linux;

use std::process::Stdio;

pub use linux::{Confined, best_level, help_out, spawn, system_libraries};
pub use policy::{Level, Limits, Policy};

/// What a program is connected to.
pub struct Channels {
    pub stdin: Stdio,
    pub stdout: Stdio,
    pub stderr: Stdio,
    /// Its descriptor 3.
    #[cfg(unix)]
    pub third: Option<std::os::fd::OwnedFd>,
}

impl Channels {
    /// Nothing.
    pub fn none() -> Self {
        Self {
            stdin: Stdio::null(),
            stdout: Stdio::null(),
            stderr: Stdio::null(),
            #[cfg(unix)]
            third: None,
        }
    }
}
