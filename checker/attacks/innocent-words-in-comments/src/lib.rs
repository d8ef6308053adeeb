#![forbid(unsafe_code)]
//! Speaks of std::fs, std::net, std::process, env!, include_str! and unsafe in comments and strings, and uses none.
//!
//! Whoever looks for words has to look at the words of the program. It is right.

use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

/* std::fs::read("/etc/passwd") and #[path = "/etc/passwd"] are no code /* nor is unsafe {} */ in here */
const HINT: &str = "no std::fs::read, no std::env::vars, no include_bytes!, no unsafe { }";
const RAW: &str = r#"use std::process::Command; "unsafe" "#;

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    println!("{HINT} {RAW} \"std::net"); // std::net::TcpStream
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
