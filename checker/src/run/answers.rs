//! The answers of a worker, and how they become observations.

use std::path::Path;

use super::Observed;
use super::death::death;
use super::supervision::{Ended, How};
use crate::contract::protocol::{Answer, Spent};
use crate::contract::request::Limits;
use crate::contract::scenario::Scenario;
use crate::trace::{Death, Run, Termination, Trace, Wall};

/// Describes a worker that gave no sign of life for so long that not even its watchdog can have run.
pub const NO_TIME: &str = "it was given no time to run";

/// Describes a worker that exited by itself, and whose last answer is not complete.
pub const NOT_WRITTEN: &str = "its answers could not be written";

/// The answers of a worker so far.
pub(super) struct Answered {
    pub answers: Vec<Answer>,
    /// Whether the last line of the file is complete.
    pub is_whole: bool,
}

/// The complete lines of the file of answers; none if there is no such file.
pub(super) fn read_answers(path: &Path) -> Answered {
    let bytes = std::fs::read(path).unwrap_or_default();
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let last = lines.pop().filter(|last| !last.is_empty());
    let last: Option<Result<Answer, _>> = last.map(serde_json::from_slice);
    let is_whole = !matches!(last, Some(Err(_)));
    let before = lines.into_iter().filter_map(|line| serde_json::from_slice(line).ok());
    let answers = before.chain(last.and_then(Result::ok)).collect();
    Answered { answers, is_whole }
}

/// Turns answers into observations. If the worker ended too early, the current scenario gets the ending that the
/// judge's side saw.
pub(super) fn assemble(
    answered: Answered,
    ended: &Ended,
    scenarios: &[Scenario],
    limits: Limits,
) -> (Vec<Observed>, Option<Spent>) {
    let mut observed = Vec::new();
    let (mut done, mut out_of_time) = (false, None);
    for answer in answered.answers {
        match answer {
            Answer::Ran(index, run) if index == observed.len() => observed.push(Observed::Ran(run)),
            Answer::Sampled(index, samples, spent) if index == observed.len() => {
                observed.push(Observed::Sampled(samples, spent));
            }
            Answer::OutOfTime(spent) => out_of_time = Some(spent),
            Answer::Done => done = true,
            _ => {}
        }
    }
    // without all observations and without a limit, it was the student's code that wrote `Done`, not the worker
    let by_a_limit =
        matches!(observed.last(), Some(Observed::Ran(run)) if run.trace.ending.is_a_limit());
    let all = observed.len() == scenarios.len();
    out_of_time = out_of_time.filter(|_| !all);
    let done = done && (all || by_a_limit) || out_of_time.is_some();
    let calls: usize = scenarios.iter().map(|scenario| scenario.calls).sum();
    let flooded = ended.output.bytes > limits.output.saturating_mul(calls as u64);
    let death = match &ended.how {
        How::Flood => Some(Death::Flood(ended.output.bytes)),
        _ if done => flooded.then_some(Death::Flood(ended.output.bytes)),
        // its watchdog would have ended it long before if the machine had let it run
        How::TooLong => Some(Death::FromOutside(NO_TIME.into())),
        // it exited by itself, but its answers are not complete: the disk is full
        How::Exited(status) if !answered.is_whole && status.code().is_some() => {
            Some(Death::FromOutside(NOT_WRITTEN.into()))
        }
        How::Exited(status) => Some(death(*status, &ended.output.kept)),
    };
    if let Some(death) = death {
        observed.truncate(scenarios.len().saturating_sub(1));
        let trace = Trace::ended(Termination::Died(death));
        observed.push(Observed::Ran(Run { trace, wall: Wall::default() }));
    }
    (observed, out_of_time)
}
