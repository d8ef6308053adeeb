//! Builders: from a task's crate to a harness.
//!
//! There are two builders. [`cargo`] works wherever cargo works. [`kit`] compiles a task by one call of rustc, in a quarter
//! of the time, but only on some systems. Both make the same harness of a crate.

pub mod cargo;
pub mod fault;
pub mod generated_workspace;
pub mod kit;
pub mod known_errors;
pub mod message;
pub mod site;
pub mod stale;
pub mod trouble;

use anyhow::Result;
use checker::contract::request::JudgeRequest;
use checker::run::client::{Error, Library, Program};
use checker::tasks::Task;
use clap::ValueEnum;
use serde::de::DeserializeOwned;

use kit::runner::Runners;

/// A way to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Builder {
    /// One call of cargo for all tasks; works everywhere
    Cargo,
    /// One call of rustc for each task, against a shared library of all that they use
    Kit,
}

/// A builder at work.
pub trait Build: Sync {
    /// Builds a task's crate.
    ///
    /// # Errors
    /// If the builder can't build the crate at all. Messages of the compiler are not errors here: they are in the package.
    fn package(&self, task: &'static Task) -> Result<Package>;
}

/// What a builder made of one package.
#[derive(Debug, Default, Clone)]
pub struct Package {
    /// The harness, if it could be built.
    pub harness: Option<Harness>,
    /// The compiler's errors in the library, as rendered messages.
    pub library_errors: Vec<String>,
    /// The compiler's errors in the harness, if the library compiles: then the student's function doesn't fit.
    pub harness_errors: Vec<String>,
    pub warnings: Vec<String>,
    /// Why the machine could not build the package, and what to do. Then nothing is known about the package.
    pub not_built: Option<String>,
}

/// A built harness, ready to answer requests.
#[derive(Debug, Clone)]
pub enum Harness {
    Program(Program),
    Library(Library, Runners),
}

impl Harness {
    /// Sends a request to the harness, and returns its answer.
    pub fn ask<Answer: DeserializeOwned>(
        &self,
        question: &JudgeRequest,
    ) -> std::result::Result<Answer, Error> {
        match self {
            Self::Program(program) => program.ask(question),
            Self::Library(library, runners) => runners.ask(library, question),
        }
    }
}
