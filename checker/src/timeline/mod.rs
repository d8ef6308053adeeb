//! Timelines: a run as rows over virtual time, one for each coroutine and each task.
//!
//! [`Timeline::of`] makes one from a trace, [`Timeline::from`] one from a picture; [`text`] and [`svg`] draw it. A
//! timeline shows how a program went about it; a [`Picture`] only what the contract fixes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::picture::{Picture, RowKind};
use crate::trace::nanos;
use crate::words::time;

mod of_trace;
pub mod svg;
pub mod text;

/// A run, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub rows: Vec<Row>,
    /// Virtual time from the call to the return, or to the end of the run if it didn't return.
    #[serde(with = "nanos", rename = "took_ns")]
    pub took: Duration,
    /// What the function returned; `None` if it didn't.
    #[serde(with = "nanos::option_list", rename = "returned_ns", default)]
    pub returned: Option<Vec<Duration>>,
    /// Whether the rows are calls of their own, put under each other, and not parts of one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub separate: bool,
}

/// One coroutine, or a task that runs none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `#3` is the coroutine that got the third generator; `task 2` and `caller` have none.
    pub name: String,
    /// Whether it runs in a task of its own.
    pub task: bool,
    /// What it did, in order and without overlap. Where nothing is said it does not exist yet, or no more.
    pub spans: Vec<Span>,
    pub end: End,
    /// Real time for which it kept the thread from everyone else, where that is worth showing.
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

/// What a coroutine is doing. That it runs is not among them: on the virtual clock, running takes no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was made, but nobody polls it, or it waits for something else than the clock.
    Idle,
    /// It waits for the clock. A span of no length says that it ran at that instant.
    Waiting,
    /// It would have waited, had it not been given up.
    Cancelled,
}

/// How a coroutine ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Its last wait was over, and it went on.
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

/// Where two timelines part: the first instant at which they show something different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    pub at: Duration,
    /// What is different there, in words.
    pub how: String,
}

