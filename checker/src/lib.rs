//! The checker: from a student's source to a verdict.
//!
//! ```text
//! source ──build──▶ harness ──run──▶ trace ──judge──▶ verdict ──show──▶ terminal · timeline · report
//! ```
//!
//! Data goes one way. Each folder uses only folders above it (`folders.rs` checks this):
//!
//! | folder | holds |
//! | --- | --- |
//! | [`mod@format`], [`system`] | numbers as people write them; differences between operating systems |
//! | [`trace`] | events, waits, places in the source: what happened, as plain data |
//! | [`contract`] | what a task is, on what one run depends, and how the judge asks a worker for runs |
//! | [`source`] | questions about the text of a student's file |
//! | [`timeline`] | what a run looks like |
//! | [`verdict`] | outcomes, codes, diagnoses, reports |
//! | [`rules`] | the single rules, and the view of a run that they look at |
//! | [`tasks`] | one file for each task: its description, its scenarios, its list of rules |
//! | [`run`] | starts a worker and keeps it within its limits |
//! | [`show`] | terminal screens and drawings |
//! | [`judge`] | puts a verdict together: stages, evidence, snapshots |
//! | `worker` | runs the student's code, in a process of its own: generator, clock, recorder |
//! | `harness` | the program that connects a task's function to all of this |
//!
//! This crate builds nothing. `xtask` builds harnesses, sends them requests, and shows the answers.

#[cfg(not(tokio_unstable))]
#[doc(hidden)]
#[macro_export]
macro_rules! harness {
    ($($subject:tt)*) => {
        compile_error!(
            "the checker watches tokio through hooks that need `--cfg tokio_unstable`; `.cargo/config.toml` sets it, \
             but an environment variable RUSTFLAGS (even an empty one) replaces that: unset RUSTFLAGS"
        );
        fn main() {}
    };
}

pub mod contract;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod folders;
pub mod format;
pub mod judge;
pub mod rules;
pub mod run;
pub mod show;
pub mod source;
pub mod system;
pub mod tasks;
pub mod timeline;
pub mod trace;
pub mod verdict;

#[cfg(tokio_unstable)]
pub mod harness;
#[cfg(tokio_unstable)]
pub mod worker;
