//! Draws pictures as text: one row for each wait, on a scale of virtual time.

use std::time::Duration;

use crate::picture::{Picture, Row, RowKind};
use crate::words::time;

/// Rows shown before the rest is folded into one line.
const MOST_ROWS: usize = 12;

/// A scale that several pictures can share: columns for virtual time from zero to `end`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub end: Duration,
    pub columns: usize,
}

impl Scale {
    /// A scale on which everything up to `end` fits.
    pub fn new(end: Duration, columns: usize) -> Self {
        Self { end: end.max(Duration::from_millis(1)), columns }
    }

    fn column(&self, at: Duration) -> usize {
        (at.as_secs_f64() / self.end.as_secs_f64() * self.columns as f64).round() as usize
    }
}

/// The rows of `picture` and the axis under them, one line each, without a margin.
pub fn lines(picture: &Picture, scale: Scale) -> Vec<String> {
    let shown = if picture.rows.len() > MOST_ROWS { MOST_ROWS - 1 } else { picture.rows.len() };
    let mut lines: Vec<String> = picture.rows[..shown].iter().map(|row| line(row, scale)).collect();
    if shown < picture.rows.len() {
        lines.push(format!("     … {} more like these", picture.rows.len() - shown));
    }
    if picture.rows.is_empty() {
        lines.push("     (nothing waits)".into());
    }
    lines.push(axis(picture, scale));
    lines
}

fn line(row: &Row, scale: Scale) -> String {
    let name = row.coroutine.map_or("  ".into(), |number| format!("#{number}"));
    let (from, to) = (scale.column(row.from), scale.column(row.to));
    let bar = match row.kind {
        RowKind::Waited => "█".repeat((to - from).max(usize::from(row.to > row.from))),
        RowKind::Cancelled => "░".repeat((to - from).max(1)),
        RowKind::NeverAwaited => "·".into(),
    };
    let note = match row.kind {
        RowKind::Waited if row.from.is_zero() => time(row.to - row.from),
        RowKind::Waited => format!("{} from {}", time(row.to - row.from), time(row.from)),
        RowKind::Cancelled => format!("given up at {}", time(row.to)),
        RowKind::NeverAwaited => "never awaited".into(),
    };
    let bar = format!("{}{bar}", " ".repeat(from));
    format!("{name:<4} {bar:<width$}  {note}", width = scale.columns).trim_end().to_string()
}

/// `0 ────── 40 ms`, with the end of the run marked.
fn axis(picture: &Picture, scale: Scale) -> String {
    let end = scale.column(picture.took);
    let line = "─".repeat(end.saturating_sub(1));
    format!("     0{line}┴ {}", time(picture.took))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_starts_and_ends_where_its_wait_does() {
        let picture = Picture::concurrent(&[40, 10, 0].map(Duration::from_millis), false);
        let drawn = lines(&picture, Scale::new(Duration::from_millis(80), 16));
        assert_eq!(
            drawn,
            [
                "#1   ████████          40 ms",
                "#2   ██                10 ms",
                "#3                     0 ms",
                "     0───────┴ 40 ms"
            ]
        );
    }

    #[test]
    fn many_rows_are_folded() {
        let picture = Picture::concurrent(&[Duration::from_millis(20); 300], false);
        let drawn = lines(&picture, Scale::new(picture.end(), 40));
        assert_eq!(drawn.len(), MOST_ROWS + 1);
        assert!(drawn[MOST_ROWS - 1].contains("… 289 more like these"));
    }
}
