//! Draws timelines as text.
//!
//! `█` is a wait for the clock, `▏` a run within one instant, `╌` an idle time, `░` the rest of a wait that was
//! dropped, and `■` a blocked thread. A row is one line. Under the rows is the axis of virtual time, which ends where
//! the run ended.

use std::time::Duration;

use super::{Style, wrap};
use crate::format::time;
use crate::timeline::fold::{Folded, fold};
use crate::timeline::scale::Scale;
use crate::timeline::{Divergence, Row, State, Timeline};

/// How many rows of one timeline are drawn, if nothing else is asked for.
pub const MOST_ROWS: usize = 12;

/// How many columns the bars have. Fewer show nothing, and more are tiring to read.
const BARS: std::ops::RangeInclusive<usize> = 16..=100;

/// How many columns the name of a compared timeline has.
const LABEL: usize = 10;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Canvas {
    /// The width in columns.
    pub width: usize,
    /// How many rows of one timeline are drawn before the others are folded.
    pub rows: usize,
    /// The colours.
    pub style: Style,
}

impl Canvas {
    /// Plain text of this width, for example for a file.
    pub fn plain(width: usize) -> Self {
        Self { width, rows: MOST_ROWS, style: Style::plain() }
    }
}

/// Draws one timeline, as lines of text.
pub fn draw(timeline: &Timeline, canvas: Canvas) -> Vec<String> {
    let drawing = Drawing::new(&[timeline], canvas, 0);
    let mut lines = drawing.lines(timeline, false);
    lines.extend(drawing.legend(&[timeline]));
    lines
}

/// Draws `yours` over `other` on one scale, and marks the first difference. `name` is the name of `other`, for example
/// `expected`.
pub fn compare(yours: &Timeline, other: &Timeline, name: &str, canvas: Canvas) -> Vec<String> {
    let drawing = Drawing::new(&[yours, other], canvas, LABEL);
    let labelled = |name: &str, lines: Vec<String>| -> Vec<String> {
        let label = |i: usize| if i == 0 { name.to_string() } else { String::new() };
        lines
            .into_iter()
            .enumerate()
            .map(|(i, line)| format!("{:<LABEL$}{line}", label(i)).trim_end().to_string())
            .collect()
    };
    let mut lines = labelled("yours", drawing.lines(yours, false));
    // if a run did not return, its axis says so
    let returns = yours.returned.is_some() && yours.returned != other.returned;
    if returns {
        lines.extend(labelled("", drawing.returned(yours)));
    }
    if let Some(divergence) = yours.diverges_from(other) {
        lines.extend(drawing.mark(&divergence));
    }
    lines.extend(labelled(name, drawing.lines(other, true)));
    if returns {
        let dim = |line: String| canvas.style.dim(&line);
        lines.extend(labelled("", drawing.returned(other).into_iter().map(dim).collect()));
    }
    lines.extend(labelled("", drawing.legend(&[yours, other])));
    lines
}

/// The words after the axis of a run that did not return.
fn unreturned(timeline: &Timeline) -> &'static str {
    if timeline.returned.is_some() { "" } else { " (did not return)" }
}

/// What compared timelines have in common: the scale and the widths.
struct Drawing {
    canvas: Canvas,
    scale: Scale,
    /// The columns before the names of rows.
    margin: usize,
    /// The columns of the names.
    name: usize,
    /// The columns of the bars.
    bars: usize,
}

impl Drawing {
    fn new(timelines: &[&Timeline], canvas: Canvas, margin: usize) -> Self {
        let rows = || timelines.iter().flat_map(|timeline| &timeline.rows);
        let width = |text: &str| text.chars().count();
        let name = rows().map(|row| width(&label(row)) + 1).max().unwrap_or(0).max(4);
        // the text after the axis has one column more
        let behind =
            |t: &&Timeline| (width(&time(t.elapsed)) + width(unreturned(t))).saturating_sub(1);
        let notes = rows().map(|row| width(&row.note())).chain(timelines.iter().map(behind));
        let note = notes.max().unwrap_or(0).max(10);
        let bars = canvas.width.saturating_sub(margin + name + 2 + note);
        let bars = bars.clamp(*BARS.start(), *BARS.end());
        let end = timelines.iter().map(|timeline| timeline.end()).max().unwrap_or_default();
        Self { canvas, scale: Scale::new(end, bars), margin, name, bars }
    }

