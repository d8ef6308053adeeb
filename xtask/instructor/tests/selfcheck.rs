//! The course checks itself, as a test. What it checks: see `xtask/instructor/src/selfcheck.rs`.
//!
//! The kit, which grades a class, builds all known solutions. Here cargo builds a sample of them as well, one for each
//! verdict, and both must do the same. To compare all of them takes longer than CI has: `cargo xtask selfcheck` does it.

use std::path::Path;
use std::process::Command;

#[test]
fn every_stub_solution_and_mistake_gets_the_verdict_it_states() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    // no more than there are processors: `cargo xtask test` runs other tests at the same time, and a machine that is too busy
    // judges nothing
    let jobs = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    let mut selfcheck = Command::new(env!("CARGO_BIN_EXE_instructor"));
    // with the limits of a student's check: with less time, a right solution that wakes up every millisecond is too slow
    // on a busy machine
    selfcheck.args(["selfcheck", "--sample", "--jobs", &jobs]);
    let output = selfcheck.current_dir(root).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{printed}");
    assert!(output.status.success(), "{printed}");
    // where there is no kit, cargo builds all of them, and nothing is compared
    if cfg!(target_os = "linux") {
        assert!(printed.contains("do the same in every public run"), "{printed}");
    }
}
