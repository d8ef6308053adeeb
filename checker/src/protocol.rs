//! What a probe is asked, and what it answers.
//!
//! A probe is a program with a student's function linked in. Started with [`ANSWER`], it makes the runs of one
//! [`Request`] and writes [`Answer`]s, one JSON document a line, to the file named there. It never judges: it
//! doesn't know what is expected. Standard output and error belong to the student's code alone.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::scenario::{Sample, Scenario};
use crate::trace::{Run, nanos};

/// The argument that makes a probe answer a request, which it reads from standard input before any code of the
/// student's runs.
pub const ANSWER: &str = "--answer-request";

/// How many times the limit a scenario may take that uses the processor, but doesn't get much of it.
pub const PATIENCE: u32 = 4;

/// How many times the limit all runs of a request may take together; those that are left are not made then.
pub const ALL_RUNS: u32 = 8;

/// What a probe is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which of the functions linked into the probe.
    pub function: String,
    pub scenarios: Vec<Scenario>,
    /// Wall time that each scenario may take.
    #[serde(with = "nanos")]
    pub limit: Duration,
    /// Where to write the answers.
    pub answers: PathBuf,
}

/// One line of what a probe answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// The scenario with this index begins.
    Began(usize),
    /// It was recorded.
    Ran(usize, Run),
    /// Its calls gave these samples.
    Sampled(usize, Vec<Sample>),
    /// All scenarios are through. Without this line the process ended before its time.
    Done,
}
