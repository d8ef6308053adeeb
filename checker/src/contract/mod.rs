//! The contract: what a task is, what one run of it depends on, and how a worker is asked for runs.
//!
//! In: nothing but what a trace is. Out: plain data, which both the judge and the worker know.
//!
//! What a function is given and what it returns has a type of its own ([`Input`], [`Output`]); [`waits`] holds those of
//! part one, [`jobs`] those of functions to which work is handed in.

pub mod input;
pub mod jobs;
pub mod protocol;
pub mod request;
pub mod scenario;
pub mod task;
pub mod waits;

pub use input::{Budget, Input, Output, Returned};
pub use task::TaskInfo;
