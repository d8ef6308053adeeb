//! The tasks, one file each: what a task is, its scenarios, and its rules; and the course, which is all of them in order.
//!
//! In: the single rules. Out: [`TASKS`].

pub use contract::{Contract, Plan};
pub use course::{by_function, by_name, find, nearest};
pub use task::{RunSet, Task};

mod contract;
mod course;
mod task;
mod waits;

pub mod measure_time;
pub mod task_wait_n;
pub mod task_wait_random;
pub mod wait_n;
pub mod wait_random;

/// All tasks, in teaching order; each stands in a file of its own.
pub const TASKS: [&Task; 5] = [
    &wait_random::TASK,
    &wait_n::TASK,
    &measure_time::TASK,
    &task_wait_random::TASK,
    &task_wait_n::TASK,
];
