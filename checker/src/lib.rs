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
//! 3. inside the probe (feature `probe`), beside the student's code: [`probe`] answers the request, [`subject`] is
//!    the student's function, [`generator`] the randomness it is given, [`clock`] runs it under virtual time, and
//!    `recorder` and `watcher` write down what it does;
//! 4. [`trace`]: what happened, as plain data;
//! 5. outside again: [`supervise`] keeps the probe within its limits, [`law`] says what a trace breaks, [`source`]
//!    points at lines, [`picture`] is what a run looks like, [`snapshot`] compares it with reviewed ones, [`judge`]
//!    puts them together;
//! 6. [`verdict`] and [`code`]: what is said of a task; [`screen`] and [`timeline`]: how a person sees it;
//! 7. [`ask`]: how another program gets a verdict from a probe, and [`system`]: what differs between systems. With 6,
//!    it is all that there is without the feature `judge`.
//!
//! Where code is built is no concern of this crate: `xtask` builds probes, and so does `cargo test`.

#[cfg(all(feature = "probe", not(tokio_unstable)))]
compile_error!(
    "the checker watches tokio through hooks that need `--cfg tokio_unstable`; `.cargo/config.toml` sets it, but an \
     environment variable RUSTFLAGS (even an empty one) replaces that: unset RUSTFLAGS"
);

pub mod ask;
pub mod code;
pub mod course;
pub mod picture;
pub mod screen;
pub mod source;
pub mod system;
pub mod timeline;
pub mod trace;
pub mod verdict;
pub mod words;

#[cfg(feature = "judge")]
pub mod judge;
#[cfg(feature = "judge")]
pub mod law;
#[cfg(feature = "judge")]
pub mod protocol;
#[cfg(feature = "judge")]
pub mod scenario;
#[cfg(feature = "judge")]
pub mod snapshot;
#[cfg(feature = "judge")]
pub mod supervise;
#[cfg(feature = "judge")]
pub mod tasks;

#[cfg(all(feature = "probe", tokio_unstable))]
pub mod clock;
#[cfg(all(feature = "probe", tokio_unstable))]
pub mod generator;
#[cfg(all(feature = "probe", tokio_unstable))]
pub mod probe;
#[cfg(all(feature = "probe", tokio_unstable))]
mod recorder;
#[cfg(all(feature = "probe", tokio_unstable))]
pub mod subject;
#[cfg(all(feature = "probe", tokio_unstable))]
mod watcher;
