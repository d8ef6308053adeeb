//! Threads that a run has started and not ended.

use std::time::Duration;

use tokio::runtime::Runtime;

use crate::system;

/// How many threads there were before a run.
pub(super) struct Threads(Option<usize>);

impl Threads {
    /// `None` where the system can't tell.
    pub fn count() -> Self {
        Self(system::threads())
    }

    /// Threads that a run has left at work, once those that are just ending have had time to do so. The idle ones
    /// of the runtime's blocking pool are the runtime's.
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
