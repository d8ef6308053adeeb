//! The course checks itself, as a test. What it checks: see `xtask/instructor/src/selfcheck.rs`.

use std::path::Path;
use std::process::Command;

#[test]
fn every_stub_solution_and_mistake_gets_the_verdict_it_states() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_instructor"))
        .arg("selfcheck")
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}");
}
