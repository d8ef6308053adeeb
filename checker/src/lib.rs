//! The checker: from a student's source to a verdict.
//!
//! ```text
//! source ──build──▶ probe ──run──▶ trace ──judge──▶ verdict ──show──▶ terminal · timeline · report
//! ```
//!
//! Data goes one way. Read the modules in this order:
//!
//! 1. [`course`]: which tasks there are, and [`tasks`]: the scenarios and laws of each;
//! 2. [`scenario`]: what one run depends on, and [`protocol`]: how a probe is asked for runs;
//! 3. inside the probe, beside the student's code: [`probe`](mod@probe) answers the request, [`subject`] is
//!    the student's function, [`generator`] the randomness it is given, [`clock`] runs it under virtual time, and
//!    `recorder` and `watcher` write down what it does;
//! 4. [`trace`]: what happened, as plain data;
//! 5. outside again: [`supervise`] keeps the probe within its limits, [`law`] says what a trace breaks, [`source`]
//!    points at lines, [`picture`] is what a run looks like, [`snapshot`] compares it with reviewed ones, [`judge`]
//!    puts them together, [`tape`] keeps what it needs for that;
//! 6. [`verdict`] and [`code`]: what is said of a task; [`screen`] and [`timeline`]: how a person sees it;
//! 7. [`ask`]: how another program gets a verdict from a probe, and [`system`]: what differs between systems.
//!
//! Where code is built is no concern of this crate: `xtask` builds probes, and so does `cargo test`.

#[cfg(not(tokio_unstable))]
#[doc(hidden)]
#[macro_export]
macro_rules! probe {
    ($($subject:tt)*) => {
        compile_error!(
            "the checker watches tokio through hooks that need `--cfg tokio_unstable`; `.cargo/config.toml` sets it, \
             but an environment variable RUSTFLAGS (even an empty one) replaces that: unset RUSTFLAGS"
        );
        fn main() {}
    };
}

pub mod contract;
pub mod format;
pub mod judge;
pub mod rules;
pub mod run;
pub mod show;
pub mod source;
pub mod system;
pub mod tasks;
pub mod timeline;
pub mod trace;
#[cfg(test)]
mod trial;
pub mod verdict;

#[cfg(tokio_unstable)]
pub mod harness;
#[cfg(tokio_unstable)]
pub mod worker;
