//! A timeline for the page: positions on a scale, and all texts, so that the page only has to draw it.

use checker::format::time;
use checker::timeline::scale::Scale;
use checker::timeline::{End, Row, State, Timeline};
use checker::verdict::Evidence;
use serde::Serialize;

/// The number of units of the scale. One unit is a tenth of a percent of its length.
const UNITS: usize = 1000;

/// The units that a number at the axis needs.
const TICK: usize = 200;

/// The most rows of one timeline. A class has hundreds of timelines, and some have a thousand rows that are all alike.
const MOST_ROWS: usize = 24;

/// A run and the expected run, on one scale.
#[derive(Serialize)]
pub struct Drawing {
    call: String,
    scenario: String,
    /// The run, and then the expected run, if it is known.
    timelines: Vec<Drawn>,
    ticks: Vec<Mark>,
    /// Where the two begin to differ.
    divergence: Option<Mark>,
    /// What its signs mean. Only signs that occur are explained.
    legend: Vec<&'static str>,
}

/// An instant, and its label.
#[derive(Serialize)]
struct Mark {
    at: usize,
    label: String,
}

#[derive(Serialize)]
struct Drawn {
    title: &'static str,
    rows: Vec<DrawnRow>,
    /// How many more rows there are.
    more: usize,
    end: Mark,
    /// What the function returned, if the two runs differ in that.
    returned: Option<String>,
}

#[derive(Serialize)]
struct DrawnRow {
    /// The index of the row, from 0. It decides the colour.
    index: usize,
    name: String,
    note: String,
    bars: Vec<Bar>,
    blocks: bool,
}

#[derive(Serialize)]
struct Bar {
    from: usize,
    to: usize,
    state: State,
}

impl Drawing {
    pub fn of(evidence: &Evidence) -> Self {
        let (yours, expected) = (&evidence.yours, evidence.expected.as_ref());
        let timelines = || [yours].into_iter().chain(expected);
        let scale = Scale::new(timelines().map(Timeline::end).max().unwrap_or_default(), UNITS);
        let mark = |at, label| Mark { at: scale.column(at).min(UNITS), label };
        let divergence = expected.and_then(|expected| yours.diverges_from(expected));
        let differ = expected.is_some_and(|expected| yours.returned != expected.returned);
        Self {
            call: evidence.call.clone(),
            scenario: evidence.scenario.clone(),
            timelines: timelines()
                .zip(["this run", "expected"])
                .map(|(timeline, title)| drawn(timeline, title, scale, differ))
                .collect(),
            ticks: scale.ticks(TICK).into_iter().map(|at| mark(at, time(at))).collect(),
            divergence: divergence
                .map(|part| mark(part.at, format!("{}: {}", time(part.at), part.how))),
            legend: legend(timelines()),
        }
    }
}

fn drawn(timeline: &Timeline, title: &'static str, scale: Scale, differ: bool) -> Drawn {
    let shown = shown(&timeline.rows);
    let ends = if timeline.returned.is_some() { "returned at" } else { "did not return; ended at" };
    let returned = match &timeline.returned {
        _ if !differ => None,
        None => None,
        Some(returned) => Some(format!("returned {}", returned.words())),
    };
    Drawn {
        title,
        more: timeline.rows.len() - shown.len(),
        rows: shown.into_iter().map(|(index, row)| drawn_row(index, row, scale)).collect(),
        end: Mark {
            at: scale.column(timeline.elapsed).min(UNITS),
            label: format!("{ends} {}", time(timeline.elapsed)),
        },
        returned,
    }
}

/// The rows that fit, in order. Rows with an unusual end have priority, and then the first rows.
fn shown(rows: &[Row]) -> Vec<(usize, &Row)> {
    let mut rows: Vec<(usize, &Row)> = rows.iter().enumerate().collect();
    rows.sort_by_key(|(_, row)| row.end == End::Returned && row.blocked.is_zero());
    rows.truncate(MOST_ROWS);
    rows.sort_by_key(|(index, _)| *index);
    rows
}

