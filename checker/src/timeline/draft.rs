//! A row while its trace is read, and how it becomes a finished row.

use std::time::Duration;

use super::{End, Row, Span, State};
use crate::trace::{GeneratorId, SleepId, TaskId};

/// A row while the trace is read.
#[derive(Default)]
pub struct Draft {
    pub generator: Option<GeneratorId>,
    pub task: TaskId,
    pub made: Duration,
    pub polled: bool,
    pub waits: Vec<DraftWait>,
    pub blocked: Duration,
}

/// One wait of a row. (A sleep that is reset has several waits.)
pub struct DraftWait {
    pub sleep: SleepId,
    /// When its sleep was polled for the first time; `None` before that.
    pub from: Option<Duration>,
    /// When its timer is due.
    pub until: Duration,
    pub done: Option<Duration>,
    pub dropped: Option<Duration>,
}

impl DraftWait {
    /// A wait that is under way.
    pub fn new(sleep: SleepId, from: Option<Duration>, until: Duration) -> Self {
        Self { sleep, from, until, done: None, dropped: None }
    }
}

impl Draft {
    /// The finished row, in a run that took `elapsed`. `task` is the task that runs this row, if it is not the caller:
    /// its number, when it was spawned, and when it ended.
    pub fn row(
        &self,
        name: String,
        task: Option<&(TaskId, Duration, Option<Duration>)>,
        elapsed: Duration,
    ) -> Row {
        // a generator may be made before its coroutine, but the coroutine exists when its task is spawned
        let since = task.map_or(self.made, |(_, spawned, _)| *spawned);
        let end = if self.polled { End::Returned } else { End::NeverPolled };
        let mut drawn = Drawn { spans: Vec::new(), since, end };
        for wait in &self.waits {
            match wait.from {
                Some(from) => drawn.wait(wait, from, elapsed),
                // a sleep beside others may be a timeout for something that was done before the timeout was polled
                None if self.waits.iter().all(|wait| wait.from.is_none()) => {
                    drawn.end = End::NeverAwaited;
                }
                None => {}
            }
        }
        if self.waits.is_empty() && self.polled {
            drawn.add(drawn.since, drawn.since, State::Waiting);
        }
        if let Some((_, _, ended)) = task
            && drawn.end == End::Returned
        {
            drawn.rest_of_task(*ended, !self.waits.is_empty(), elapsed);
        }
        if !self.polled && self.made < elapsed {
            drawn.add(self.made, elapsed, State::Idle);
        }
        Row {
            name,
            task: task.is_some(),
            spans: drawn.spans,
            end: drawn.end,
            blocked: self.blocked,
        }
    }
}

/// What is drawn of a row so far.
struct Drawn {
    spans: Vec<Span>,
    /// The end of the last wait; before the first one, when the coroutine began to exist.
    since: Duration,
    end: End,
}

impl Drawn {
    fn add(&mut self, from: Duration, to: Duration, state: State) {
        self.spans.push(Span { from, to, state });
    }

    /// Adds a wait that began at `from`, and the idle time before it.
    fn wait(&mut self, wait: &DraftWait, from: Duration, elapsed: Duration) {
        // two waits of one row that overlap (a `join!` in one future) are drawn as one
        let from = from.max(self.since);
        if let Some(last) = self.spans.last_mut().filter(|span| span.state == State::Cancelled) {
            last.to = last.to.min(from);
        }
        if self.since < from && self.spans.last().is_none_or(|last| last.to <= self.since) {
            self.add(self.since, from, State::Idle);
        }
        let to = match (wait.done, wait.dropped) {
            (Some(done), _) => done,
            (None, Some(dropped)) => {
                self.end = End::Cancelled;
                dropped
            }
            (None, None) => {
                self.end = End::Alive;
                elapsed
            }
        }
        .max(from);
        self.add(from, to, State::Waiting);
        if wait.done.is_none() && wait.dropped.is_some() && wait.until > to {
            self.add(to, wait.until, State::Cancelled);
        }
        self.since = to;
    }

    /// Adds the time in which the task of the row lives on after its last wait. `ended`: when the task ended.
    fn rest_of_task(&mut self, ended: Option<Duration>, has_waited: bool, elapsed: Duration) {
        let until = ended.unwrap_or(elapsed);
        if self.since < until {
            self.add(self.since, until, State::Idle);
        }
        if ended.is_none() && has_waited && self.since < elapsed {
            self.end = End::Alive;
        }
    }
}
