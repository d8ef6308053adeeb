//! The first check has built what a student's first `cargo run`, example and `cargo test` need. cargo builds a library
//! again for other features or another profile, so both workspaces must ask for the same.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use checker::tasks::TASKS;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The external libraries of `package` on this system, each with its features.
fn libraries(manifest: &str, package: &str, edges: &str) -> BTreeSet<String> {
    let mut tree = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    tree.args(["tree", "--offline", "--prefix", "none", "--format", "{p} {f}", "--edges", edges]);
    tree.args(["--package", package, "--manifest-path", manifest]).current_dir(root());
    let output = tree.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // a package of the course has its folder behind its version
    let others = text.lines().filter(|line| !line.contains(" (/") && !line.contains(":\\"));
    others.map(|line| line.trim_end_matches(" (*)").trim_end().to_string()).collect()
}

#[test]
fn the_first_check_builds_every_library_as_the_tasks_need_it() {
    let built = libraries("xtask/Cargo.toml", "xtask", "normal,build");
    // a harness is built of the checker and of what tasks need
    for package in TASKS.map(|task| task.name).into_iter().chain(["checker"]) {
        // a program is built without what only its package's tests need, and cargo chooses features for each
        for edges in ["normal,build", "normal,build,dev"] {
            let needed = libraries("Cargo.toml", package, edges);
            assert!(needed.len() > 20, "{package}: {needed:?}");
            let again: Vec<_> = needed.difference(&built).collect();
            assert!(again.is_empty(), "{package} has these built again: {again:#?}");
        }
    }
}

#[test]
fn no_task_needs_the_checker_which_cargo_would_compile_again_for_it() {
    for task in TASKS {
        let manifest = root().join("crates").join(task.folder()).join("Cargo.toml");
        let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
        for section in ["dependencies", "dev-dependencies"] {
            let named = manifest.get(section).and_then(|table| table.get("checker"));
            assert!(named.is_none(), "{}", task.name);
        }
    }
}

#[test]
fn both_workspaces_build_in_the_same_profile() {
    let profile = |manifest: &str| {
        let text = std::fs::read_to_string(root().join(manifest)).unwrap();
        text.parse::<toml::Table>().unwrap()["profile"]["dev"].clone()
    };
    let (ours, commands) = (profile("Cargo.toml"), profile("xtask/Cargo.toml"));
    for (key, value) in ours.as_table().unwrap().iter().filter(|(key, _)| *key != "package") {
        assert_eq!(commands.get(key), Some(value), "{key}");
    }
    for (package, value) in ours["package"].as_table().unwrap() {
        assert_eq!(commands["package"].get(package), Some(value), "{package}");
    }
}
