//! The contract: what a task is, what one run of it depends on, and how a worker is asked for runs.
//!
//! In: nothing but what a trace is. Out: plain data, which both the judge and the worker know.

pub mod protocol;
pub mod request;
pub mod scenario;
pub mod task;

pub use task::TaskInfo;