    /// The rows and the axis.
    fn lines(&self, timeline: &Timeline, dim: bool) -> Vec<String> {
        let style = self.canvas.style;
        let mut lines: Vec<String> = fold(&timeline.rows, self.canvas.rows)
            .into_iter()
            .map(|folded| match folded {
                Folded::Row(i) => self.row(&timeline.rows[i], i, dim),
                Folded::More(more) => {
                    style.dim(&format!("{:name$}… {more} more like this", "", name = self.name))
                }
            })
            .collect();
        if timeline.rows.is_empty() {
            lines.push(style.dim(&format!("{:name$}(nothing waits)", "", name = self.name)));
        }
        lines.push(style.dim(&self.axis(timeline)));
        lines
    }

    fn row(&self, row: &Row, index: usize, dim: bool) -> String {
        let mut cells = vec![' '; self.bars];
        for span in &row.spans {
            let (from, to) = (self.scale.column(span.from), self.scale.column(span.to));
            let glyph = match span.state {
                State::Idle => '╌',
                State::Waiting => '█',
                State::Cancelled => '░',
            };
            let instant = span.state == State::Waiting && span.from == span.to;
            let glyph = if instant { '▏' } else { glyph };
            // even a short wait has one column
            let to = if span.state == State::Waiting { to.max(from + 1) } else { to };
            let (from, to) = (from.min(self.bars - 1), to.min(self.bars));
            cells[from.min(to)..to].fill(glyph);
        }
        if !row.blocked.is_zero() {
            cells[0] = '■';
        }
        let bar: String = cells.into_iter().collect();
        let style = self.canvas.style;
        let (bar, note) = if dim {
            (style.dim(&bar), style.dim(&row.note()))
        } else {
            (style.row(index, &bar), row.note())
        };
        format!("{:<name$}{bar}  {note}", label(row), name = self.name).trim_end().to_string()
    }

    /// `0────10───20───30───┴ 40 ms`: the time that the run took, with round numbers on the way.
    fn axis(&self, timeline: &Timeline) -> String {
        let end = self.scale.column(timeline.elapsed).min(self.bars);
        let ends = if timeline.returned.is_some() { '┴' } else { '╴' };
        let mut cells = vec!['─'; end.max(1)];
        let unit = Unit::of(self.scale.end);
        for tick in self.scale.ticks(8) {
            let number = unit.number(tick);
            let (at, width) = (self.scale.column(tick), number.chars().count());
            // a number that would touch the end is left out, because the end has its own number
            if at + width < end {
                cells.splice(at..at + width, number.chars());
            }
        }
        *cells.last_mut().expect("one at least") = ends;
        let line: String = cells.into_iter().collect();
        let (elapsed, said) = (time(timeline.elapsed), unreturned(timeline));
        format!("{:name$}{line} {elapsed}{said}", "", name = self.name)
    }

    /// What the function returned.
    fn returned(&self, timeline: &Timeline) -> Vec<String> {
        let said = match &timeline.returned {
            None => String::new(),
            Some(returned) => format!("returned {}", returned.words()),
        };
        // a long list takes several lines
        let room = self.canvas.width.saturating_sub(self.margin + self.name).max(*BARS.start());
        let lines = wrap(&said, room).into_iter();
        lines.map(|line| format!("{:name$}{line}", "", name = self.name)).collect()
    }

    /// The mark of a difference, under its instant: `▲ 10 ms: #2 should be waiting`.
    fn mark(&self, divergence: &Divergence) -> Vec<String> {
        let words = format!("{}: {}", time(divergence.at), divergence.how);
        let at = self.margin + self.name + self.scale.column(divergence.at).min(self.bars - 1);
        let width = words.chars().count() + 2;
        let indent = |columns: usize| " ".repeat(columns);
        // words that don't fit to the right of the mark stand to its left, or below it
        let lines = if at + width <= self.canvas.width {
            vec![format!("{}▲ {words}", indent(at))]
        } else if at > width {
            vec![format!("{}{words} ▲", indent(at - width + 1))]
        } else {
            let left = (self.canvas.width + 2).saturating_sub(width).min(at);
            vec![format!("{}▲", indent(at)), format!("{}{words}", indent(left))]
        };
        lines.iter().map(|line| self.canvas.style.note(line)).collect()
    }