impl Timeline {
    /// The same without more detail than any drawing has room for: where a row has very many spans, those that follow
    /// each other closely are one.
    #[must_use]
    pub fn coarse(mut self) -> Self {
        const MANY: u32 = 1000;
        let cell = self.took / MANY;
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

    /// A timeline of calls that have nothing to do with each other: how long each of them took.
    pub fn of_calls(calls: &[(String, Duration)]) -> Self {
        let row = |(name, took): &(String, Duration)| Row {
            name: name.clone(),
            task: false,
            spans: vec![Span { from: Duration::ZERO, to: *took, state: State::Waiting }],
            end: End::Returned,
            blocked: Duration::ZERO,
        };
        let took = calls.iter().map(|(_, took)| *took).max().unwrap_or_default();
        Self {
            rows: calls.iter().map(row).collect(),
            took,
            returned: Some(Vec::new()),
            separate: true,
        }
    }

    /// Whether it shows something that words alone don't.
    pub fn is_telling(&self, expected: Option<&Timeline>) -> bool {
        // a process that died has recorded nothing
        if self.rows.is_empty() && self.returned.is_none() {
            return false;
        }
        let odd = |row: &Row| row.end != End::Returned || !row.blocked.is_zero();
        let Some(expected) = expected else { return true };
        self.rows.iter().any(odd)
            || self.rows != expected.rows
            || self.took != expected.took
            || self.returned != expected.returned
    }

    /// When everything that happened is over; what would have happened can be far away.
    pub fn end(&self) -> Duration {
        let spans = self.rows.iter().flat_map(|row| &row.spans);
        let spans = spans.filter(|span| span.state != State::Cancelled);
        spans.map(|span| span.to).max().unwrap_or_default().max(self.took)
    }

    /// Where this timeline and the expected one part, if they do. A row counts for when it waits; what it does
    /// besides, the contract doesn't fix.
    pub fn parts_from(&self, expected: &Timeline) -> Option<Parting> {
        let rows = expected.rows.iter().enumerate().filter_map(|(i, row)| {
            let yours = self.rows.iter().find(|yours| yours.name == row.name);
            let yours = yours.or_else(|| self.rows.get(i).filter(|row| row.name == "caller"));
            parting(&row.name, yours, row)
        });
        let further = self.rows.iter().filter(|row| {
            let known = expected.rows.iter().any(|known| known.name == row.name);
            !known && row.name.starts_with('#')
        });
        let further = further.filter_map(|row| {
            let at = row.spans.iter().find(|span| span.state == State::Waiting)?.from;
            Some(Parting { at, how: format!("{} is one more than was asked for", row.name) })
        });
        let returned = self.returned.is_some();
        let end =
            (self.took != expected.took || returned != expected.returned.is_some()).then(|| {
                let (at, how) = if returned && self.took < expected.took {
                    (self.took, "it returns too early")
                } else {
                    (expected.took, "it should have returned")
                };
                Parting { at, how: how.into() }
            });
        // of several at one instant the first row tells most
        rows.chain(further).chain(end).min_by_key(|parting| parting.at)
    }
}

/// The first instant at which only one of two rows waits.
fn parting(name: &str, yours: Option<&Row>, expected: &Row) -> Option<Parting> {
    let waits = |row: &Row, at: Duration| {
        let mut waiting = row.spans.iter().filter(|span| span.state == State::Waiting);
        waiting.any(|span| span.from <= at && at < span.to)
    };
    let rows = yours.into_iter().chain([expected]);
    let mut instants: Vec<Duration> =
        rows.flat_map(|row| &row.spans).flat_map(|span| [span.from, span.to]).collect();
    instants.sort();
    let at = instants
        .into_iter()
        .find(|at| yours.is_some_and(|row| waits(row, *at)) != waits(expected, *at))?;
    let how = match yours {
        None => format!("{name} is missing"),
        Some(row) if waits(row, at) => format!("{name} should not be waiting"),
        Some(row) if row.end == End::NeverPolled => format!("{name} should be waiting"),
        Some(row) if row.spans.iter().any(|s| s.state == State::Cancelled && s.from == at) => {
            format!("{name} is given up")
        }
        Some(row) if row.of(State::Waiting).any(|s| s.from < s.to && s.to <= at) => {
            format!("{name} should still be waiting")
        }
        Some(_) => format!("{name} should be waiting"),
    };
    Some(Parting { at, how })
}

impl From<&Picture> for Timeline {
    fn from(picture: &Picture) -> Self {
        let row = |row: &crate::picture::Row| {
            let (state, end) = match row.kind {
                RowKind::Waited => (State::Waiting, End::Returned),
                RowKind::Cancelled => (State::Waiting, End::Cancelled),
                RowKind::NeverAwaited => (State::Idle, End::NeverAwaited),
            };
            let span = Span { from: row.from, to: row.to, state };
            Row {
                name: row.coroutine.map_or("caller".into(), |number| format!("#{number}")),
                task: picture.tasks.is_some(),
                spans: vec![span],
                end,
                blocked: Duration::ZERO,
            }
        };
        Self {
            rows: picture.rows.iter().map(row).collect(),
            took: picture.took,
            returned: picture.returned.clone(),
            separate: false,
        }
    }
}

/// What rows must have in common to be folded into one line: all but their numbers.
type Kind = (End, bool, usize, bool);

impl Row {
    /// Its numbers and what is special about it, in words.
    pub fn note(&self) -> String {
        if !self.blocked.is_zero() {
            // real time is never exact
            let tenths = Duration::from_micros(self.blocked.as_micros() as u64 / 100 * 100);
            return format!("blocks the thread for {} of real time", time(tenths));
        }
        let waits: Vec<&Span> = self.of(State::Waiting).collect();
        let first = waits.first().map_or(Duration::ZERO, |span| span.from);
        let last = waits.last().map_or(Duration::ZERO, |span| span.to);
        let lengths: Vec<Duration> = waits.iter().map(|span| span.to - span.from).collect();
        match self.end {
            End::NeverPolled => "never polled".into(),
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

    fn kind(&self) -> Kind {
        let waits = self.of(State::Waiting).count().min(2);
        (self.end, self.task, waits, self.blocked.is_zero())
    }

    fn of(&self, state: State) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(move |span| span.state == state)
    }
}

/// Virtual time on a line of `columns` units (characters or pixels), from zero to `end`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    end: Duration,
    columns: usize,
}

impl Scale {
    /// A scale on which everything up to `end` fits.
    pub fn new(end: Duration, columns: usize) -> Self {
        Self { end: end.max(Duration::from_millis(1)), columns }
    }

    /// Where an instant lies.
    pub fn column(&self, at: Duration) -> usize {
        (at.as_secs_f64() / self.end.as_secs_f64() * self.columns as f64).round() as usize
    }

    /// Instants to write at the axis: 1, 2 or 5 of a power of ten apart, at least `room` columns from each other.
    pub fn ticks(&self, room: usize) -> Vec<Duration> {
        let most = (self.columns / room.max(1)).max(1) as u32;
        let least = (self.end / most).max(Duration::from_millis(1));
        let hour = Duration::from_secs(3600);
        let mut power = if self.end >= hour { hour } else { Duration::from_millis(1) };
        let step = loop {
            if let Some(step) = [1, 2, 5].map(|k| power * k).into_iter().find(|step| *step >= least)
            {
                break step;
            }
            power *= 10;
        };
        std::iter::successors(Some(Duration::ZERO), |at| Some(*at + step))
            .take_while(|at| *at <= self.end)
            .collect()
    }
}

/// Which rows are shown and which are folded: indices of rows, and after the last one of a kind how many more there
/// are like it. A row that is the only one of its kind is always shown, as far as there is room.
fn fold(rows: &[Row], most: usize) -> Vec<Folded> {
    if rows.len() <= most {
        return (0..rows.len()).map(Folded::Row).collect();
    }
    let mut kinds: Vec<(Kind, Vec<usize>)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        match kinds.iter_mut().find(|(kind, _)| *kind == row.kind()) {
            Some((_, of_kind)) => of_kind.push(i),
            None => kinds.push((row.kind(), vec![i])),
        }
    }
    // every kind gets the same share of the lines; what one doesn't need goes to those after it
    let mut folded = Vec::new();
    let mut left = most.saturating_sub(kinds.len()).max(1);
    let all = kinds.len();
    for (done, (_, of_kind)) in kinds.into_iter().enumerate() {
        let share = (left / (all - done)).max(1);
        let shown = if of_kind.len() <= share + 1 { of_kind.len() } else { share };
        left = left.saturating_sub(shown);
        folded.extend(of_kind[..shown].iter().copied().map(Folded::Row));
        if shown < of_kind.len() {
            folded.push(Folded::More(of_kind.len() - shown));
        }
    }
    folded
}

