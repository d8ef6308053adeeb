//! Reads `course.toml`, and checks its values.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use checker::verdict::Outcome;
use checker::verdict::code::Code;
use jiff::Timestamp;
use serde::Deserialize;

use super::task;
use super::timestamp::timestamp;

/// The name of the file, in the course's folder. Without it, [`CourseFile`]'s defaults are used.
pub const COURSE: &str = "course.toml";

/// The contents of `course.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CourseFile {
    title: String,
    /// When submissions are due: a date (until its end, UTC) or a timestamp with its offset, in quotes or without.
    due: Option<toml::Value>,
    late: Late,
    /// Which part of a task's points a verdict is worth, by its code or its outcome: 0 to 1. Verdicts that are not named are
    /// worth nothing, except `passed`, which is worth 1.
    credit: BTreeMap<String, f64>,
    /// The points of tasks, by any of their names, instead of the course's own points.
    points: BTreeMap<String, f64>,
    /// How many seconds of real time one run may take.
    seconds: f64,
}

impl Default for CourseFile {
    fn default() -> Self {
        Self {
            title: "Await & See".into(),
            due: None,
            late: Late::default(),
            credit: BTreeMap::new(),
            points: BTreeMap::new(),
            seconds: 2.0,
        }
    }
}

/// The points that are taken off for being late.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Late {
    /// The percentage of all the student's points, for each day begun.
    pub percent_a_day: f64,
    /// The highest percentage, if there is one.
    pub most_percent: Option<f64>,
}

impl CourseFile {
    /// The file in `root`, and its text. The default, if there is no file.
    pub fn read(root: &Path) -> Result<(Self, Option<String>)> {
        let path = root.join(COURSE);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let file =
                    toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
                Ok((file, Some(text)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok((Self::default(), None))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    pub fn title(&self) -> Result<String> {
        if self.title.trim().is_empty() {
            bail!("{COURSE}: `title` is empty: write the name of your course, or leave it out");
        }
        Ok(self.title.clone())
    }

    /// By the number of the task.
    pub fn points(&self) -> Result<BTreeMap<usize, f64>> {
        let mut points = BTreeMap::new();
        for (name, worth) in &self.points {
            let number = task(name).with_context(|| format!("{COURSE}: [points]"))?.number;
            if !is_points(*worth) {
                bail!(
                    "{COURSE}: [points] `{name} = {worth}`: it must be a number of points, 0 or more"
                );
            }
            if points.insert(number, *worth).is_some() {
                bail!("{COURSE}: [points] `{name}`: task {number} is named twice");
            }
        }
        Ok(points)
    }

    pub fn credit(&self) -> Result<BTreeMap<String, f64>> {
        for (name, part) in &self.credit {
            if name.parse::<Code>().is_err() && !outcomes().contains(&name.as_str()) {
                let outcomes = outcomes().join(", ");
                bail!(
                    "{COURSE}: [credit] `{name}` is neither a code nor an outcome: docs/verdicts.md has the codes, and the outcomes are {outcomes}"
                );
            }
            if !(0.0..=1.0).contains(part) {
                bail!(
                    "{COURSE}: [credit] `{name} = {part}`: it must be a part of the points, from 0 to 1 (0.5 is half of them)"
                );
            }
        }
        Ok(self.credit.clone())
    }

    pub fn late(&self) -> Result<Late> {
        let named = [
            ("percent_a_day", Some(self.late.percent_a_day)),
            ("most_percent", self.late.most_percent),
        ];
        for (name, percent) in named {
            if let Some(percent) = percent.filter(|percent| !(0.0..=100.0).contains(percent)) {
                bail!(
                    "{COURSE}: [late] `{name} = {percent}`: it must be a percentage, from 0 to 100"
                );
            }
        }
        Ok(self.late)
    }

    pub fn due(&self) -> Result<Option<Timestamp>> {
        let text = match &self.due {
            None => return Ok(None),
            Some(toml::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        timestamp(&text).map(Some).with_context(|| format!("{COURSE}: due"))
    }

    /// Wall time of one run.
    pub fn run(&self) -> Result<Duration> {
        Duration::try_from_secs_f64(self.seconds)
            .ok()
            .filter(|run| (Duration::from_millis(100)..=Duration::from_secs(60)).contains(run))
            .ok_or_else(|| anyhow!("{COURSE}: `seconds = {}`: it must be 0.1 to 60", self.seconds))
    }
}

/// Whether a number is usable as points.
pub fn is_points(points: f64) -> bool {
    points.is_finite() && points >= 0.0
}

fn outcomes() -> [&'static str; 9] {
    use Outcome::{
        Crashed, DidNotCompile, DidNotFinish, Failed, Missing, NotJudged, Passed, Untouched,
        Waiting,
    };
    [Passed, Failed, DidNotCompile, DidNotFinish, Crashed, Untouched, Missing, Waiting, NotJudged]
        .map(Outcome::name)
}
