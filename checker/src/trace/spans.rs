//! Waits and jobs, put together from the events of a trace.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{EventKind, JobId, SleepId, SourceLocation, TaskId, Trace};

/// One wait on the async timer, from the events of one sleep.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// The sleep. A sleep that is reset has several waits.
    pub sleep: SleepId,
    /// The task that waited.
    pub task: TaskId,
    /// Where the sleep was made.
    pub place: SourceLocation,
    /// When it was made.
    pub made: Duration,
    /// From when to when it waited. If it is `done`, the end is when its timer fired, and otherwise when its timer was
    /// due. `None` if it was never awaited.
    pub span: Option<(Duration, Duration)>,
    /// Whether it was awaited to its end.
    pub done: bool,
    /// When it was dropped, if that was before its end.
    pub dropped: Option<Duration>,
}

impl Wait {
    /// How long it waited; zero if it was not awaited to its end.
    pub fn length(&self) -> Duration {
        match self.span {
            Some((start, end)) if self.done => end.saturating_sub(start),
            _ => Duration::ZERO,
        }
    }
}

/// What became of one job, put together from its events. Times are virtual, since the call.
#[derive(Debug, Clone, PartialEq)]
pub struct JobSpan {
    pub job: JobId,
    /// The task that polled it first; the one that dropped it, if it was never polled.
    pub task: TaskId,
    /// When it was polled for the first time.
    pub began: Option<Duration>,
    /// When it yielded its output.
    pub done: Option<Duration>,
    /// When it was dropped without having done so.
    pub dropped: Option<Duration>,
}

impl Trace {
    /// All waits of the run, in the order in which the sleeps were made.
    pub fn waits(&self) -> Vec<Wait> {
        let mut waits: Vec<Wait> = Vec::new();
        // the last wait on each sleep
        let mut last: BTreeMap<SleepId, usize> = BTreeMap::new();
        for event in &self.events {
            match &event.what {
                EventKind::SleepMade { sleep, place } => {
                    last.insert(*sleep, waits.len());
                    waits.push(Wait {
                        sleep: *sleep,
                        task: event.task,
                        place: place.clone(),
                        made: event.at,
                        span: None,
                        done: false,
                        dropped: None,
                    });
                }
                EventKind::SleepStarted { sleep, until } => {
                    let Some(&at) = last.get(sleep) else { continue };
                    let span = Some((event.at, *until));
                    if waits[at].done {
                        // a timer that is reset (an interval) is a further wait
                        let again = Wait { span, done: false, made: event.at, ..waits[at].clone() };
                        last.insert(*sleep, waits.len());
                        waits.push(again);
                    } else {
                        let start = waits[at].span.map_or(event.at, |(start, _)| start);
                        waits[at].span = Some((start, *until));
                        waits[at].task = event.task;
                    }
                }
                EventKind::SleepDone { sleep, fired } => {
                    if let Some(&at) = last.get(sleep) {
                        let wait = &mut waits[at];
                        wait.done = true;
                        // the task that began the wait may have given the sleep to another task
                        wait.task = event.task;
                        wait.span = wait.span.map(|(start, _)| (start, *fired));
                    }
                }
                EventKind::SleepDropped { sleep } => {
                    if let Some(&at) = last.get(sleep) {
                        waits[at].dropped = Some(event.at);
                    }
                }
                _ => {}
            }
        }
        waits
    }

    /// Every job of which something is known, in the order of the list.
    pub fn jobs(&self) -> Vec<JobSpan> {
        let mut jobs: BTreeMap<JobId, JobSpan> = BTreeMap::new();
        for event in &self.events {
            let (EventKind::JobBegan { job }
            | EventKind::JobDone { job }
            | EventKind::JobDropped { job }) = event.what
            else {
                continue;
            };
            let span = jobs.entry(job).or_insert(JobSpan {
                job,
                task: event.task,
                began: None,
                done: None,
                dropped: None,
            });
            match event.what {
                EventKind::JobBegan { .. } => {
                    (span.began, span.task) = (Some(event.at), event.task)
                }
                EventKind::JobDone { .. } => span.done = Some(event.at),
                _ => span.dropped = Some(event.at),
            }
        }
        jobs.into_values().collect()
    }
}
