//! The probe: connects this crate's function to the checker. `cargo test` and `cargo xtask check` both run it.

use std::process::ExitCode;

use checker::{Probe, subject};

fn main() -> ExitCode {
    Probe::new(env!("CARGO_MANIFEST_DIR"))
        .on(subject::wait_random(|rng, max_delay| {
            Box::pin(basic_coroutine::wait_random(rng, max_delay))
        }))
        .on(subject::task_wait_random(tasks::task_wait_random))
        .judge(subject::task_wait_n(|rng, n, max_delay| {
            Box::pin(task_based_wait::task_wait_n(rng, n, max_delay))
        }))
}
