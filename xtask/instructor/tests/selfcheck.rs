//! The course checks itself, as a test. What it checks: see `xtask/instructor/src/selfcheck.rs`.
//!
//! The kit, which grades a class, builds all known solutions. Here cargo builds some fifty of them as well, from all tasks,
//! and both must do the same. To compare all of them takes longer than CI has: `cargo xtask selfcheck` does it.

use std::path::Path;
use std::process::Command;

fn passes(args: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let mut selfcheck = Command::new(env!("CARGO_BIN_EXE_instructor"));
    let output = selfcheck.arg("selfcheck").args(args).current_dir(root).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}");
}

#[test]
fn every_stub_solution_and_mistake_gets_the_verdict_it_states() {
    passes(&["--builder", "kit"]);
    // names with this in them are in every task
    passes(&["--only=-a-"]);
}