#[derive(Debug, PartialEq, Eq)]
enum Folded {
    Row(usize),
    /// So many more like the one before.
    More(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_spans_become_few_that_cover_the_same() {
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
            took: ms(spans),
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

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Rows that wait once, from and to these instants in ms.
    pub(super) fn waits(rows: &[(u64, u64)]) -> Timeline {
        let row = |(i, (from, to)): (usize, &(u64, u64))| Row {
            name: format!("#{}", i + 1),
            task: false,
            spans: vec![Span { from: MS(*from), to: MS(*to), state: State::Waiting }],
            end: End::Returned,
            blocked: Duration::ZERO,
        };
        let took = MS(rows.iter().map(|(_, to)| *to).max().unwrap_or_default());
        Timeline {
            rows: rows.iter().enumerate().map(row).collect(),
            took,
            returned: Some(Vec::new()),
            separate: false,
        }
    }

    #[test]
    fn two_timelines_part_at_the_first_instant_that_differs() {
        let expected = waits(&[(0, 40), (0, 10), (0, 30)]);
        let parting = |yours: &Timeline| {
            yours.parts_from(&expected).map(|p| (p.at.as_millis() as u64, p.how))
        };
        let said = |at, how: &str| Some((at, how.to_string()));
        assert_eq!(parting(&expected), None);
        assert_eq!(
            parting(&waits(&[(0, 40), (40, 50), (50, 80)])),
            said(0, "#2 should be waiting"),
        );
        assert_eq!(
            parting(&waits(&[(0, 20), (0, 10), (0, 30)])),
            said(20, "#1 should still be waiting"),
        );
        assert_eq!(
            parting(&waits(&[(0, 40), (0, 10), (0, 35)])),
            said(30, "#3 should not be waiting"),
        );
        assert_eq!(parting(&waits(&[(0, 40), (0, 10)])), said(0, "#3 is missing"));
        assert_eq!(
            parting(&waits(&[(0, 40), (0, 10), (0, 30), (5, 9)])),
            said(5, "#4 is one more than was asked for"),
        );
        assert_eq!(
            parting(&Timeline { took: MS(10), ..expected.clone() }),
            said(10, "it returns too early"),
        );
        assert_eq!(
            parting(&Timeline { took: MS(90), ..expected.clone() }),
            said(40, "it should have returned"),
        );
    }

    #[test]
    fn ticks_are_round_numbers_that_leave_each_other_room() {
        let ticks = |end, columns| -> Vec<u64> {
            let ticks = Scale::new(MS(end), columns).ticks(8);
            ticks.iter().map(|at| at.as_millis() as u64).collect()
        };
        assert_eq!(ticks(40, 40), [0, 10, 20, 30, 40]);
        assert_eq!(ticks(100, 44), [0, 20, 40, 60, 80, 100]);
        assert_eq!(ticks(4913, 44), [0, 1000, 2000, 3000, 4000]);
        assert_eq!(ticks(3, 44), [0, 1, 2, 3]);
        assert_eq!(ticks(0, 44), [0, 1]);
        assert_eq!(ticks(86_400_000, 44), [0, 5, 10, 15, 20].map(|hour| hour * 3_600_000));
    }

    #[test]
    fn many_rows_are_folded_but_never_the_one_that_differs() {
        let mut timeline = waits(&[(0, 20); 100]);
        timeline.rows[57].end = End::Cancelled;
        let folded = fold(&timeline.rows, 12);
        assert!(folded.len() <= 12, "{folded:?}");
        assert!(folded.contains(&Folded::Row(57)));
        let rows = folded.iter().filter(|folded| matches!(folded, Folded::Row(_))).count();
        let more: usize = folded
            .iter()
            .map(|folded| if let Folded::More(more) = folded { *more } else { 0 })
            .sum();
        assert_eq!(rows + more, 100);
        assert_eq!(fold(&timeline.rows[..12], 12).len(), 12, "what fits is not folded");
    }
}
