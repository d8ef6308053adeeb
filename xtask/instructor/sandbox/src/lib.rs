//! Runs a program that nobody trusts, kept apart from the machine that it runs on.
//!
//! [`policy`] says what a program may do, and how well the machine can hold it to that ([`Level`]). A program is started
//! by [`spawn`]: the process that wants it starts itself again as a launcher ([`help_out`]), which drops its privileges and
//! then becomes the program. [`best_level`] probes what the machine can do.
//!
//! Where there is no Linux, there is no level at all: nothing can be started.

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
    /// What it finds as its descriptor 3.
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
