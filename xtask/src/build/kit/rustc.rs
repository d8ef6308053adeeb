//! The compiler itself, called without cargo.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::ended::Ended;

/// A compiler.
#[derive(Debug, Clone)]
pub struct Rustc {
    /// The real compiler. The one that rustup puts on the PATH needs time to find it.
    program: PathBuf,
    /// What it says about itself: version, commit, host.
    pub version: String,
}

/// What is known about a compiler, as long as its file stays the same.
#[derive(Serialize, Deserialize, PartialEq)]
struct Known {
    program: PathBuf,
    bytes: u64,
    modified: SystemTime,
    version: String,
}

impl Rustc {
    /// The compiler that belongs to the cargo that started this program. `record` is a file that remembers what the compiler
    /// said about itself.
    pub fn find(record: &Path) -> Result<Self> {
        let beside_cargo = std::env::var_os("CARGO")
            .map(|cargo| {
                Path::new(&cargo).with_file_name(format!("rustc{}", std::env::consts::EXE_SUFFIX))
            })
            // rustup's own folder holds no compilers
            .filter(|rustc| rustc.is_file() && !rustc.with_file_name("rustup").exists());
        let program = match beside_cargo {
            Some(rustc) => rustc,
            None => {
                let output = output_of(Command::new("rustc").args(["--print", "sysroot"]))?;
                let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
                Path::new(output.trim()).join("bin").join(name)
            }
        };
        let file = std::fs::metadata(&program)
            .with_context(|| format!("there is no compiler {}", program.display()))?;
        let (bytes, modified) = (file.len(), file.modified()?);
        let known = std::fs::read(record).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let version = match known {
            Some(Known { program: p, bytes: b, modified: m, version })
                if (&p, b, m) == (&program, bytes, modified) =>
            {
                version
            }
            _ => {
                let version = output_of(Command::new(&program).arg("-vV"))?;
                let known = Known { program: program.clone(), bytes, modified, version };
                // without the record, the compiler is asked again next time
                if let Some(folder) = record.parent() {
                    let _ = std::fs::create_dir_all(folder);
                }
                let _ = std::fs::write(record, serde_json::to_vec(&known)?);
                known.version
            }
        };
        Ok(Self { program, version })
    }

    /// A call of the compiler, in the folder that paths are relative to.
    pub fn call(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(folder).stdin(Stdio::null());
        command
    }

    /// The folder of the toolchain.
    pub fn sysroot(&self) -> Option<&Path> {
        self.program.parent()?.parent()
    }

    /// A tool of the toolchain, if it is installed.
    pub fn tool(&self, name: &str) -> Option<PathBuf> {
        let host = self.version.lines().find_map(|line| line.strip_prefix("host: "))?;
        let tool = self.sysroot()?.join("lib/rustlib").join(host).join("bin").join(name);
        tool.is_file().then_some(tool)
    }
}

/// A way to call a compiler. In a class the compiler reads code that nobody has looked at, so there it is called in a
/// sandbox.
pub trait Call: Send + Sync {
    /// Runs `call`. It only needs to read below `read` (and in the toolchain), and to write below `write`. The same call may
    /// be made again.
    ///
    /// # Errors
    /// If it can't be started.
    fn run(&self, call: &mut Command, read: &[PathBuf], write: &Path) -> io::Result<Ended>;
}

/// Calls the compiler like any other program.
pub struct Plainly;

impl Call for Plainly {
    fn run(&self, call: &mut Command, _: &[PathBuf], _: &Path) -> io::Result<Ended> {
        let output = call.output()?;
        Ok(Ended::of(output.status, &output.stderr, None))
    }
}

/// What a command prints.
pub fn output_of(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
