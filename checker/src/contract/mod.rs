//! The contract: what a task is, on what a run of it depends, and how the judge asks a worker for runs.
//!
//! In: only the types of `trace`. Out: plain data, which both the judge and the worker know.
//!
//! The arguments and the result of a function have types of their own ([`Input`], [`Output`]). [`waits`] has those of
//! part one.

pub mod input;
pub mod jobs;
pub mod manner;
pub mod protocol;
pub mod request;
pub mod scenario;
pub mod space;
pub mod task;
pub mod waits;

pub use input::{Budget, Input, Output, Returned};
pub use task::TaskInfo;
