//! The probe: connects this crate's function to the checker. `cargo test` and `cargo xtask check` both run it.

use checker::subject;

checker::probe![subject::wait_random(|rng, max_delay| Box::pin(basic_coroutine::wait_random(
    rng, max_delay
))),];
