//! The commands, one file each.

pub mod check;
pub mod explain;
#[cfg(feature = "instructor")]
pub mod export;
pub mod hint;
pub mod list;
pub mod progress;
#[cfg(feature = "instructor")]
pub mod quote;
pub mod reset;
#[cfg(feature = "instructor")]
pub mod selfcheck;
pub mod solution;
pub mod test;
pub mod timeline;
pub mod watch;
