//! How a worker is started: as a process of a harness.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::client::{Error, Program};
use crate::contract::protocol::{ANSWER, Request};
use crate::system::Pipes;

/// A harness that can start a worker.
pub trait Start {
    /// The folder of the crate that it was built from.
    fn crate_dir(&self) -> &Path;

    /// Starts a worker for `request`, in the folder of the crate.
    ///
    /// # Errors
    /// If the system can't start it.
    fn start(&self, request: &Request) -> Result<Started, Error>;
}

/// A worker that was just started.
pub struct Started {
    /// Its process.
    pub process: Box<dyn Process>,
    /// Its standard output and standard error.
    pub output: Pipes,
}

/// A running process: a child, or a copy of the kit's runner.
pub trait Process {
    /// How it ended; `None` if it is still running.
    ///
    /// # Errors
    /// If the system can't tell.
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>>;

    /// Ends it, and waits until it has ended.
    fn kill(&mut self);
}

impl Process for Child {
    fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        Child::try_wait(self)
    }

    fn kill(&mut self) {
        // both fail only if it has ended already
        let _ = Child::kill(self);
        let _ = self.wait();
    }
}

impl Start for Program {
    fn crate_dir(&self) -> &Path {
        &self.crate_dir
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        let failed = |source| Error::Start { program: self.path.clone(), source };
        let json = serde_json::to_vec(request).map_err(|error| failed(error.into()))?;
        let mut child = Command::new(&self.path)
            .current_dir(&self.crate_dir)
            .arg(ANSWER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let output = Pipes::of(&mut child);
        if let Some(mut stdin) = child.stdin.take() {
            // if the worker ends before it has read its request, its answers will be missing
            let _ = stdin.write_all(&json);
        }
        Ok(Started { process: Box::new(child), output })
    }
}
