//! The kit: all that a student's file is compiled against, and the checker, to be made into one shared library.
//!
//! cargo builds this as any crate. What uses the kit (`xtask`) makes a shared library of the same file, and compiles a
//! task against that by one call of rustc, in a quarter of the time that cargo needs for it. The result is a library
//! too, and the `runner` beside this file loads it.

// Not `pub use`: what a task's crate can see through the kit takes part in what the compiler calls things, and it would
// say `std::marker::Send` where cargo's says `Send`.
extern crate checker as _;
extern crate futures as _;
extern crate rand as _;
extern crate rand_chacha as _;
extern crate tokio as _;
