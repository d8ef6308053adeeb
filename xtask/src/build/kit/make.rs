//! Makes a kit. First cargo builds the crates, which it shares with everything else that it builds. Then they are linked
//! into one shared library, and the runner is built. At last the kit is tried out.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use checker::contract::request::{Depth, JudgeRequest, Limits};
use checker::contract::task::FOR_STUDENTS;
use checker::run::client::Library;
use checker::run::{Observations, Observed};
use checker::tasks::TASKS;

use super::runner::Runners;
use super::rustc::{Plainly, Rustc, output_of};
use super::{BUILT, IN_USE, MADE, Made, lock};
use crate::build::cargo::{self, Artifact};
use crate::build::stale;
use crate::workspace::Workspace;

/// The runner's place in the kit.
pub const RUNNER: &str = "runner";

/// Makes the kit that is called `name` in `store`.
pub fn make(workspace: &Workspace, store: &Path, name: &str, rustc: &Rustc) -> Result<()> {
    if !cfg!(unix) {
        bail!("its runner copies its own process, which this system can't");
    }
    let target = workspace.root.join("target");
    let sources =
        [("checker", "checker/src"), ("checker", "checker/codes"), ("kit", "checker/kit/src")];
    let sources = sources.map(|(package, folder)| (package, folder.into()));
    stale::forget(&workspace.root, &target, &sources)?;
    let artifacts = cargo::artifacts(&workspace.root, &target)?;

    std::fs::create_dir_all(store).with_context(|| format!("cannot make {}", store.display()))?;
    let folder = store.join(format!(".{name}-{}", std::process::id()));
    // a process that was killed may have had the same number
    let _ = std::fs::remove_dir_all(&folder);
    let made = fill(&folder, workspace, rustc, &artifacts);
    let moved = made.and_then(|()| {
        let place = store.join(name);
        match std::fs::rename(&folder, &place) {
            // another process has made it in the meantime
            Err(_) if place.join(MADE).is_file() => Ok(()),
            moved => moved.with_context(|| format!("cannot write {}", place.display())),
        }
    });
    let _ = std::fs::remove_dir_all(&folder);
    moved?;
    remove_old(store, name);
    Ok(())
}

/// Fills `folder` with a kit.
fn fill(folder: &Path, workspace: &Workspace, rustc: &Rustc, artifacts: &[Artifact]) -> Result<()> {
    let lib = folder.join("lib");
    std::fs::create_dir_all(&lib).with_context(|| format!("cannot make {}", lib.display()))?;
    let artifacts = Artifacts(artifacts);
    artifacts.link_metadata(&lib)?;
    let manifest = root_manifest(workspace)?;
    let edition = manifest["workspace"]["package"]["edition"].as_str().unwrap_or("2024");
    let compiled = artifacts.file("checker", "rlib")?.parent().unwrap_or(Path::new("."));
    let call = |source: &str, name: &str, kind: &str| {
        let mut call = rustc.call(&workspace.root.join("checker/kit/src"));
        call.args(["--crate-name", name, "--crate-type", kind, "--edition", edition, source]);
        call.args(["-C", "prefer-dynamic", "-C", "rpath", "--cfg", "tokio_unstable"]);
        call.arg("-L").arg(format!("dependency={}", compiled.display()));
        call
    };
    let shared = lib.join(format!("libkit{}", std::env::consts::DLL_SUFFIX));
    link_shared_library(call("lib.rs", "kit", "dylib"), artifacts, &shared)?;
    let runner = call("runner/main.rs", "runner", "bin");
    link_runner(runner, artifacts, &shared, &folder.join(RUNNER))?;

    let mut flags = vec!["--edition".to_string(), edition.into()];
    flags.extend(lints(&manifest));
    let externs = artifacts.externs()?;
    let ways = linkings(rustc).into_iter().map(|linking| Made {
        externs: externs.clone(),
        flags: flags.clone(),
        linking,
    });
    let made = first_that_works(folder, rustc, ways)?;
    let json = serde_json::to_vec_pretty(&made)?;
    std::fs::write(folder.join(MADE), json).context("cannot write the kit")
}

