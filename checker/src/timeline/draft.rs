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

/// One wait of a row.
pub struct DraftWait {
    pub sleep: SleepId,
    /// When its sleep was polled for the first time; `None` before that.
    pub from: Option<Duration>,
    pub until: Duration,
    pub done: Option<Duration>,
    pub dropped: Option<Duration>,
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
        let mut spans: Vec<Span> = Vec::new();
        // a generator may be made before its coroutine, but the coroutine exists when its task is spawned
        let mut since = task.map_or(self.made, |(_, spawned, _)| *spawned);
        let mut end = if self.polled { End::Returned } else { End::NeverPolled };
        for wait in &self.waits {
            let Some(from) = wait.from else {
                // a sleep beside others may be a timeout for something that was done before the timeout was polled
                if self.waits.iter().all(|wait| wait.from.is_none()) {
                    end = End::NeverAwaited;
                }
                continue;
            };
            // two waits of one row that overlap (a `join!` in one future) are drawn as one
            let from = from.max(since);
            if let Some(last) = spans.last_mut().filter(|span| span.state == State::Cancelled) {
                last.to = last.to.min(from);
            }
            if since < from && spans.last().is_none_or(|last| last.to <= since) {
                spans.push(Span { from: since, to: from, state: State::Idle });
            }
            let to = match (wait.done, wait.dropped) {
                (Some(done), _) => done,
                (None, Some(dropped)) => {
                    end = End::Cancelled;
                    dropped
                }
                (None, None) => {
                    end = End::Alive;
                    elapsed.max(from)
                }
            }
            .max(from);
            spans.push(Span { from, to, state: State::Waiting });
            if wait.done.is_none() && wait.dropped.is_some() && wait.until > to {
                spans.push(Span { from: to, to: wait.until, state: State::Cancelled });
            }
            since = to;
        }
        if self.waits.is_empty() && self.polled {
            spans.push(Span { from: since, to: since, state: State::Waiting });
        }
        if let Some((_, _, ended)) = task
            && end == End::Returned
        {
            let until = ended.unwrap_or(elapsed);
            if since < until {
                spans.push(Span { from: since, to: until, state: State::Idle });
            }
            if ended.is_none() && !self.waits.is_empty() && since < elapsed {
                end = End::Alive;
            }
        }
        if !self.polled && self.made < elapsed {
            spans.push(Span { from: self.made, to: elapsed, state: State::Idle });
        }
        Row { name, task: task.is_some(), spans, end, blocked: self.blocked }
    }
}
