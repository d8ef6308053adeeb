//! The Rust programs: copied into a package of their own, put under virtual time, built by one call of cargo.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::course::share_libraries;
use crate::program::{Program, list, read, repository};

/// A wrong program that the test adds, to see that it is noticed.
pub const NEVER_ENDS: &str = "never_ends";

/// The built program of this name.
pub fn built(name: &str) -> &'static Path {
    static BUILT: OnceLock<HashMap<String, PathBuf>> = OnceLock::new();
    &BUILT.get_or_init(|| build(&generated_workspace()))[name]
}

/// Writes the package. The students' crates are not among its dependencies: a lesson's program has to work before
/// any task is solved.
fn generated_workspace() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lessons");
    let mut manifest: toml::Table = read(&repository().join("Cargo.toml")).parse().unwrap();
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    for key in ["members", "default-members", "exclude"] {
        workspace.remove(key);
    }
    let shared = workspace["dependencies"].as_table_mut().unwrap();
    shared.retain(|_, dependency| dependency.get("path").is_none());
    // the first lesson's crate builds on no other
    let lesson: toml::Table =
        read(&repository().join("crates/01-basic-coroutine/Cargo.toml")).parse().unwrap();
    manifest.insert("dependencies".into(), lesson["dependencies"].clone());
    let package = [("name", "lessons"), ("version", "0.0.0"), ("edition", "2024")];
    let package = package.map(|(key, value)| (key.to_string(), value.into()));
    manifest.insert("package".into(), toml::Table::from_iter(package).into());

    // (the flags for the compiler are those of the repository, in whose folder this lies)
    let _ = std::fs::remove_dir_all(root.join(".cargo"));
    write(&root.join("Cargo.lock"), &read(&repository().join("Cargo.lock")));
    write(&root.join("Cargo.toml"), &manifest.to_string());
    write(&root.join("virtual_time.rs"), include_str!("virtual_time.rs"));
    for program in Program::all() {
        let source = under_virtual_time(&read(&program.rust));
        write(&root.join("examples").join(program.name + ".rs"), &source);
    }
    share_libraries(&root.join("target"));
    let never_ends = "fn main() { loop { std::thread::park(); } }";
    write(&root.join("examples").join(NEVER_ENDS.to_string() + ".rs"), never_ends);
    for old in list(&root.join("examples")) {
        let name = old.file_stem().unwrap().to_string_lossy();
        if name != NEVER_ENDS && !Program::all().iter().any(|program| program.name == name) {
            std::fs::remove_file(old).unwrap();
        }
    }
    root
}

/// The program with a clock that is paused at the start, and with the time in front of each line.
fn under_virtual_time(source: &str) -> String {
    let paused = "#[tokio::main(flavor = \"current_thread\", start_paused = true)]";
    let source = source
        .replace("#[tokio::main(flavor = \"current_thread\")]", paused)
        .replace(".build()", ".start_paused(true).build().map(virtual_time::on)")
        .replace("fn main() {", "fn main() { let _end = virtual_time::begin();");
    format!("#[macro_use] #[path = \"../virtual_time.rs\"] mod virtual_time; {source}")
}

fn build(root: &Path) -> HashMap<String, PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        .args(["build", "--examples", "--message-format", "json-render-diagnostics"])
        // a folder of its own: two workspaces that share one could run each other's programs
        .args(["--target-dir", "target"])
        // they would replace the flags that tokio needs
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_RUSTFLAGS");
    let output = cargo.stderr(Stdio::piped()).output().expect("cargo is there");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the programs do not compile:\n{printed}");
    let messages = String::from_utf8_lossy(&output.stdout);
    let program = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let name = message["target"]["name"].as_str()?.to_string();
        Some((name, message["executable"].as_str()?.into()))
    };
    messages.lines().filter_map(program).collect()
}

/// Leaves alone what is unchanged, so that cargo need not build it again.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
