//! Copies of the course below `target/`, with the solutions in place. Benchmarks and pictures use them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use checker::tasks::{TASKS, Task};
use xtask::build::cargo;
use xtask::file_tree::FileTree;
use xtask::workspace::Workspace;

/// A copy of the course.
pub struct CourseCopy {
    pub workspace: Workspace,
}

impl CourseCopy {
    /// A copy of the course as it is, called `name`.
    pub fn new(original: &Workspace, name: &str) -> Result<Self> {
        Self::copy(original, name, |manifest| manifest)
    }

    /// A copy of the course with cargo's default settings for building, without the course's own settings for speed.
    pub fn with_default_profile(original: &Workspace, name: &str) -> Result<Self> {
        Self::copy(original, name, |manifest| {
            manifest.split("[profile.").next().unwrap_or_default().to_string()
        })
    }

    fn copy(
        original: &Workspace,
        name: &str,
        manifest: impl FnOnce(String) -> String,
    ) -> Result<Self> {
        let root = original.generated_dir().join("course-copies").join(name);
        let mut tree = FileTree::default();
        for part in [
            "Cargo.lock",
            ".cargo/config.toml",
            "checker/Cargo.toml",
            "checker/codes",
            "checker/kit",
            "checker/solutions",
            "checker/src",
            "checker/manifests",
            "checker/start",
            "checker/stubs",
            "crates",
            "xtask/Cargo.lock",
            "xtask/Cargo.toml",
            "xtask/instructor/Cargo.toml",
            "xtask/instructor/sandbox",
            "xtask/instructor/src",
            "xtask/src",
            "xtask/start",
        ] {
            tree.copy(&original.root.join(part), part)?;
        }
        let text = std::fs::read_to_string(original.root.join("Cargo.toml"))
            .context("cannot read Cargo.toml")?;
        tree.add("Cargo.toml", manifest(text));
        for task in TASKS {
            let solution = format!("checker/solutions/{}.rs", task.folder());
            let lib = Path::new("crates").join(task.folder()).join("src/lib.rs");
            tree.copy(&original.root.join(solution), lib)?;
        }
        tree.write(&root)?;
        Ok(Self { workspace: Workspace { root } })
    }

    pub fn root(&self) -> &Path {
        &self.workspace.root
    }

    pub fn target(&self) -> PathBuf {
        self.root().join("target")
    }

    /// A call of cargo in this copy.
    pub fn cargo(&self, subcommand: &str, args: &[&str]) -> Command {
        let mut command = cargo::cargo(self.root(), subcommand, &self.target());
        command.arg("--quiet").args(args).stdin(Stdio::null());
        command
    }

    /// A call of the commands, as a student makes it.
    pub fn xtask(&self, args: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.arg("xtask").args(args).current_dir(self.root()).stdin(Stdio::null());
        command
    }

    /// The reference solution of `task`, changed so that it was never compiled before.
    pub fn edited(&self, solution: &str) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        // in a statement, so that new code has to be generated
        match solution.split_once("let ") {
            Some((before, after)) => format!("{before}let _ = {now}_u128;\n    let {after}"),
            None => format!("{solution}\n#[allow(dead_code)]\nconst EDIT: u128 = {now};\n"),
        }
    }

    /// Writes a task's file.
    pub fn write(&self, task: &Task, source: &str) -> Result<()> {
        let lib = self.workspace.lib(task);
        std::fs::write(&lib, source).with_context(|| format!("cannot write {}", lib.display()))
    }

    /// The reference solution of `task`.
    pub fn solution(original: &Workspace, task: &Task) -> Result<String> {
        let path = original.root.join("checker/solutions").join(format!("{}.rs", task.folder()));
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }
}

/// Runs a command that must end with the exit code `code`.
pub fn run(command: &mut Command, code: i32) -> Result<Output> {
    let output = command.output().context("cannot start cargo")?;
    if output.status.code() != Some(code) {
        bail!(
            "{command:?} ended with {}:\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output)
}
