//! The tasks, one file each: the description of a task, its scenarios, and its rules. The course is all of them, in order.
//!
//! In: the rules. Out: [`TASKS`].

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

/// All tasks, in teaching order.
pub const TASKS: [&Task; 5] = [
    &wait_random::TASK,
    &wait_n::TASK,
    &measure_time::TASK,
    &task_wait_random::TASK,
    &task_wait_n::TASK,
];
