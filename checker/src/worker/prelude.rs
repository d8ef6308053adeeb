//! Everything that a task's file needs to make the [`Subject`] of its function.

pub use std::time::Duration;

pub use tokio::runtime::Runtime;
pub use tokio::task::JoinHandle;

pub use crate::contract::jobs::{JobList, JobOutputs};
pub use crate::contract::waits::{Durations, WaitInput};
pub use crate::worker::generator::{Generator, OnlyRng, Role};
pub use crate::worker::job::{Job, JobOutput, jobs, outputs};
pub use crate::worker::manner::awaited;
pub(crate) use crate::worker::recorder::record;
pub use crate::worker::subject::{Boxed, BoxedSend, Subject, all_at_once};
