//! Builders: from a task's crate to a harness.
//!
//! There are two. [`cargo`] works wherever cargo does; [`kit`] compiles a task by one call of rustc, in a quarter of the
//! time, where that is possible. What they make of a crate is the same.

pub mod cargo;
pub mod fault;
pub mod generated;
pub mod kit;
pub mod known_errors;
pub mod message;
pub mod site;
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
    /// What it makes of a task's crate.
    ///
    /// # Errors
    /// If it can't build the crate at all. What the compiler has against it is no error.
    fn package(&self, task: &'static Task) -> Result<Package>;
}

/// What a builder made of one package.
#[derive(Debug, Default, Clone)]
pub struct Package {
    /// The harness, if it could be built.
    pub harness: Option<Harness>,
    /// What the compiler has against the library: rendered messages.
    pub library_errors: Vec<String>,
    /// What it has against the harness, although the library compiles: the student's function doesn't fit.
    pub harness_errors: Vec<String>,
    pub warnings: Vec<String>,
    /// Why the machine could not build it, and what to do: nothing is known of it then.
    pub not_built: Option<String>,
}

/// A built harness, ready to be asked.
#[derive(Debug, Clone)]
pub enum Harness {
    Program(Program),
    Library(Library, Runners),
}

impl Harness {
    /// Lets it answer.
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
