//! What a run looks like: its timeline, and its normalized trace.
//!
//! In: a trace. Out: a [`Timeline`], which shows what a program did, as rows over virtual time (one for each coroutine
//! and each task); or a [`NormalizedTrace`], which keeps only what the contract fixes. Snapshots hold normalized
//! traces.
//!
//! The folder `show` draws timelines.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::contract::Returned;
use crate::format::time;
use crate::timeline::normalized::{NormalizedTrace, RowKind};
use crate::trace::nanos;

pub use divergence::Divergence;

mod divergence;
mod draft;
pub mod fold;
pub mod normalized;
mod of_jobs;
mod of_trace;
pub mod scale;

/// A run, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// One row for each coroutine, and for each task without a coroutine.
    pub rows: Vec<Row>,
    /// Virtual time from the call to the return. If the function did not return: to the last event.
    #[serde(with = "nanos", rename = "took_ns")]
    pub elapsed: Duration,
    /// What the function returned; `None` if it did not return.
    #[serde(flatten)]
    pub returned: Option<Returned>,
    /// Whether each row is a call of its own, and not a part of one call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub separate: bool,
}

/// One coroutine, or a task without a coroutine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name. `#3` is the coroutine with the third generator, and `job 3` is the third job of a list; `task 2` and
    /// `caller` are neither.
    pub name: String,
    /// Whether it runs in a task of its own.
    pub task: bool,
    /// What it did, in order and without overlap. Outside of its spans, it does not exist.
    pub spans: Vec<Span>,
    /// How it ended.
    pub end: End,
    /// For how much real time it blocked the thread; zero if that is not shown.
    #[serde(with = "nanos", rename = "blocked_ns")]
    pub blocked: Duration,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    #[serde(with = "nanos", rename = "from_ns")]
    pub from: Duration,
    #[serde(with = "nanos", rename = "to_ns")]
    pub to: Duration,
    pub state: State,
}

/// What a coroutine is doing. There is no state for running, because running takes no virtual time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It exists, but nobody polls it, or it waits for something else than the clock.
    Idle,
    /// It waits for the clock. A span of length zero means that it ran in that instant.
    Waiting,
    /// It would have waited, but its wait was dropped before.
    Cancelled,
}

/// How a coroutine ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Its last wait was done.
    Returned,
    /// It was dropped in the middle of a wait.
    Cancelled,
    /// It was made, but never polled.
    NeverPolled,
    /// It ran, but nobody awaited the sleep that it made.
    NeverAwaited,
    /// It was still alive when the function returned.
    Alive,
}

impl Timeline {
    /// The same timeline, with no more detail than a drawing has room for. In a row with very many spans, spans that
    /// follow each other closely are joined.
    #[must_use]
    pub fn coarse(mut self) -> Self {
        const MANY: u32 = 1000;
        let cell = self.elapsed / MANY;
        for row in &mut self.rows {
            if row.spans.len() > MANY as usize {
                row.spans.dedup_by(|next, span| {
                    let close =
                        next.state == span.state && next.to.saturating_sub(span.from) <= cell;
                    if close {
                        span.to = next.to;
                    }
                    close
                });
            }
        }
        self
    }

    /// A timeline of separate calls, given by their names and times.
    pub fn of_calls(calls: &[(String, Duration)]) -> Self {
        let row = |(name, elapsed): &(String, Duration)| Row {
            name: name.clone(),
            task: false,
            spans: vec![Span { from: Duration::ZERO, to: *elapsed, state: State::Waiting }],
            end: End::Returned,
            blocked: Duration::ZERO,
        };
        let elapsed = calls.iter().map(|(_, elapsed)| *elapsed).max().unwrap_or_default();
        Self {
            rows: calls.iter().map(row).collect(),
            elapsed,
            returned: Some(Returned::Durations(Vec::new())),
            separate: true,
        }
    }

