//! Grading a class: from a folder of submissions to reports.
//!
//! ```text
//! submissions ──intake──▶ Submission ──grade──▶ Student ──▶ Results ──report──▶ files
//! ```
//!
//! [`command`] runs these steps in order:
//!
//! - [`intake`] takes the files of each task out of folders and archives.
//! - [`checker::rules::before_build`] refuses some files before they are compiled.
//! - [`grade`] compiles and judges in the sandbox that [`confine`] makes. [`store`] keeps verdicts, so that nothing is done
//!   twice.
//! - [`settings`] adds points, due dates and exceptions. The outcome is [`results`].
//! - [`report`] writes the results in the formats that others read. [`changes`] compares them with those of an earlier
//!   grading.
//!
//! [`join`] makes one report from the results of several gradings, for example of the [`shard`]s of a class.
//! [`previous_report`] reads such results.
//!
//! The other modules: `places` checks the folders, and [`lock`] prevents two gradings from writing into the same folder.
//! [`secret`] chooses the secret of the hidden runs. [`similar`] finds files that look alike, and [`review`] finds new traces
//! and their students. [`progress`] and [`summary`] are the output on a terminal. [`incomplete`] handles students whom the
//! machine could not grade.
//!
//! On systems without file descriptors to pass on, a class can't be graded, and the modules for it are left out.

pub mod changes;
#[cfg(unix)]
pub mod command;
#[cfg(unix)]
pub mod confine;
#[cfg(unix)]
pub mod grade;
pub mod incomplete;
pub mod intake;
pub mod join;
pub mod lock;
mod places;
pub mod previous_report;
pub mod progress;
pub mod report;
pub mod results;
pub mod review;
#[cfg(unix)]
pub mod secret;
pub mod settings;
pub mod shard;
pub mod similar;
pub mod store;
pub mod summary;
