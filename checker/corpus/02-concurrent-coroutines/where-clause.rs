//! verdict: passed
//! The same bounds in a `where` clause, other parameter names, and full paths instead of imports.

/// Runs `count` coroutines at once, and returns their delays in ascending order.
pub async fn wait_n<G>(
    generator: &mut G,
    count: usize,
    longest: core::time::Duration,
) -> std::vec::Vec<core::time::Duration>
where
    G: rand::Rng + rand::SeedableRng + core::marker::Send + 'static,
{
    use futures::StreamExt as _;

    std::iter::repeat_with(|| basic_coroutine::wait_random(generator.fork(), longest))
        .take(count)
        .collect::<futures::stream::FuturesUnordered<_>>()
        .collect()
        .await
}