    /// The meaning of the less common characters, if they occur.
    fn legend(&self, timelines: &[&Timeline]) -> Vec<String> {
        let spans = || timelines.iter().flat_map(|t| &t.rows).flat_map(|row| &row.spans);
        let blocked = timelines.iter().flat_map(|t| &t.rows).any(|row| !row.blocked.is_zero());
        let mut words = Vec::new();
        if spans().any(|span| span.state == State::Idle) {
            words.push("╌ there, but not waiting for the clock");
        }
        if spans().any(|span| span.state == State::Cancelled) {
            words.push("░ given up");
        }
        if blocked {
            words.push("■ blocks the thread");
        }
        let one_line = words.join("   ");
        if self.margin + self.name + one_line.chars().count() <= self.canvas.width {
            words = if words.is_empty() { vec![] } else { vec![&one_line] };
        }
        let line = |words: &&str| format!("{:name$}{words}", "", name = self.name);
        words.iter().map(|words| self.canvas.style.dim(&line(words))).collect()
    }
}

/// The name of a row: `#3`, or `#3 task` for a coroutine that runs in a task of its own.
fn label(row: &Row) -> String {
    if row.task && row.name.starts_with('#') {
        format!("{} task", row.name)
    } else {
        row.name.clone()
    }
}

/// The unit of an axis.
#[derive(Clone, Copy)]
struct Unit(Duration);

impl Unit {
    fn of(end: Duration) -> Self {
        let units = [3_600_000, 1000, 1].map(Duration::from_millis);
        Self(units.into_iter().find(|unit| end >= *unit).unwrap_or(units[2]))
    }

    fn number(self, at: Duration) -> String {
        let number = at.as_secs_f64() / self.0.as_secs_f64();
        let text = format!("{number:.1}");
        text.strip_suffix(".0").map_or(text.clone(), String::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::waits;
    use crate::timeline::{End, Span};

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn every_row_starts_and_ends_where_its_wait_does() {
        let mut timeline = waits(&[(0, 40), (10, 20), (0, 30)]);
        timeline.rows[2].spans = vec![];
        let drawn = draw(&timeline, Canvas::plain(50));
        assert_eq!(
            drawn,
            [
                "#1  ████████████████████████████  40 ms",
                "#2         ███████                10 ms from 10 ms",
                "#3                                0 ms",
                "    0─────────────20───────────┴ 40 ms",
            ]
        );
    }

    #[test]
    fn two_timelines_share_a_scale_and_their_first_difference_is_marked() {
        let (yours, expected) = (waits(&[(0, 40), (40, 50)]), waits(&[(0, 40), (0, 10)]));
        let drawn = compare(&yours, &expected, "expected", Canvas::plain(60));
        assert_eq!(
            drawn,
            [
                "yours     #1  ██████████████████████        40 ms",
                "          #2                        ██████  10 ms from 40 ms",
                "              0──────────20─────────40───┴ 50 ms",
                "              ▲ 0 ms: #2 should be waiting",
                "expected  #1  ██████████████████████        40 ms",
                "          #2  ██████                        10 ms",
                "              0──────────20────────┴ 40 ms",
            ]
        );
    }

    #[test]
    fn every_line_fits_the_width() {
        let mut yours = waits(&[(0, 40), (0, 30), (0, 20)]);
        yours.rows[1].end = End::Cancelled;
        yours.rows[1].spans = vec![
            Span { from: MS(5), to: MS(10), state: State::Idle },
            Span { from: MS(10), to: MS(39), state: State::Waiting },
            Span { from: MS(39), to: MS(90), state: State::Cancelled },
        ];
        // a long list, and a mark in the middle with no room on either side
        yours.returned = Some(crate::contract::Returned::Durations((1..40).map(MS).collect()));
        for width in [60, 80, 160] {
            for line in compare(&yours, &waits(&[(0, 40)]), "expected", Canvas::plain(width)) {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
        // narrower than any bar: cut, but never a panic
        for width in 0..60 {
            compare(&yours, &waits(&[]), "expected", Canvas::plain(width));
        }
    }

    #[test]
    fn a_dumb_terminal_gets_the_same_columns_in_ascii() {
        let style = Style { ascii: true, ..Style::plain() };
        let drawn = draw(&waits(&[(0, 40), (10, 20)]), Canvas::plain(50));
        for line in drawn {
            let ascii = style.render(&line);
            assert!(ascii.is_ascii(), "{ascii}");
            assert_eq!(ascii.len(), line.chars().count());
        }
    }
}
