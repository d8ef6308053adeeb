//! The kit: one shared library with the checker, and with all crates that a student's file may use.
//!
//! cargo builds this crate like any other. `xtask` makes a shared library from the same file, and compiles a task
//! against it with one call of rustc, in a quarter of the time that cargo needs. The result is a library, too, which
//! the `runner` beside this file loads.

// Not `pub use`: the names that a task's crate can see through the kit change how the compiler names things in its
// messages. It would say `std::marker::Send` where a build by cargo says `Send`.
extern crate checker as _;
extern crate futures as _;
extern crate rand as _;
extern crate rand_chacha as _;
extern crate tokio as _;
