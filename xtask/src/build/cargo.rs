//! The cargo builder: from the crates of a generated workspace to harnesses, by one call of cargo for all of them.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use checker::run::client::Program;
use checker::tasks::{self, Task};
use serde::Deserialize;

use super::fault::{self, KILLED};
use super::trouble::Trouble;
use super::{Harness, Package, generated_workspace, message};

mod test_programs;

pub use test_programs::{TestProgram, test_programs};

/// What cargo made of each package that was asked for.
#[derive(Debug, Default)]
pub struct Built {
    pub packages: HashMap<String, Package>,
    /// What cargo printed beside the compiler's messages. It names broken manifests.
    pub cargo_output: String,
    pub success: bool,
    /// Errors of the compiler that belong to no line of any file.
    placeless: String,
}

/// The few fields of cargo's messages that are needed here. (The crate cargo_metadata has all of them, but it would take a
/// tenth of the first build.)
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact {
        package_id: String,
        manifest_path: PathBuf,
        target: Target,
        profile: Profile,
        executable: Option<PathBuf>,
        filenames: Vec<PathBuf>,
    },
    #[serde(rename = "compiler-message")]
    Compiler { package_id: String, target: Target, message: message::Message },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

impl Target {
    fn is(&self, kind: &str) -> bool {
        self.kind.iter().any(|k| k == kind)
    }
}

/// Options that let a quiet cargo show its progress on a terminal. (`xtask/start` does the same for the commands.)
pub const PROGRESS: [&str; 4] =
    ["--config", "term.progress.when='always'", "--config", "term.progress.width=60"];

/// A cargo command for the workspace at `root`. It removes flags from the environment that would replace the flags that
/// the checker needs.
pub fn cargo(root: &Path, subcommand: &str, target_dir: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        .arg(subcommand)
        .arg("--target-dir")
        .arg(target_dir)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_RUSTFLAGS");
    // the cargo that started this process has set these, but they are not meant for the crates
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Replaces this process by `command`, a call of cargo. So a signal to this process reaches cargo, and the program that
/// cargo starts. (`xtask/start` does the same.)
#[cfg(unix)]
pub fn go_on_as(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start cargo")
}

/// Waits for `command`, a call of cargo, and ends with the same exit code.
#[cfg(not(unix))]
pub fn go_on_as(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("cannot start cargo")?;
    Ok(ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)))
}

/// Builds the harnesses of crates of the generated workspace at `root`. Each crate is given by its package, and by the
/// folder that it is judged with (where its snapshots are).
///
/// # Errors
/// If cargo can't be started, or a fault of the machine prevents the build.
pub fn harnesses(
    root: &Path,
    target_dir: &Path,
    crates: &[(String, PathBuf)],
    colour: bool,
) -> Result<Built> {
    let format = if colour { "json-diagnostic-rendered-ansi" } else { "json" };
    let mut command = cargo(root, "build", target_dir);
    command.args(["--keep-going", "--message-format", format]);
    for (package, _) in crates {
        command.args(["-p", &generated_workspace::harness_of(package)]);
    }
    let folders = crates.iter().cloned().collect();
    let mut built = Built::default();
    (built.success, built.cargo_output) =
        run(&mut command, |message| built.take(message, &folders))?;
    built.take_deaths();
    if built.packages.values().all(|package| package.not_built.is_none())
        && let Some(advice) = built.trouble(root)
    {
        bail!("{advice}");
    }
    Ok(built)
}

/// A library that cargo made, with the name that sources use for it.
pub struct Artifact {
    pub name: String,
    pub files: Vec<PathBuf>,
}

/// All libraries that cargo has made for the commands. The kit's crates are among them. So nothing is compiled again, and
/// no manifest of a student has any influence on them.
pub fn artifacts(root: &Path, target_dir: &Path) -> Result<Vec<Artifact>> {
    let mut command = cargo(root, "build", target_dir);
    command.args(["--manifest-path", "xtask/Cargo.toml"]);
    command.args(["--message-format", "json-render-diagnostics"]);
    let mut artifacts = Vec::new();
    let (success, output) = run(&mut command, |message| {
        if let Message::Artifact { target, filenames, .. } = message
            && !target.is("custom-build")
            && !target.is("bin")
        {
            artifacts.push(Artifact { name: target.name.replace('-', "_"), files: filenames });
        }
    })?;
    if !success {
        bail!("cargo cannot build the kit's crates:\n{}", output.trim());
    }
    Ok(artifacts)
}

