//! Counts threads that a run has started but not ended.

use std::time::Duration;

use tokio::runtime::Runtime;

use crate::system;

/// The number of threads before a run; `None` if the system can't tell.
pub(super) struct Threads(Option<usize>);

impl Threads {
    /// Counts the threads now.
    pub fn count() -> Self {
        Self(system::threads())
    }

    /// No count: a run that is not recorded is quick, and counting takes longer than such a run.
    pub fn uncounted() -> Self {
        Self(None)
    }

    /// How many threads a run has left running. Threads that are about to end get 20 ms for it. Idle threads of the
    /// runtime's blocking pool don't count, because they belong to the runtime.
    pub fn left_over(&self, runtime: &Runtime) -> usize {
        let Some(before) = self.0 else { return 0 };
        let left = || {
            let idle = runtime.metrics().num_idle_blocking_threads();
            let Self(Some(now)) = Self::count() else { return 0 };
            now.saturating_sub(before + idle)
        };
        for _ in 0..20 {
            if left() == 0 {
                return 0;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        left()
    }
}
