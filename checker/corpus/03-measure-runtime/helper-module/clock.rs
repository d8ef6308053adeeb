use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// Runs a future to completion and tells how long it took on the runtime's clock.
pub fn time<F: Future>(runtime: &Runtime, future: F) -> Duration {
    runtime.block_on(async {
        let start = Instant::now();
        future.await;
        start.elapsed()
    })
}
