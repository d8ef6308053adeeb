//! The process that makes the checks for `watch`, without the screen around it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use checker::tasks::Task;
use checker::verdict::{Outcome, Report};
use xtask::build::Builder;

use crate::course_copy::{CourseCopy, run};

/// The process that checks for `watch`.
pub struct Resident {
    process: Child,
    tasks: Option<ChildStdin>,
    reports: BufReader<ChildStdout>,
}

impl Resident {
    pub fn start(copy: &CourseCopy, builder: Builder) -> Result<Self> {
        run(&mut copy.cargo("build", &["--manifest-path", "xtask/Cargo.toml"]), 0)?;
        let builder = match builder {
            Builder::Cargo => "cargo",
            Builder::Kit => "kit",
        };
        let mut process = Command::new(copy.target().join("debug/xtask"))
            .args(["check", "--resident", "--builder", builder])
            .current_dir(copy.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start xtask")?;
        let tasks = process.stdin.take();
        let reports = BufReader::new(process.stdout.take().context("it was to be piped")?);
        Ok(Self { process, tasks, reports })
    }

    /// Lets it check `task`, and checks the outcome.
    pub fn check(&mut self, task: &Task, outcome: Outcome) -> Result<()> {
        let tasks = self.tasks.as_mut().context("it was to be piped")?;
        writeln!(tasks, "{}", task.name).context("xtask has ended")?;
        let mut line = String::new();
        self.reports.read_line(&mut line).context("xtask has ended")?;
        let report: std::result::Result<Report, String> =
            serde_json::from_str(&line).with_context(|| format!("xtask said: {line}"))?;
        let report = report.map_err(anyhow::Error::msg)?;
        let got = report.tasks.last().map(|line| line.verdict.outcome);
        if got != Some(outcome) {
            bail!("{} must be {outcome:?}, but is {got:?}", task.name);
        }
        Ok(())
    }
}

impl Drop for Resident {
    fn drop(&mut self) {
        self.tasks = None;
        let _ = self.process.wait();
    }
}
