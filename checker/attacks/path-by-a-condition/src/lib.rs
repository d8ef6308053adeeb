//! Says where its module lies by an attribute that depends on a condition (which always holds), and with gaps.
//!
//! It leads to the course's own solution, as the plain attribute would.

#[cfg_attr(all(), path = "../../../checker/solutions/01-basic-coroutine.rs")]
mod solution;

pub use solution::wait_random;