/// Runs cargo; returns whether it succeeded, and its output beside its messages.
fn run(command: &mut Command, mut take: impl FnMut(Message)) -> Result<(bool, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo; is the Rust toolchain on the PATH?")?;
    let stderr = child.stderr.take().expect("piped");
    let output = std::thread::spawn(move || watch(stderr));
    let stdout = BufReader::new(child.stdout.take().expect("piped"));
    for line in stdout.lines() {
        // a line that is not a message comes from a build script, or from a newer cargo
        let message = line.ok().and_then(|line| serde_json::from_str(&line).ok());
        take(message.unwrap_or(Message::Other));
    }
    let status = child.wait().context("cargo went away")?;
    if status.code().is_none() {
        bail!(
            "cargo was killed from outside ({status})\n\n  next: {KILLED} Then run the same command again"
        );
    }
    Ok((status.success(), output.join().unwrap_or_default()))
}

/// A compiler that died while it compiled a package, as cargo reports it.
#[derive(Debug, PartialEq)]
struct Dead {
    package: String,
    /// The signal that ended it, if one did.
    signal: Option<i32>,
    /// How it ended, in cargo's words: `signal: 9, SIGKILL: kill`.
    how: String,
}

/// Finds the compilers that died in what cargo printed.
fn deaths(cargo_output: &str) -> Vec<Dead> {
    let mut deaths = Vec::new();
    let mut package = None;
    for line in cargo_output.lines() {
        if let Some((_, rest)) = line.split_once("could not compile `") {
            package = rest.split('`').next();
        }
        if let Some((_, call)) = line.split_once("process didn't exit successfully: `")
            && let (Some(package), Some((_, how))) = (package, call.rsplit_once(" ("))
        {
            let how = how.trim_end_matches(')').to_string();
            let number = how.strip_prefix("signal: ").and_then(|rest| rest.split(',').next());
            let signal = number.and_then(|number| number.parse().ok());
            deaths.push(Dead { package: package.into(), signal, how });
        }
    }
    deaths
}

impl Built {
    /// Records compilers that died, because the compiler has no message about that.
    fn take_deaths(&mut self) {
        for Dead { package, signal, how } in deaths(&self.cargo_output) {
            let package = self.packages.entry(crate_of(&package).into()).or_default();
            let complains =
                !package.library_errors.is_empty() || !package.harness_errors.is_empty();
            match signal {
                Some(number) if !fault::is_a_crash(number) => {
                    let name = fault::signal(number);
                    let why = format!("The compiler was killed from outside ({name}). {KILLED}");
                    package.not_built = Some(why);
                }
                _ if complains => {}
                _ => package.library_errors.push(format!("The compiler crashed ({how}).")),
            }
        }
    }

    /// What to do, if the machine prevented the build, and not the student's code.
    fn trouble(&self, root: &Path) -> Option<String> {
        if self.success {
            return None;
        }
        let output = format!("{}\n{}", self.placeless, self.cargo_output);
        let trouble = Trouble::of_output(&output)?;
        if trouble == Trouble::OldToolchain {
            // this toolchain has built the commands, so a task's manifest asks for another one
            return None;
        }
        let advice = trouble.advice(root, &output);
        let mut errors: Vec<&str> =
            output.lines().filter(|line| line.starts_with("error")).collect();
        errors.dedup();
        let errors = errors.join("\n  ");
        Some(format!("{}\n\n  {errors}\n\n  next: {}", advice.sentence, advice.next))
    }