fn drawn_row(index: usize, row: &Row, scale: Scale) -> DrawnRow {
    let place = |at| scale.column(at).min(UNITS);
    let bar = |span: &checker::timeline::Span| Bar {
        from: place(span.from),
        to: place(span.to),
        state: span.state,
    };
    let task = if row.task && row.name.starts_with('#') { " task" } else { "" };
    DrawnRow {
        index,
        name: format!("{}{task}", row.name),
        note: row.note(),
        bars: row.spans.iter().map(bar).collect(),
        blocks: !row.blocked.is_zero(),
    }
}

fn legend<'a>(timelines: impl Iterator<Item = &'a Timeline>) -> Vec<&'static str> {
    let rows: Vec<&Row> = timelines.flat_map(|timeline| &timeline.rows).collect();
    let has = |state| rows.iter().flat_map(|row| &row.spans).any(|span| span.state == state);
    let blocks = rows.iter().any(|row| !row.blocked.is_zero());
    [
        (has(State::Idle), "dashed: there, but not waiting for the clock"),
        (has(State::Cancelled), "pale: given up"),
        (blocks, "square: blocks the thread"),
    ]
    .into_iter()
    .filter_map(|(occurs, words)| occurs.then_some(words))
    .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use checker::timeline::Span;

    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Rows that wait once, between these instants in ms.
    fn waits(rows: &[(u64, u64)]) -> Timeline {
        let row = |(i, (from, to)): (usize, &(u64, u64))| Row {
            name: format!("#{}", i + 1),
            task: false,
            spans: vec![Span { from: MS(*from), to: MS(*to), state: State::Waiting }],
            end: End::Returned,
            blocked: Duration::ZERO,
        };
        let elapsed = MS(rows.iter().map(|(_, to)| *to).max().unwrap_or_default());
        let rows = rows.iter().enumerate().map(row).collect();
        Timeline {
            rows,
            elapsed,
            returned: Some(checker::contract::Returned::Durations(vec![elapsed])),
            separate: false,
        }
    }

    fn drawing(yours: Timeline, expected: Option<Timeline>) -> Drawing {
        let call = "wait_n(n = 2, max_delay = 50 ms)".into();
        Drawing::of(&Evidence { call, scenario: "staggered".into(), yours, expected })
    }

    #[test]
    fn both_runs_share_a_scale_and_say_where_they_part() {
        let drawing = drawing(waits(&[(0, 40), (40, 50)]), Some(waits(&[(0, 40), (0, 10)])));
        let [yours, expected] = drawing.timelines.as_slice() else { panic!("two timelines") };
        assert_eq!((yours.rows[1].bars[0].from, yours.rows[1].bars[0].to), (800, 1000));
        assert_eq!((expected.rows[1].bars[0].from, expected.rows[1].bars[0].to), (0, 200));
        assert_eq!(expected.end.at, 800);
        assert_eq!(expected.end.label, "returned at 40 ms");
        let divergence = drawing.divergence.unwrap();
        assert_eq!((divergence.at, divergence.label.as_str()), (0, "0 ms: #2 should be waiting"));
        assert_eq!(yours.returned.as_deref(), Some("returned 50 ms"));
    }

    #[test]
    fn of_many_rows_the_odd_ones_are_shown_and_the_others_counted() {
        let mut many = waits(&[(0, 20); 1000]);
        many.rows[700].end = End::Cancelled;
        let drawing = drawing(many, None);
        let yours = &drawing.timelines[0];
        assert_eq!(yours.rows.len() + yours.more, 1000);
        assert_eq!(yours.rows.len(), MOST_ROWS);
        assert_eq!(yours.rows[MOST_ROWS - 1].name, "#701");
    }

    #[test]
    fn what_would_have_been_far_beyond_the_end_stays_on_the_scale() {
        let mut yours = waits(&[(0, 40)]);
        yours.rows[0].spans.push(Span { from: MS(40), to: MS(90_000), state: State::Cancelled });
        let drawing = drawing(yours, None);
        assert_eq!(drawing.timelines[0].rows[0].bars[1].to, UNITS);
        assert_eq!(drawing.legend, ["pale: given up"]);
    }
}