/// The crates that a kit consists of.
fn crates_of_a_kit() -> impl Iterator<Item = &'static str> {
    FOR_STUDENTS.into_iter().chain(["checker"])
}

/// What cargo has built.
#[derive(Clone, Copy)]
struct Artifacts<'a>(&'a [Artifact]);

impl<'a> Artifacts<'a> {
    /// The file with this extension of the crate `name`.
    fn file(self, name: &str, extension: &str) -> Result<&'a Path> {
        let artifact = self.0.iter().find(|artifact| artifact.name == name);
        let mut files = artifact.into_iter().flat_map(|artifact| &artifact.files);
        files
            .find(|file| file.extension().is_some_and(|own| own == extension))
            .map(PathBuf::as_path)
            .with_context(|| format!("cargo has made no {name}.{extension}"))
    }

    /// Links the metadata of all crates into `lib`. The shared library contains their code, so their metadata is enough to
    /// compile against.
    fn link_metadata(self, lib: &Path) -> Result<()> {
        for file in self.0.iter().flat_map(|artifact| &artifact.files) {
            let is = |extension| file.extension().is_some_and(|own| own == extension);
            if is("rmeta") || is(std::env::consts::DLL_EXTENSION) {
                link(file, &lib.join(file.file_name().unwrap_or_default()))?;
            }
        }
        Ok(())
    }

    /// The crates that can be compiled against, and the names of their files.
    fn externs(self) -> Result<Vec<(String, PathBuf)>> {
        let file = |name: &str| {
            let file = self.file(name, "rmeta")?.file_name().unwrap_or_default();
            Ok((name.to_string(), PathBuf::from(file)))
        };
        crates_of_a_kit().map(file).collect()
    }
}

/// Adds a crate to a call of the compiler.
fn with_crate(call: &mut Command, name: &str, file: &Path) {
    call.arg("--extern").arg(format!("{name}={}", file.display()));
}

/// Links all crates of the kit into one shared library, `shared`.
fn link_shared_library(mut call: Command, artifacts: Artifacts, shared: &Path) -> Result<()> {
    for name in crates_of_a_kit() {
        with_crate(&mut call, name, artifacts.file(name, "rlib")?);
    }
    if cfg!(target_os = "linux") {
        // so that it is found by its name, wherever it lies
        call.arg("-Clink-arg=-Wl,-soname,libkit.so");
    }
    output_of(call.arg("-o").arg(shared)).context("cannot make the shared library")?;
    Ok(())
}

/// Links the runner with the shared library.
fn link_runner(
    mut call: Command,
    artifacts: Artifacts,
    shared: &Path,
    runner: &Path,
) -> Result<()> {
    with_crate(&mut call, "kit", shared);
    for name in ["checker", "libc", "libloading", "rustix", "serde_json"] {
        with_crate(&mut call, name, artifacts.file(name, "rlib")?);
    }
    if cfg!(target_os = "linux") {
        call.arg("-Clink-arg=-Wl,-rpath,$ORIGIN/lib");
    }
    output_of(call.arg("-o").arg(runner)).context("cannot make the runner")?;
    Ok(())
}

/// The first of these `ways` to compile against the kit in `folder` that works on this machine.
fn first_that_works(
    folder: &Path,
    rustc: &Rustc,
    ways: impl Iterator<Item = Made>,
) -> Result<Made> {
    let mut why = String::new();
    for made in ways {
        match try_out(folder, rustc, &made) {
            Ok(()) => return Ok(made),
            Err(error) => why = format!("{error:#}"),
        }
    }
    bail!("what is compiled against it does not run: {why}")
}