    /// Records a message. `folders` are the folders that crates are judged with.
    fn take(&mut self, message: Message, folders: &HashMap<String, PathBuf>) {
        match message {
            Message::Artifact { package_id, executable: Some(path), .. } => {
                let name = name_of(&package_id);
                let tested = generated_workspace::tested_by(&name);
                if let Some((name, crate_dir)) = tested.and_then(|name| folders.get_key_value(name))
                {
                    let program = Program { path, crate_dir: crate_dir.clone() };
                    let package = self.packages.entry(name.clone()).or_default();
                    package.harness = Some(Harness::Program(program));
                }
            }
            Message::Compiler { package_id, target, message } => {
                let name = name_of(&package_id);
                let of_the_harness = generated_workspace::tested_by(&name).is_some();
                let rendered = message.edited(task_of(crate_of(&name)));
                if message.level == "error" && message.spans.is_empty() {
                    self.placeless.push_str(&message::plain(&rendered));
                }
                let package = self.packages.entry(crate_of(&name).into()).or_default();
                if let Some(why) = fault::of_message(&message) {
                    package.not_built = Some(why);
                    return;
                }
                match message.level.as_str() {
                    "error" if of_the_harness => package.harness_errors.push(rendered),
                    "error" if target.is("lib") => package.library_errors.push(rendered),
                    "warning" if target.is("lib") => package.warnings.push(rendered),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The package that a message is about: a harness counts as a part of the crate that it tests.
fn crate_of(package: &str) -> &str {
    generated_workspace::tested_by(package).unwrap_or(package)
}

/// The package's name in an id such as `path+file:///a/crates/04-tasks#tasks@0.1.0` (or `…/tasks#0.1.0`).
fn name_of(id: &str) -> String {
    let (path, fragment) = id.split_once('#').unwrap_or((id, ""));
    match fragment.split_once('@') {
        Some((name, _)) => name.to_string(),
        None => path.rsplit('/').next().unwrap_or(path).to_string(),
    }
}

/// The task that a package solves: the course's own package, or one of the source overrides beside it.
fn task_of(package: &str) -> Option<&'static Task> {
    tasks::by_name(package.split("--").next().unwrap_or(package))
}

/// Reads what cargo prints, and shows that a long build is still running.
fn watch(stderr: impl Read) -> String {
    const LONG: Duration = Duration::from_millis(1500);
    let terminal = std::io::stderr().is_terminal();
    let start = Instant::now();
    let mut output = String::new();
    let mut shown = false;
    for line in BufReader::new(stderr).lines() {
        let Ok(line) = line else { break };
        let compiling = line.trim_start().strip_prefix("Compiling ").map(str::to_string);
        if let Some(package) = compiling.filter(|_| start.elapsed() > LONG) {
            let package = package.split_whitespace().next().unwrap_or_default();
            if terminal {
                eprint!("\r\x1b[Kbuilding {package} … (only the first build is slow)");
                let _ = std::io::stderr().flush();
            } else if !shown {
                eprintln!("building … (only the first build is slow)");
            }
            shown = true;
        }
        output.push_str(&line);
        output.push('\n');
    }
    if shown && terminal {
        eprint!("\r\x1b[K");
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_that_died_is_found_in_what_cargo_says() {
        let output = "   Compiling tasks v0.1.0\nerror: could not compile `tasks` (lib)\n\nCaused by:\n  process didn't exit successfully: `/usr/bin/rustc --crate-name tasks (x)` (signal: 9, SIGKILL: kill)\nwarning: build failed, waiting for other jobs to finish...\nerror: could not compile `harness-measure-runtime` (bin \"harness-measure-runtime\")\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 11, SIGSEGV: invalid memory reference)\nerror: could not compile `basic-coroutine` (lib) due to 1 previous error\n";
        let mut built = Built { cargo_output: output.into(), ..Built::default() };
        built.take_deaths();
        let killed = built.packages["tasks"].not_built.as_deref().unwrap();
        assert!(killed.contains("killed from outside (signal 9, SIGKILL)"), "{killed}");
        let crashed = &built.packages["measure-runtime"];
        assert_eq!(crashed.not_built, None);
        assert!(crashed.library_errors[0].contains("SIGSEGV"), "{:?}", crashed.library_errors);
        assert!(!built.packages.contains_key("basic-coroutine"));
    }

    #[test]
    fn a_package_is_known_by_the_name_in_its_id() {
        assert_eq!(name_of("path+file:///home/a/crates/04-tasks#tasks@0.1.0"), "tasks");
        assert_eq!(name_of("path+file:///home/a/tasks#0.1.0"), "tasks");
    }
}
