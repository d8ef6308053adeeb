//! Asking a harness: it is built optimised and knows its own task, so whoever wants to know something asks it, and
//! reads one JSON document.
//!
//! A harness is a program of its own ([`Program`]), or a library that the kit's runner loads ([`Runner`]). This is all that
//! the commands need of the judging half of this crate.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contract::request::JudgeRequest;

/// The argument that makes a program judge: it reads a [`ProgramRequest`] from its standard input, in JSON, and writes nothing but
/// the answer.
pub const JUDGE: &str = "--judge";

/// A built harness, and the folder of the crate it was built from.
#[derive(Debug, Clone)]
pub struct Program {
    pub path: PathBuf,
    pub crate_dir: PathBuf,
}

/// A built harness that the kit's runner loads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Library {
    pub path: PathBuf,
    /// The folder of the crate it was built from.
    pub crate_dir: PathBuf,
    /// The function of its own task.
    pub function: String,
}

/// What a program reads from its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProgramRequest {
    /// The folder of the crate it was built from.
    pub crate_dir: PathBuf,
    pub request: JudgeRequest,
}

/// What the runner reads: one line of JSON on its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub struct LibraryRequest {
    pub library: Library,
    pub request: JudgeRequest,
}

/// A harness could not be run: nothing is known of the student's code.
#[derive(Debug)]
pub enum Error {
    /// The system refuses to start it.
    Start { program: PathBuf, source: std::io::Error },
    /// There is no place for what it records.
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
    /// Starts it, and lets it answer.
    ///
    /// # Errors
    /// If it can't be started or doesn't answer. Whatever the student's code does is a verdict, not an error.
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
            // a program that ends before it has read the request gives no answer, which is noticed below
            let _ = stdin.write_all(&json);
        }
        let output = child.wait_with_output().map_err(failed)?;
        serde_json::from_slice(&output.stdout).map_err(|_| {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
            Error::NoAnswer { said }
        })
    }
}

/// The kit's runner, waiting for requests: it has loaded all that harnesses have in common.
#[derive(Debug)]
pub struct Runner {
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Runner {
    /// Starts it.
    ///
    /// # Errors
    /// If the system refuses to.
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

    /// Lets a harness answer.
    ///
    /// # Errors
    /// If the runner has ended, or can't load or run the harness. A runner that has failed once is not to be asked again.
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
            return Err(mute(&"the runner ended before its time"));
        }
        let answer: Result<Answer, String> =
            serde_json::from_str(&answer).map_err(|error| mute(&error))?;
        answer.map_err(|said| mute(&said))
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // it ends when there are no more requests to come
        self.requests = None;
        let _ = self.process.wait();
    }
}
