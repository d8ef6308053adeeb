//! Grading a class: from a folder of submissions to reports.
//!
//! ```text
//! submissions ──intake──▶ Submission ──grade──▶ Student ──▶ Results ──report──▶ files
//! ```
//!
//! [`command`] puts it together. [`intake`] takes the files of a task out of folders and archives, [`checker::rules::before_build`]
//! are what a file is refused for before it is compiled, [`grade`] compiles and judges in the sandbox that [`confine`] makes, and
//! [`store`] keeps verdicts so that nothing is done twice. [`settings`] are points, due dates and exceptions, [`results`] is
//! what comes of it all, [`changes`] compares two of them, and [`report`] shows them in the formats that others read; [`join`] does so for the results of
//! several runs, which [`mod@earlier`] reads back, of the [`part`]s of a class, say. `places` says which folders are fit for all this, [`lock`]
//! keeps two gradings from writing into one of them at once, [`secret`] is what the hidden runs are made from, [`similar`] which files look alike, and [`review`] who shows a new trace; [`progress`] and
//! [`summary`] are what a terminal sees. [`incomplete`] is what becomes of those whom the machine could not grade.
//!
//! Where there are no descriptors to hand over, a class can't be graded: what needs them is left out.

pub mod changes;
#[cfg(unix)]
pub mod command;
#[cfg(unix)]
pub mod confine;
pub mod earlier;
#[cfg(unix)]
pub mod grade;
pub mod incomplete;
pub mod intake;
pub mod join;
pub mod lock;
pub mod part;
mod places;
pub mod progress;
pub mod report;
pub mod results;
pub mod review;
#[cfg(unix)]
pub mod secret;
pub mod settings;
pub mod similar;
pub mod store;
pub mod summary;
