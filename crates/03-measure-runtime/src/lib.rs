#![doc = include_str!("../README.md")] // the lesson, for `cargo doc`: leave it as it is
#![allow(unused_imports, unused_variables)] // delete this line when you begin

use std::time::Duration;

use concurrent_coroutines::wait_n;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;

/// Runs `wait_n` on `runtime`, and returns the time it took, divided by `n`.
///
/// This is a regular function, not an `async` one, so there is no `.await` in it: hand `wait_n` to
/// the runtime and let it run to its end. Measure the time that passes meanwhile, on the clock of
/// that runtime.
///
/// - `runtime` is the runtime to use. Build no other.
/// - `rng`, `n` and `max_delay` are for `wait_n`.
/// - The result is elapsed time / `n`, exact to a microsecond. If `n` is zero, it is zero.
///
/// # Good to know
///
/// - There are two types called `Instant`: the one of `std::time` and the one of `tokio::time`.
///   The lesson says which of them follows the runtime's clock, and where to ask it.
/// - A `Duration` can be divided by a `u32`: `elapsed / n as u32`. Dividing by zero panics.
///
/// Check your work with `cargo xtask check 3`.
pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(
    runtime: &Runtime,
    rng: &mut R,
    n: usize,
    max_delay: Duration,
) -> Duration {
    todo!("run wait_n(rng, {n}, {max_delay:?}) on runtime, return the time it took divided by {n}")
}
