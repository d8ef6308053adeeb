//! Grading a class: from a folder of submissions to reports.
//!
//! ```text
//! submissions ──intake──▶ Submission ──grade──▶ Student ──▶ Results ──report──▶ files
//! ```
//!
//! [`intake`] takes the files of a task out of folders and archives, [`results`] is what came of grading them, and
//! [`report`] shows that in the formats that others read.

pub mod intake;
pub mod report;
pub mod results;
