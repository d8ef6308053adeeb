//! Starts a worker, keeps it within its limits, and collects its observations.
//!
//! In: a harness, and scenarios. Out: for each scenario a run, or how the worker ended instead.
//!
//! A worker runs a student's code, so it may do anything: loop, block, panic, exit, print without end, or be killed.
//! The judge's side always returns within the limits. [`observe`] does all of it: it starts a worker (`start`),
//! supervises it until it ends (`supervision`), and makes observations of its answers (`answers`).
//!
//! [`client`] is for other programs: it asks a harness for verdicts.

use serde::{Deserialize, Serialize};

use crate::contract::protocol::{Request, Spent};
use crate::contract::request::Limits;
use crate::contract::scenario::{Sample, Scenario};
use crate::trace::{Death, Run, Termination};
use answers::{assemble, read_answers};
use client::Error;
use output::Output;
use supervision::{How, Supervision};

pub use answers::{NO_TIME, NOT_WRITTEN};
pub use start::{Process, Start, Started};

mod answers;
pub mod client;
mod death;
mod output;
mod start;
mod supervision;
#[cfg(unix)]
#[cfg(test)]
pub(crate) mod tests;

/// What was observed in one scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Observed {
    /// A recorded run.
    Ran(Run),
    /// The calls of a sample, and the time that they used.
    Sampled(Vec<Sample>, Spent),
}

impl Observed {
    /// The run, if it is one.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::Ran(run) => Some(run),
            Self::Sampled(..) => None,
        }
    }
}

/// What a worker observed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Observations {
    /// One observation for each scenario, in order. If the worker ended too early, there are fewer, and the last one is
    /// how it ended.
    pub observed: Vec<Observed>,
    /// The time that was used, if the time for all runs was over before all of them were made.
    pub out_of_time: Option<Spent>,
    /// What the student's code printed, shortened.
    pub output: String,
}

impl Observations {
    /// What ended the worker, if it was neither the student's code nor a limit.
    pub fn ended_from_outside(&self) -> Option<&str> {
        match &self.observed.last()?.run()?.trace.ending {
            Termination::Died(Death::FromOutside(how)) => Some(how),
            _ => None,
        }
    }
}

/// Runs `scenarios` of `function` in a worker of `harness`.
///
/// # Errors
/// If the worker can't be started, or gives no answer. Whatever the student's code does is an observation, not an
/// error.
pub fn observe(
    harness: &dyn Start,
    function: &str,
    scenarios: &[Scenario],
    limits: Limits,
) -> Result<Observations, Error> {
    let scratch = tempfile::Builder::new()
        .prefix("await-and-see-")
        .tempdir()
        .map_err(|source| Error::Scratch { folder: std::env::temp_dir(), source })?;
    let request = Request {
        function: function.into(),
        // the name of a scenario may contain its seed
        scenarios: scenarios.iter().map(Scenario::without_name).collect(),
        limit: limits.scenario,
        answers: scratch.path().join("answers"),
    };
    let Started { process, output } = harness.start(&request)?;
    let output = Output::of(output);
    let ended = Supervision { process, output, answers: &request.answers, scenarios, limits }.run();

    let answered = read_answers(&request.answers);
    let exited_with_2 = matches!(ended.how, How::Exited(status) if status.code() == Some(2));
    if answered.answers.is_empty() && answered.is_whole && exited_with_2 {
        return Err(Error::NoAnswer { said: ended.output.text() });
    }
    let (observed, out_of_time) = assemble(answered, &ended, scenarios, limits);
    Ok(Observations { observed, out_of_time, output: ended.output.text() })
}
