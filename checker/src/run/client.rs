//! The client of a harness. A harness is built with optimisation, and knows its own task. So other programs send it a
//! request, and read one JSON document as the answer.
//!
//! A harness is a program of its own ([`Program`]), or a library that the kit's runner loads ([`Runner`]). The commands need
//! nothing else from the judging half of this crate.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contract::request::JudgeRequest;

/// The argument that makes a harness judge. It reads a [`ProgramRequest`] from its standard input, in JSON, and writes only
/// the answer.
pub const JUDGE: &str = "--judge";

/// A built harness that is a program.
#[derive(Debug, Clone)]
pub struct Program {
    /// The file of the program.
    pub path: PathBuf,
    /// The folder of the crate that it was built from.
    pub crate_dir: PathBuf,
}

/// A built harness that is a library, which the kit's runner loads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Library {
    /// The file of the library.
    pub path: PathBuf,
    /// The folder of the crate that it was built from.
    pub crate_dir: PathBuf,
    /// The function of its own task.
    pub function: String,
}

/// What a harness that is a program reads from its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProgramRequest {
    /// The folder of the crate that it was built from.
    pub crate_dir: PathBuf,
    pub request: JudgeRequest,
}

/// What the kit's runner reads from its standard input: one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
pub struct LibraryRequest {
    pub library: Library,
    pub request: JudgeRequest,
}

/// Why a harness could not be run. It says nothing about the student's code.
#[derive(Debug)]
pub enum Error {
    /// The system refuses to start it.
    Start { program: PathBuf, source: std::io::Error },
    /// There is no temporary folder for its recordings.
    Scratch { folder: PathBuf, source: std::io::Error },
    /// It ended without an answer.
    NoAnswer { said: String },
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { program, source } => {
                write!(f, "cannot start the harness {}: {source}", program.display())
            }
            Self::Scratch { folder, source } => write!(
                f,
                "cannot use the temporary folder {}: {source}\n  set TMPDIR to a folder that can be written to",
                folder.display()
            ),
            Self::NoAnswer { said } => write!(
                f,
                "the harness did not answer: {said}\n  it may be from another version of the course; `cargo clean` builds it anew"
            ),
        }
    }
}

impl Program {
    /// Starts the harness, and returns its answer.
    ///
    /// # Errors
    /// If it can't be started, or does not answer. Whatever the student's code does is a verdict, not an error.
    pub fn ask<Answer: DeserializeOwned>(&self, request: &JudgeRequest) -> Result<Answer, Error> {
        let failed = |source| Error::Start { program: self.path.clone(), source };
        let request =
            ProgramRequest { crate_dir: self.crate_dir.clone(), request: request.clone() };
        let json = serde_json::to_vec(&request).expect("plain data");
        let mut child = Command::new(&self.path)
            .arg(JUDGE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // if the program ends before it has read the request, there is no answer, which is an error below
            let _ = stdin.write_all(&json);
        }
        let output = child.wait_with_output().map_err(failed)?;
        serde_json::from_slice(&output.stdout).map_err(|_| {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
            Error::NoAnswer { said }
        })
    }
}

/// The kit's runner, which waits for requests. It has loaded everything that harnesses have in common.
#[derive(Debug)]
pub struct Runner {
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Runner {
    /// Starts the runner.
    ///
    /// # Errors
    /// If the system can't start it.
    pub fn start(path: &Path) -> Result<Self, Error> {
        let mut process = Command::new(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| Error::Start { program: path.into(), source })?;
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("piped"));
        Ok(Self { process, requests, answers })
    }

    /// Asks a harness, and returns its answer.
    ///
    /// # Errors
    /// If the runner has ended, or can't load or run the harness. Don't use a runner again after an error.
    pub fn ask<Answer: DeserializeOwned>(
        &mut self,
        library: &Library,
        request: &JudgeRequest,
    ) -> Result<Answer, Error> {
        let asked = LibraryRequest { library: library.clone(), request: request.clone() };
        let mute = |said: &dyn fmt::Display| Error::NoAnswer { said: said.to_string() };
        let mut line = serde_json::to_vec(&asked).map_err(|error| mute(&error))?;
        line.push(b'\n');
        let requests = self.requests.as_mut().expect("taken when it is dropped");
        requests.write_all(&line).map_err(|error| mute(&error))?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(|error| mute(&error))?;
        if answer.is_empty() {
            return Err(mute(&"the runner ended without an answer"));
        }
        let answer: Result<Answer, String> =
            serde_json::from_str(&answer).map_err(|error| mute(&error))?;
        answer.map_err(|said| mute(&said))
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // the runner ends when its standard input is closed
        self.requests = None;
        let _ = self.process.wait();
    }
}