    /// Whether it is worth drawing beside the expected timeline.
    pub fn is_telling(&self, expected: Option<&Timeline>) -> bool {
        // if the process died, there is nothing to show
        if self.rows.is_empty() && self.returned.is_none() {
            return false;
        }
        let odd = |row: &Row| row.end != End::Returned || !row.blocked.is_zero();
        let Some(expected) = expected else { return true };
        self.rows.iter().any(odd)
            || self.rows != expected.rows
            || self.elapsed != expected.elapsed
            || self.returned != expected.returned
    }

    /// The end of the last row, or of the run, whichever is later. Waits that were dropped don't count: they may end
    /// far away.
    pub fn end(&self) -> Duration {
        let spans = self.rows.iter().flat_map(|row| &row.spans);
        let spans = spans.filter(|span| span.state != State::Cancelled);
        spans.map(|span| span.to).max().unwrap_or_default().max(self.elapsed)
    }
}

impl From<&NormalizedTrace> for Timeline {
    fn from(normalized: &NormalizedTrace) -> Self {
        let row = |row: &crate::timeline::normalized::Row| {
            let (state, end) = match row.kind {
                RowKind::Waited => (State::Waiting, End::Returned),
                RowKind::Cancelled => (State::Waiting, End::Cancelled),
                RowKind::NeverAwaited => (State::Idle, End::NeverAwaited),
                RowKind::NeverBegun => (State::Idle, End::NeverPolled),
            };
            let span = Span { from: row.from, to: row.to, state };
            Row {
                name: row.name.clone(),
                task: normalized.tasks.is_some(),
                spans: vec![span],
                end,
                blocked: Duration::ZERO,
            }
        };
        Self {
            rows: normalized.rows.iter().map(row).collect(),
            elapsed: normalized.elapsed,
            returned: normalized.returned.clone(),
            separate: false,
        }
    }
}

impl Row {
    /// Its times, or what is special about it, in words.
    pub fn note(&self) -> String {
        if !self.blocked.is_zero() {
            // rounded, because real time is never the same twice
            let tenths = Duration::from_micros(self.blocked.as_micros() as u64 / 100 * 100);
            return format!("blocks the thread for {} of real time", time(tenths));
        }
        let waits: Vec<&Span> = self.of(State::Waiting).collect();
        let first = waits.first().map_or(Duration::ZERO, |span| span.from);
        let last = waits.last().map_or(Duration::ZERO, |span| span.to);
        let lengths: Vec<Duration> = waits.iter().map(|span| span.to - span.from).collect();
        match self.end {
            End::NeverPolled => "never started".into(),
            End::NeverAwaited => "its sleep is never awaited".into(),
            End::Cancelled => format!("given up at {}", time(last)),
            End::Alive if waits.is_empty() => "still there after the end".into(),
            End::Alive => "still waiting at the end".into(),
            End::Returned => match lengths.as_slice() {
                [] => time(Duration::ZERO),
                [only] if first.is_zero() => time(*only),
                [only] => format!("{} from {}", time(*only), time(first)),
                few if few.len() <= 3 => {
                    few.iter().map(|length| time(*length)).collect::<Vec<_>>().join(" + ")
                }
                many => format!("{} waits, {}", many.len(), time(many.iter().sum())),
            },
        }
    }

    fn of(&self, state: State) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(move |span| span.state == state)
    }
}

#[cfg(test)]
pub(crate) mod tests {

    use super::*;

    #[test]
    fn very_many_spans_are_joined_to_a_few_that_cover_the_same_time() {
        let ms = Duration::from_millis;
        let row = |spans: u64| Row {
            name: "#1".into(),
            task: false,
            spans: (0..spans)
                .map(|at| Span { from: ms(at), to: ms(at + 1), state: State::Waiting })
                .collect(),
            end: End::Alive,
            blocked: Duration::ZERO,
        };
        let timeline = |spans| Timeline {
            rows: vec![row(spans)],
            elapsed: ms(spans),
            returned: None,
            separate: false,
        };
        assert_eq!(timeline(1000).coarse(), timeline(1000));
        let coarse = timeline(50_000).coarse();
        let spans = &coarse.rows[0].spans;
        assert!(spans.len() <= 1001, "{}", spans.len());
        assert_eq!((spans[0].from, spans.last().unwrap().to), (ms(0), ms(50_000)));
        assert!(spans.windows(2).all(|two| two[0].to == two[1].from));
    }

