//! The probe: connects this crate's function, and those it builds on, to the checker. `cargo test` and
//! `cargo xtask check` both run it.
#![allow(
    clippy::redundant_closure,
    reason = "what is `#[track_caller]` names this file only if called here"
)]

use checker::subject;

checker::probe![
    subject::wait_random(|rng, max_delay| Box::pin(basic_coroutine::wait_random(rng, max_delay))),
    subject::task_wait_random(|rng, max_delay| tasks::task_wait_random(rng, max_delay)),
];
