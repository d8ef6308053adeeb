//! A recording: all that a verdict is reached from, kept so that it can be reached again without running anything.
//!
//! `cargo xtask selfcheck --record DIR` makes one of each known solution, and `tests/replay.rs` judges them again: it tells in
//! seconds how a change of the rules changes hundreds of verdicts.

use std::path::{Path, PathBuf};

use anyhow::Result;
use checker::contract::request::{JudgeRequest, Options};
use checker::contract::scenario::Scenario;
use checker::judge;
use checker::run::Observations;
use checker::show::svg;
use checker::show::{self, Style};
use checker::tasks::{self, Task};
use checker::verdict::{TaskReport, Verdict};
use serde::{Deserialize, Serialize};
use xtask::build::Harness;

/// What one task's harness was asked for, and what was observed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recording {
    pub function: String,
    /// The crate's folder: the source and the snapshots are not recorded, but read there again.
    pub crate_dir: PathBuf,
    pub options: Options,
    stages: Vec<Stage>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stage {
    scenarios: Vec<Scenario>,
    seen: Observations,
}

impl Recording {
    /// Runs `task` in `harness`, which was built from `crate_dir`, as often as its verdict needs.
    pub fn record(
        task: &'static Task,
        harness: &Harness,
        crate_dir: &Path,
        options: &Options,
    ) -> Result<Self> {
        let mut stages = Vec::new();
        let mut observe = |scenarios: &[Scenario]| -> Result<Observations> {
            let (scenarios, limits) = (scenarios.to_vec(), options.limits);
            let request = JudgeRequest::Observe { scenarios: scenarios.clone(), limits };
            let seen: Observations = harness.ask(&request)?;
            stages.push(Stage { scenarios, seen: seen.clone() });
            Ok(seen)
        };
        if let Ok(dependency) = judge::observe_dependency(task, options.limits, &mut observe)? {
            judge::by(task, crate_dir, options, &dependency, observe)?;
        }
        let function = task.function.into();
        Ok(Self { function, crate_dir: crate_dir.into(), options: *options, stages })
    }

    /// The verdict on what was observed then.
    ///
    /// # Errors
    /// If judging asks for runs that it did not ask for then.
    pub fn verdict(&self) -> Result<Verdict, String> {
        let task = tasks::by_function(&self.function)
            .ok_or_else(|| format!("the course has no function `{}`", self.function))?;
        let mut stages = self.stages.iter();
        let mut observe = |scenarios: &[Scenario]| match stages.next() {
            Some(stage) if stage.scenarios == scenarios => Ok(stage.seen.clone()),
            Some(_) => Err("it asks for other runs than those recorded".to_string()),
            None => Err("it asks for more runs than those recorded".into()),
        };
        match judge::observe_dependency(task, self.options.limits, &mut observe)? {
            Ok(dependency) => judge::by(task, &self.crate_dir, &self.options, &dependency, observe),
            Err(verdict) => Ok(*verdict),
        }
    }
}

/// The recording of a known solution, and what must come of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    /// The verdict that its header states: `failed E-sequential`.
    pub stated: String,
    /// The feedback when it was recorded, by [`feedback`].
    pub feedback: String,
    pub recording: Recording,
}

/// All feedback on a task: for programs, in the terminal, and drawn.
pub fn feedback(task: &Task, verdict: Verdict) -> String {
    let report = TaskReport::new(task, verdict);
    let json = serde_json::to_string_pretty(&report).expect("plain data");
    let drawn = report.verdict.evidence.as_ref().map_or_else(String::new, |evidence| {
        let yours = ("yours", &evidence.yours);
        let expected = evidence.expected.as_ref().map(|expected| ("expected", expected));
        svg::draw(&evidence.call, &[yours].into_iter().chain(expected).collect::<Vec<_>>())
    });
    format!("{json}\n{}\n{drawn}", show::explanation(&report, Style::plain()))
}