/// Makes a hard link, which needs no space, or a copy where links are not possible.
pub fn link(from: &Path, to: &Path) -> Result<()> {
    std::fs::hard_link(from, to)
        .or_else(|_| std::fs::copy(from, to).map(drop))
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

fn root_manifest(workspace: &Workspace) -> Result<toml::Table> {
    let text = std::fs::read_to_string(workspace.root.join("Cargo.toml"))
        .context("cannot read Cargo.toml")?;
    text.parse().context("in Cargo.toml")
}

/// The lints of the workspace, as cargo passes them to the compiler.
fn lints(manifest: &toml::Table) -> Vec<String> {
    let mut flags = Vec::new();
    let lints = manifest["workspace"].get("lints").and_then(|lints| lints.get("rust"));
    for (name, lint) in lints.and_then(toml::Value::as_table).into_iter().flatten() {
        let level = lint.as_str().or_else(|| lint.get("level")?.as_str()).unwrap_or("warn");
        flags.push(format!("--{level}={name}"));
        let checked = lint.get("check-cfg").and_then(toml::Value::as_array);
        for cfg in checked.into_iter().flatten().filter_map(toml::Value::as_str) {
            flags.extend(["--check-cfg".to_string(), cfg.into()]);
        }
    }
    for known in ["cfg(docsrs,test)", "cfg(feature, values())"] {
        flags.extend(["--check-cfg".to_string(), known.into()]);
    }
    flags
}

/// Ways to link, the quickest first. The quickest is the linker that comes with the compiler, called directly and not by
/// the C compiler.
fn linkings(rustc: &Rustc) -> Vec<Vec<String>> {
    let mut linkings = Vec::new();
    if cfg!(target_os = "linux")
        && let Some(linker) = rustc.tool("rust-lld")
    {
        let mut linking =
            vec![format!("-Clinker={}", linker.display()), "-Clinker-flavor=ld.lld".into()];
        for library in ["libc.so", "libgcc_s.so"] {
            let file = output_of(Command::new("cc").arg(format!("-print-file-name={library}")));
            let folder =
                file.ok().and_then(|file| Some(Path::new(file.trim()).parent()?.to_owned()));
            linking.extend(folder.map(|folder| format!("-Lnative={}", folder.display())));
        }
        linkings.push(linking);
    }
    linkings.push(Vec::new());
    linkings
}

/// Compiles a file like a student's file, and runs it.
fn try_out(folder: &Path, rustc: &Rustc, made: &Made) -> Result<()> {
    const SOURCE: &str = "\
        extern crate kit as _;\n\
        async fn wait<R>(_: R, delay: std::time::Duration) -> std::time::Duration {\n\
            tokio::time::sleep(delay).await;\n\
            delay\n\
        }\n\
        checker::harness![checker::tasks::wait_random::subject(|rng, delay| Box::pin(wait(rng, delay)))];\n";
    let example = folder.join("example");
    std::fs::create_dir_all(&example)?;
    std::fs::write(example.join("example.rs"), SOURCE)?;
    let kit = super::Kit {
        folder: folder.into(),
        name: String::new(),
        rustc: rustc.clone(),
        made: made.clone(),
        runners: Runners::new(folder.join(RUNNER)),
        caller: Arc::new(Plainly),
        anew: None,
        _in_use: None,
    };
    let library = example.join("example.so");
    let mut call = kit.compiler(&example);
    call.env("CARGO_MANIFEST_DIR", &example).args(["--crate-name", "example", "example.rs"]);
    kit.as_harness(&mut call);
    output_of(call.arg("-o").arg(&library))?;
    let library =
        Library { path: library, crate_dir: example.clone(), function: TASKS[0].function.into() };
    let scenarios = TASKS[0].plan(0, Depth::Quick).public;
    let request = JudgeRequest::Observe { scenarios, limits: Limits::default() };
    let seen: Observations = kit.runners.ask(&library, &request)?;
    let first = seen.observed.first().and_then(Observed::run);
    if first.is_none_or(|run| run.trace.events.is_empty()) {
        bail!("nothing is recorded in it");
    }
    let _ = std::fs::remove_dir_all(&example);
    Ok(())
}

/// Removes kits that nothing was made with for two weeks, and that nobody uses.
fn remove_old(store: &Path, name: &str) {
    const OLD: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);
    for entry in std::fs::read_dir(store).into_iter().flatten().flatten() {
        // it changes with every result
        let built = std::fs::metadata(entry.path().join(BUILT)).or_else(|_| entry.metadata());
        let modified = built.and_then(|file| file.modified());
        let old = modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD));
        let removable = || {
            let results = entry.path().join(BUILT);
            !results.is_dir() || lock::alone_now(&results.join(IN_USE)).is_ok()
        };
        if old && entry.path().is_dir() && entry.file_name() != *name && removable() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
