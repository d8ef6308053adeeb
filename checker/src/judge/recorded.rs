//! A recording: all that a verdict is reached from, kept so that it can be reached again without running anything.
//!
//! `cargo xtask selfcheck --record DIR` makes one of each known solution, and `checker/tests/replay.rs` judges them again:
//! in seconds it tells what a change of the rules does to hundreds of verdicts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::contract::request::Options;
use crate::contract::scenario::Scenario;
use crate::judge;
use crate::run::client::Error;
use crate::run::{self, Observations, Start};
use crate::show::svg;
use crate::show::{self, Style};
use crate::tasks::{self, Task};
use crate::verdict::{TaskReport, Verdict};

/// What one task's harness was asked for, and what was observed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recorded {
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

impl Recorded {
    /// Runs `task` in `harness` as often as its verdict needs.
    pub fn record(
        task: &'static Task,
        harness: &dyn Start,
        options: &Options,
    ) -> Result<Self, Error> {
        let mut stages = Vec::new();
        let mut observe = |scenarios: &[Scenario]| {
            let seen = run::observe(harness, task.function, scenarios, options.limits)?;
            stages.push(Stage { scenarios: scenarios.to_vec(), seen: seen.clone() });
            Ok(seen)
        };
        if let Ok(dependency) = judge::observe_dependency(task, options.limits, &mut observe)? {
            judge::by(task, harness.crate_dir(), options, &dependency, observe)?;
        }
        Ok(Self {
            function: task.function.into(),
            crate_dir: harness.crate_dir().into(),
            options: *options,
            stages,
        })
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

/// A known solution's tape, and what must come of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    /// The verdict that its header states: `failed E-sequential`.
    pub stated: String,
    /// Everything that was said of it when it was recorded, by [`said`].
    pub said: String,
    pub recording: Recorded,
}

/// Everything that is said of a task: for programs, in the terminal, and drawn.
pub fn said(task: &Task, verdict: Verdict) -> String {
    let report = TaskReport::new(task, verdict);
    let json = serde_json::to_string_pretty(&report).expect("plain data");
    let drawn = report.verdict.evidence.as_ref().map_or_else(String::new, |evidence| {
        let yours = ("yours", &evidence.yours);
        let expected = evidence.expected.as_ref().map(|expected| ("expected", expected));
        svg::draw(&evidence.call, &[yours].into_iter().chain(expected).collect::<Vec<_>>())
    });
    format!("{json}\n{}\n{drawn}", show::explanation(&report, Style::plain()))
}
