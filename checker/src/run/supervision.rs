//! Supervises a running worker: reads its output, and ends it at its limits.

use std::path::Path;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use super::answers::read_answers;
use super::output::Output;
use super::start::Process;
use crate::contract::protocol::{Answer, times};
use crate::contract::request::Limits;
use crate::contract::scenario::Scenario;

/// The time that a worker's own watchdog has to end it, before the judge ends it from outside.
pub(super) const GRACE: Duration = Duration::from_millis(500);

/// A running worker, and its limits.
pub(super) struct Supervision<'a> {
    pub process: Box<dyn Process>,
    pub output: Output,
    /// The file of its answers.
    pub answers: &'a Path,
    pub scenarios: &'a [Scenario],
    pub limits: Limits,
}

/// A worker that has ended.
pub(super) struct Ended {
    pub how: How,
    pub output: Output,
}

/// How a worker ended, as the judge's side saw it.
pub(super) enum How {
    /// It exited by itself, or something else ended it.
    Exited(ExitStatus),
    /// The judge ended it, because it printed too much.
    Flood,
    /// The judge ended it, because it took too long.
    TooLong,
}

impl Supervision<'_> {
    /// Waits until the worker has ended, or ends it at a limit.
    pub fn run(mut self) -> Ended {
        let mut answered = 0;
        let mut last_answer = Instant::now();
        let (mut begun, mut before) = (0, 0);
        // the length of the answers when the scenarios that have begun were counted; while it stays the same, the
        // answers need not be read again, which would slow down a program that prints
        let mut counted = None;
        let how = loop {
            let all_said = self.output.wait(Duration::from_millis(25));
            match self.process.try_wait() {
                Ok(Some(status)) => {
                    self.output.drain(Duration::from_millis(100));
                    break How::Exited(status);
                }
                // both pipes are closed: it is about to end
                _ if all_said => std::thread::sleep(Duration::from_micros(200)),
                _ => {}
            }
            let length = std::fs::metadata(self.answers).map_or(0, |file| file.len());
            if self.output.bytes > self.limits.output {
                let now_begun = if counted == Some(length) { begun } else { self.begun() };
                counted = Some(length);
                if now_begun != begun {
                    begun = now_begun;
                    before = if begun <= 1 { 0 } else { self.output.bytes };
                }
                if self.output.bytes - before > self.allowance(begun) {
                    break How::Flood;
                }
            }
            // an answer is a sign of life
            if length != answered {
                (answered, last_answer) = (length, Instant::now());
            } else if last_answer.elapsed() > self.limits.scenario * times::WALL + GRACE {
                break How::TooLong;
            }
        };
        if !matches!(how, How::Exited(_)) {
            self.process.kill();
            self.output.drain(Duration::from_millis(100));
        }
        Ended { how, output: self.output }
    }

    /// How many scenarios have begun.
    fn begun(&self) -> usize {
        read_answers(self.answers)
            .answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Began(_)))
            .count()
    }

    /// How many bytes the current scenario may print. The output of the scenario before it may still be in the pipe.
    fn allowance(&self, begun: usize) -> u64 {
        const IN_THE_PIPE: u64 = 256 << 10;
        let calls =
            self.scenarios.get(begun.saturating_sub(1)).map_or(1, |scenario| scenario.calls as u64);
        self.limits.output.saturating_mul(calls) + if begun > 1 { IN_THE_PIPE } else { 0 }
    }
}