    #[test]
    fn json_keeps_a_timeline_as_it_is() {
        for returned in [None, Some(vec![]), Some(vec![MS(7), Duration::from_nanos(1)])] {
            let returned = returned.map(Returned::Durations);
            let timeline = Timeline { returned, ..waits(&[(0, 40)]) };
            let json = serde_json::to_string(&timeline).unwrap();
            assert_eq!(serde_json::from_str::<Timeline>(&json).unwrap(), timeline, "{json}");
        }
    }

    #[test]
    fn a_row_is_described_by_how_it_waited_and_ended() {
        let row = |lengths: &[(u64, u64)], end| Row {
            spans: spans(lengths),
            end,
            ..waits(&[(0, 1)]).rows.remove(0)
        };
        let note = |lengths: &[(u64, u64)]| row(lengths, End::Returned).note();
        assert_eq!(note(&[(0, 30)]), "30 ms");
        assert_eq!(note(&[(10, 30)]), "20 ms from 10 ms");
        assert_eq!(note(&[(0, 10), (10, 30), (40, 45)]), "10 ms + 20 ms + 5 ms");
        assert_eq!(note(&[(0, 10), (10, 30), (40, 45), (50, 55)]), "4 waits, 40 ms");
    }

    #[test]
    fn a_timeline_is_worth_drawing_if_it_is_not_as_expected() {
        let expected = waits(&[(0, 40), (0, 10)]);
        let telling = |timeline: &Timeline| timeline.is_telling(Some(&expected));
        assert!(!telling(&expected));
        assert!(expected.is_telling(None), "there is nothing to compare it with");
        assert!(telling(&waits(&[(0, 40), (40, 50)])));
        assert!(telling(&Timeline { elapsed: MS(50), ..expected.clone() }));
        assert!(telling(&Timeline {
            returned: Some(Returned::Durations(vec![MS(1)])),
            ..expected.clone()
        }));
        let mut blocked = expected.clone();
        blocked.rows[1].blocked = MS(1);
        assert!(blocked.is_telling(Some(&blocked)), "odd, though it is expected");
        let mut alive = expected.clone();
        alive.rows[1].end = End::Alive;
        assert!(alive.is_telling(Some(&alive)));
        let died = Timeline { rows: Vec::new(), returned: None, ..expected.clone() };
        assert!(!telling(&died), "it has recorded nothing");
        assert!(telling(&Timeline { rows: Vec::new(), ..expected.clone() }), "it returned");
        assert!(telling(&Timeline { returned: None, ..expected.clone() }));
    }

    #[test]
    fn dropped_waits_do_not_count_for_the_end() {
        let mut timeline = waits(&[(0, 40)]);
        timeline.elapsed = MS(30);
        assert_eq!(timeline.end(), MS(40));
        timeline.rows[0].spans.push(Span { from: MS(40), to: MS(90), state: State::Cancelled });
        assert_eq!(timeline.end(), MS(40));
        timeline.elapsed = MS(50);
        assert_eq!(timeline.end(), MS(50));
    }

    fn spans(spans: &[(u64, u64)]) -> Vec<Span> {
        let span =
            |(from, to): &(u64, u64)| Span { from: MS(*from), to: MS(*to), state: State::Waiting };
        spans.iter().map(span).collect()
    }

    pub(crate) const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Rows with one wait each, from and to these instants, in milliseconds.
    pub(crate) fn waits(rows: &[(u64, u64)]) -> Timeline {
        let row = |(i, (from, to)): (usize, &(u64, u64))| Row {
            name: format!("#{}", i + 1),
            task: false,
            spans: vec![Span { from: MS(*from), to: MS(*to), state: State::Waiting }],
            end: End::Returned,
            blocked: Duration::ZERO,
        };
        let elapsed = MS(rows.iter().map(|(_, to)| *to).max().unwrap_or_default());
        Timeline {
            rows: rows.iter().enumerate().map(row).collect(),
            elapsed,
            returned: Some(Returned::Durations(Vec::new())),
            separate: false,
        }
    }
}
