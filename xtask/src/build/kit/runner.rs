//! The kit's runners. There are as many as are used at the same time, and each is kept for the next request.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use checker::contract::request::JudgeRequest;
use checker::run::client::{Error, Library, Runner};
use serde::de::DeserializeOwned;

/// All runners of one kit.
#[derive(Debug, Clone)]
pub struct Runners {
    program: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Runner>>>,
}

impl Runners {
    pub fn new(program: PathBuf) -> Self {
        Self { program: Arc::new(program), idle: Arc::default() }
    }

    /// Starts a runner before it is needed, so that it loads the kit while the compiler works.
    pub fn warm_up(&self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.is_empty() {
            // if it can't be started, the first request reports that
            idle.extend(Runner::start(&self.program));
        }
    }

    /// Sends a request to the harness, by an idle runner or a new one.
    pub fn ask<Answer: DeserializeOwned>(
        &self,
        library: &Library,
        question: &JudgeRequest,
    ) -> Result<Answer, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut runner = match idle {
            Some(runner) => runner,
            None => Runner::start(&self.program)?,
        };
        let answer = runner.ask(library, question)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(runner);
        Ok(answer)
    }
}
