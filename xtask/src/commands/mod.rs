//! The commands, one file each.

pub mod check;
pub mod explain;
pub mod hint;
pub mod instructors;
pub mod list;
pub mod migrate;
pub mod progress;
pub mod reset;
pub mod solution;
pub mod test;
pub mod timeline;
pub mod watch;
