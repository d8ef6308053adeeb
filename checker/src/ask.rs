//! Asking a probe: it is built optimised and knows its own task, so whoever wants to know something starts it and
//! reads one JSON document.
//!
//! This is all that the commands need of the judging half of this crate.

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::trace::nanos;
use crate::verdict::Verdict;

/// The environment variable that makes a probe answer a [`Question`], given as JSON. The answer is its only output.
pub const QUESTION: &str = "AWAIT_AND_SEE_QUESTION";

/// A built probe, and the folder of the crate it was built from.
#[derive(Debug, Clone)]
pub struct Program {
    pub path: PathBuf,
    pub crate_dir: PathBuf,
}

/// What a probe can be asked about its own task.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    /// To judge itself: a [`Verdict`].
    Verdict(Options),
    /// To make one run: a [`Verdict`] on how it ended, with the run as its evidence.
    Run(Arguments),
    /// The names of its public scenarios: a list of strings.
    PublicScenarios,
}

/// The arguments of one run, with delays made from a seed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Arguments {
    pub seed: u64,
    /// How many coroutines; the function is called so often if it takes no `n`.
    pub n: usize,
    /// Whole milliseconds.
    #[serde(with = "nanos")]
    pub max_delay: Duration,
    /// Whether every way of drawing yields the same delays, so that two programs can be compared; otherwise the
    /// generator is as random as its seed.
    pub prescribed: bool,
    pub limits: Limits,
}

/// How to judge.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Options {
    /// What the further scenarios are made from.
    pub seed: u64,
    pub limits: Limits,
    /// Whether lawful but new pictures are written as pending snapshots.
    pub write_pending: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 0, limits: Limits::default(), write_pending: may_write() }
    }
}

/// What a probe may take.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// Wall time of one scenario.
    #[serde(with = "nanos")]
    pub scenario: Duration,
    /// Bytes that one call may print.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { scenario: Duration::from_secs(2), output: 1 << 20 }
    }
}

/// Whether pending snapshots may be written, as insta decides it: never under CI, nor with `INSTA_UPDATE=no`.
fn may_write() -> bool {
    let ci = std::env::var_os("CI")
        .is_some_and(|value| !value.is_empty() && value != "0" && value != "false");
    let update = std::env::var("INSTA_UPDATE").unwrap_or_default();
    !ci && update != "no"
}

/// A probe could not be run: nothing is known of the student's code.
#[derive(Debug)]
pub enum Error {
    /// The system refuses to start it.
    Start { program: PathBuf, source: std::io::Error },
    /// There is no place for what it records.
    Scratch { folder: PathBuf, source: std::io::Error },
    /// It ended without an answer.
    Mute { program: PathBuf, said: String },
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { program, source } => {
                write!(f, "cannot start the probe {}: {source}", program.display())
            }
            Self::Scratch { folder, source } => write!(
                f,
                "cannot use the temporary folder {}: {source}\n  set TMPDIR to a folder that can be written to",
                folder.display()
            ),
            Self::Mute { program, said } => write!(
                f,
                "the probe {} did not answer: {said}\n  it may be from another version of the course; `cargo clean` builds it anew",
                program.display()
            ),
        }
    }
}

impl Program {
    /// Lets the probe judge itself.
    ///
    /// # Errors
    /// If it can't be started or doesn't answer. Whatever the student's code does is a verdict, not an error.
    #[inline] // so that a probe, which never asks, is spared the reader of verdicts
    pub fn verdict(&self, options: &Options) -> Result<Verdict, Error> {
        self.ask(&Question::Verdict(*options))
    }

    /// Lets the probe make one run.
    ///
    /// # Errors
    /// As of [`Program::verdict`].
    #[inline]
    pub fn run(&self, arguments: Arguments) -> Result<Verdict, Error> {
        self.ask(&Question::Run(arguments))
    }

    /// The names of the scenarios that have reviewed snapshots.
    ///
    /// # Errors
    /// As of [`Program::verdict`].
    #[inline]
    pub fn public_scenarios(&self) -> Result<Vec<String>, Error> {
        self.ask(&Question::PublicScenarios)
    }

    fn ask<Answer: DeserializeOwned>(&self, question: &Question) -> Result<Answer, Error> {
        let question = serde_json::to_string(question).expect("plain data");
        let output = Command::new(&self.path)
            .env(QUESTION, question)
            .stdin(Stdio::null())
            .output()
            .map_err(|source| Error::Start { program: self.path.clone(), source })?;
        serde_json::from_slice(&output.stdout).map_err(|_| {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
            Error::Mute { program: self.path.clone(), said }
        })
    }
}
