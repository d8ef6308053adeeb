//! `cargo xtask check`: are the tasks right, and if not, why?

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, anyhow};
use checker::contract::request::{Limits, Options};
use checker::show::{self, Style};
use checker::tasks::TASKS;
use checker::verdict::Report;
use clap::{Args, ValueEnum};

use crate::build::Builder;
use crate::workbench::Workbench;
use crate::workspace::Workspace;
use crate::{UNABLE, github, say, watch};

/// Check tasks: are they right, and if not, why?
///
/// Checks all tasks in order, and explains the first one that is not right. In the folder of a task, it checks that task
/// only. You can name a task by its number, package, folder or function.
///
/// Exit codes: 0 all the tasks that you asked for are right; 1 some are not; 2 the command could not do its work.
#[derive(Args)]
pub struct Check {
    /// The tasks to check [default: the one whose folder you are in, or else all]
    #[arg(value_name = "TASK")]
    tasks: Vec<String>,
    /// Explain every task that is not right, not only the first
    #[arg(long)]
    all: bool,
    /// Judge with other random runs
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
    /// How many seconds of real time one run may take
    #[arg(long, default_value = "2", value_name = "SECONDS", value_parser = seconds)]
    limit: Duration,
    /// How to show the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// How to build [default: kit where it works, or else cargo]
    #[arg(long, value_enum)]
    builder: Option<Builder>,
    /// Check the tasks of each line on standard input, for `watch`
    #[arg(long, hide = true)]
    resident: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// Words and timelines for a person
    Human,
    /// One JSON document; docs/report.schema.json describes it
    Json,
    /// Like human, with annotations and a job summary for GitHub Actions
    Github,
}

/// Reads a limit on real time.
///
/// # Errors
/// If it is not a number of seconds, or out of range; in words.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("`{text}` is not a number of seconds"))?;
    let limit = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    let range = Duration::from_millis(100)..=Duration::from_secs(600);
    if range.contains(&limit) {
        Ok(limit)
    } else {
        Err("the limit is between 0.1 and 600 seconds".into())
    }
}

impl Check {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let (mut tasks, unknown) = workspace.tasks(&self.tasks);
        for problem in &unknown {
            eprintln!("error: {problem}");
        }
        if tasks.is_empty() && !unknown.is_empty() {
            return Ok(ExitCode::from(UNABLE));
        }
        if tasks.is_empty() {
            tasks = workspace.task_here().map_or(TASKS.to_vec(), |task| vec![task]);
        }
        let style = Style::of_stdout();
        let limits = Limits { scenario: self.limit, ..Limits::default() };
        let options = Options { seed: self.seed, limits, ..workspace.options() };
        let colour = self.resident || style.colour && self.format == Format::Human;
        let mut workbench = Workbench::new(workspace.clone(), self.builder, colour);
        if self.resident {
            watch::check::resident(workbench, &options)?;
            return Ok(ExitCode::SUCCESS);
        }
        let report = workbench.check(&tasks, &options)?;
        match self.format {
            Format::Json => {
                say(&(serde_json::to_string_pretty(&report).map_err(|e| anyhow!(e))? + "\n"))
            }
            Format::Human => say(&self.shown(&workspace, &report, style)),
            Format::Github => {
                say(&github::log(
                    &report,
                    &self.shown(&workspace, &report, Style::plain()),
                    &workspace.root,
                ));
                github::append_summary(&report)?;
            }
        }
        Ok(match (unknown.is_empty() && report.judged(), report.right()) {
            (false, _) => ExitCode::from(UNABLE),
            (true, true) => ExitCode::SUCCESS,
            (true, false) => ExitCode::FAILURE,
        })
    }

    fn shown(&self, workspace: &Workspace, report: &Report, style: Style) -> String {
        let mut text =
            if self.all { show::everything(report, style) } else { show::report(report, style) };
        if report.right() {
            text.push_str(&crate::commands::progress::next_step(workspace, report, style));
        }
        text
    }
}
