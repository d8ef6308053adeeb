//! Injects a few faults into the reference solutions. This tests the engine of `cargo xtask selfcheck --strength`: every mutant
//! compiles and is judged, the table adds up, and a fault that shows everywhere is found. To measure how many faults a check
//! misses takes many more mutants.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

/// How many mutants are made for each size of regions.
const COUNT: usize = 4;

/// A row of the table: how many mutants, and how many of them survive at home and with each secret.
fn row(printed: &str, size: &str) -> [usize; 4] {
    let line = printed.lines().find(|line| line.starts_with(size));
    let line = line.unwrap_or_else(|| panic!("there is no row {size}:\n{printed}"));
    let numbers: Vec<usize> =
        line[size.len()..].split_whitespace().map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap_or_else(|_| panic!("{line}"))
}

#[test]
fn mutants_compile_and_a_fault_that_shows_everywhere_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let kept = tempfile::tempdir().unwrap();
    let mut selfcheck = Command::new(env!("CARGO_BIN_EXE_instructor"));
    selfcheck.args(["selfcheck", "--strength", &COUNT.to_string(), "--limit", "1", "--keep"]);
    let output = selfcheck.arg(kept.path()).current_dir(root).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{printed}");

    let sizes = ["5 %", "1 %", "one n", "everywhere"];
    for size in sizes {
        let [mutants, survivors @ ..] = row(&printed, size);
        assert_eq!(mutants, COUNT, "{size}: all are judged");
        let listed = |who: &str| {
            let of_size = |line: &&str| line.trim_start().starts_with(&format!("{size}: "));
            let survivors = printed.lines().filter(of_size).filter_map(|line| {
                line.rsplit_once("(survives: ").map(|(_, columns)| columns.contains(who))
            });
            survivors.filter(|survives| *survives).count()
        };
        assert_eq!(survivors, ["at home", "secret 1", "secret 2"].map(listed), "{size}");
    }
    assert_eq!(row(&printed, "everywhere"), [COUNT, 0, 0, 0], "{printed}");
    let last = format!("strength: {} mutants, 0 not judged", sizes.len() * COUNT);
    assert!(printed.contains(&last), "{printed}");
    // each survivor is a file with the line of the list in it
    let listed = printed.matches("(survives: ").count();
    assert_eq!(std::fs::read_dir(kept.path()).unwrap().count(), listed);
    // the exit code says whether a goal is missed
    assert_eq!(output.status.success(), !printed.contains("✗"), "{printed}");
}

#[test]
fn the_reference_solutions_pass_at_home_and_in_two_classes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let mut selfcheck = Command::new(env!("CARGO_BIN_EXE_instructor"));
    selfcheck.args(["selfcheck", "--rounds", "2", "--only", "solution"]);
    let output = selfcheck.current_dir(root).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    // five tasks, each judged three times
    assert!(printed.ends_with("rounds: 15 passed, 0 failed\n"), "{printed}");
}
