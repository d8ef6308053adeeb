//! Collects the results of tasks in the order in which the tasks finish.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::task::JoinHandle;

/// The tasks that have not finished yet.
#[derive(Default)]
pub struct Gather {
    tasks: FuturesUnordered<JoinHandle<Duration>>,
}

impl Gather {
    /// Adds a task, which runs already.
    pub fn add(&mut self, task: JoinHandle<Duration>) {
        self.tasks.push(task);
    }

    /// Waits until all tasks are done.
    pub async fn finish(mut self) -> Vec<Duration> {
        let mut results = Vec::with_capacity(self.tasks.len());
        while let Some(result) = self.tasks.next().await {
            results.push(result.expect("a task panicked"));
        }
        results
    }
}
