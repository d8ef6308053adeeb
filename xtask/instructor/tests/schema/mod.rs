//! Validates JSON with the schemas in docs/.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;

/// The program that validates with a schema, built when it is first needed. (`schemas/Cargo.toml` says why it is a program.)
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/Cargo.toml");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--manifest-path"]).arg(manifest);
    cargo.arg("--target-dir").arg(&target);
    let output = cargo.output().expect("cargo is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug").join(format!("schemas{}", std::env::consts::EXE_SUFFIX))
});

/// The errors of `data` under a schema of docs/, including fields that the schema does not describe.
pub fn errors(schema: &str, data: &Value) -> Vec<String> {
    let mut schema = published(schema);
    close(&mut schema);
    errors_of(&schema, data)
}

/// The errors of `data` under a schema.
pub fn errors_of(schema: &Value, data: &Value) -> Vec<String> {
    let mut program = Command::new(&*PROGRAM);
    let mut running = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let asked = serde_json::to_vec(&(schema, data)).unwrap();
    running.stdin.take().unwrap().write_all(&asked).unwrap();
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "it can't read the schema (its words are above)");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A schema of docs/ as others read it.
pub fn published(schema: &str) -> Value {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    serde_json::from_slice(&std::fs::read(docs.join(schema)).unwrap()).unwrap()
}

/// Makes a schema refuse what it does not describe. (Those of our own formats let new fields come at any time.)
fn close(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.get("type").is_some_and(|kind| kind == "object") {
            object.entry("additionalProperties").or_insert(false.into());
        }
        object.values_mut().for_each(close);
    } else if let Some(all) = schema.as_array_mut() {
        all.iter_mut().for_each(close);
    }
}
