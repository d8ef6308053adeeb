//! What asyncio calls `as_completed`.

use futures::stream::{FuturesUnordered, StreamExt};

/// Runs all futures together, and returns their outputs in the order in which they complete.
pub async fn as_completed<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: FuturesUnordered<F> = futures.into_iter().collect();
    let mut outputs = Vec::with_capacity(running.len());
    while let Some(output) = running.next().await {
        outputs.push(output);
    }
    outputs
}
