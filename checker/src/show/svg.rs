//! Draws timelines as SVG, for documents, reports and pages.
//!
//! A drawing needs nothing else: it has no script, it uses the reader's font, and it is light or dark as the reader's
//! system is. Each row has a title, so that a pointer or a screen reader gets the numbers.

use std::fmt::Write;

use crate::format::time;
use crate::timeline::fold::{Folded, fold};
use crate::timeline::scale::Scale;
use crate::timeline::{Divergence, Row, State, Timeline};

/// Sizes in pixels: the whole drawing, the columns for names and notes, and the heights of a row, an axis, a title and
/// the sentence about a difference.
const WIDTH: usize = 760;
const NAMES: usize = 90;
const NOTES: usize = 190;
const ROW: usize = 22;
const AXIS: usize = 34;
const TITLE: usize = 26;
const MARK: usize = 18;

/// How many rows of one timeline are drawn before the others are folded.
const MOST_ROWS: usize = 24;

/// The colours of rows. People who can't see red or green can distinguish them, too.
const COLOURS: [&str; 5] = ["#0072b2", "#009e73", "#d55e00", "#cc79a7", "#b8860b"];

/// The style of a drawing, light and dark.
const STYLE: &str = "\
svg { color: #1f2328; background: #fff; font: 13px system-ui, sans-serif; }
text { fill: currentColor; }
.title { font-weight: 600; }
.note { opacity: .75; font-size: 12px; }
.axis { stroke: currentColor; opacity: .45; }
.grid { stroke: currentColor; opacity: .12; }
.idle { stroke: currentColor; opacity: .6; stroke-dasharray: 3 3; }
.cancelled { fill-opacity: .15; stroke-dasharray: 3 2; }
.parting { stroke: #c0392b; }
text.parting { stroke: none; fill: #c0392b; font-weight: 600; font-size: 12px; }
@media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117; } .parting { stroke: #ff7b72; } text.parting { fill: #ff7b72; } }
";

/// Draws timelines on one scale, each under its title. If there are two, the first difference between them is marked.
/// `caption` is the caption of the whole drawing.
pub fn draw(caption: &str, timelines: &[(&str, &Timeline)]) -> String {
    let end = timelines.iter().map(|(_, timeline)| timeline.end()).max().unwrap_or_default();
    let scale = Scale::new(end, WIDTH - NAMES - NOTES);
    let caption = escape(caption);
    let mut body = format!("<text x=\"12\" y=\"22\">{caption}</text>\n");
    let mut y = 36;
    for (i, (title, timeline)) in timelines.iter().enumerate() {
        let expected = timelines.get(1).filter(|_| i == 0).map(|(_, expected)| *expected);
        body.push_str(&titled(title, timeline, expected, scale, &mut y));
    }
    let legend = legend(timelines);
    if !legend.is_empty() {
        let _ = writeln!(body, r#"<text x="12" y="{}" class="note">{legend}</text>"#, y + 8);
        y += 20;
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" aria-label="{caption}">
<title>{caption}</title>
<style>
{STYLE}</style>
{body}</svg>
"#
    )
}

/// One timeline with its title and its axis, and the difference from the `expected` one. It begins at `y`, and moves
/// `y` to its end.
fn titled(
    title: &str,
    timeline: &Timeline,
    expected: Option<&Timeline>,
    scale: Scale,
    y: &mut usize,
) -> String {
    let mut svg =
        format!("<text x=\"12\" y=\"{}\" class=\"title\">{}</text>\n", *y + 12, escape(title));
    *y += TITLE;
    let top = *y;
    let mut bars = String::new();
    for folded in fold(&timeline.rows, MOST_ROWS) {
        match folded {
            Folded::Row(index) => bars.push_str(&row(&timeline.rows[index], index, scale, *y)),
            Folded::More(more) => {
                let _ = writeln!(
                    bars,
                    r#"<text x="{NAMES}" y="{}" class="note">… {more} more like this</text>"#,
                    *y + 15
                );
            }
        }
        *y += ROW;
    }
    let bottom = *y;
    svg.push_str(&axis(timeline, scale, top, bottom));
    svg.push_str(&bars);
    *y += AXIS;
    if let Some(divergence) = expected.and_then(|expected| timeline.diverges_from(expected)) {
        svg.push_str(&mark(&divergence, scale, top, bottom));
        *y += MARK;
    }
    svg
}

/// The mark at the first difference from the expected timeline: a line through the rows, with a sentence below it.
fn mark(divergence: &Divergence, scale: Scale, top: usize, bottom: usize) -> String {
    let column = scale.column(divergence.at);
    let anchor = if column * 2 > WIDTH - NAMES - NOTES { "end" } else { "start" };
    let words = escape(&format!("{}: {}", time(divergence.at), divergence.how));
    let (x, text) = (NAMES + column, bottom + AXIS + 2);
    format!(
        r#"<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" class="parting"/><text x="{x}" y="{text}" class="parting" text-anchor="{anchor}">▲ {words}</text>"#
    ) + "\n"
}

/// A row: its name, its bars and its note.
fn row(row: &Row, index: usize, scale: Scale, y: usize) -> String {
    let colour = COLOURS[index % COLOURS.len()];
    let (name, note) = (escape(&row.name), escape(&row.note()));
    let mut svg = format!("<g><title>{name}: {note}</title>\n");
    let task = if row.task && row.name.starts_with('#') { " task" } else { "" };
    let _ = writeln!(svg, r#"<text x="12" y="{}">{name}{task}</text>"#, y + 15);
    for span in &row.spans {
        let x = |at| NAMES + scale.column(at).min(WIDTH - NAMES - NOTES);
        let (from, to) = (x(span.from), x(span.to));
        let (width, top) = ((to - from).max(2), y + 4);
        let _ = match span.state {
            State::Waiting => writeln!(
                svg,
                r#"<rect x="{from}" y="{top}" width="{width}" height="14" rx="2" fill="{colour}"/>"#
            ),
            State::Cancelled => writeln!(
                svg,
                r#"<rect x="{from}" y="{top}" width="{width}" height="14" rx="2" fill="{colour}" stroke="{colour}" class="cancelled"/>"#
            ),
            State::Idle => writeln!(
                svg,
                r#"<line x1="{from}" y1="{middle}" x2="{to}" y2="{middle}" class="idle"/>"#,
                middle = y + 11
            ),
        };
    }
    if !row.blocked.is_zero() {
        let _ = writeln!(
            svg,
            r##"<rect x="{NAMES}" y="{}" width="14" height="14" fill="#c0392b"/>"##,
            y + 4
        );
    }
    let _ = writeln!(
        svg,
        r#"<text x="{}" y="{}" class="note">{note}</text></g>"#,
        WIDTH - NOTES + 10,
        y + 15
    );
    svg
}

/// The axis under the rows, with round numbers, and the end of the run.
fn axis(timeline: &Timeline, scale: Scale, top: usize, y: usize) -> String {
    let right = WIDTH - NOTES;
    let mut svg = format!(r#"<line x1="{NAMES}" y1="{y}" x2="{right}" y2="{y}" class="axis"/>"#);
    svg.push('\n');
    let ticks = scale.ticks(70);
    for tick in &ticks {
        let x = NAMES + scale.column(*tick);
        let _ = writeln!(
            svg,
            r#"<line x1="{x}" y1="{top}" x2="{x}" y2="{y}" class="grid"/><text x="{x}" y="{}" class="note" text-anchor="middle">{}</text>"#,
            y + 15,
            time(*tick)
        );
    }
    let x = NAMES + scale.column(timeline.elapsed);
    let said = if timeline.returned.is_some() { "returned at" } else { "did not return; ended at" };
    let _ = writeln!(
        svg,
        r#"<line x1="{x}" y1="{top}" x2="{x}" y2="{}" class="axis"/><text x="{}" y="{}" class="note">{said} {}</text>"#,
        y + 5,
        right + 10,
        y + 15,
        time(timeline.elapsed)
    );
    svg
}

/// The meaning of the signs that occur in the drawing.
fn legend(timelines: &[(&str, &Timeline)]) -> String {
    let rows = || timelines.iter().flat_map(|(_, timeline)| &timeline.rows);
    let has = |state| rows().flat_map(|row| &row.spans).any(|span| span.state == state);
    let mut words = Vec::new();
    if has(State::Idle) {
        words.push("dashed: there, but not waiting for the clock");
    }
    if has(State::Cancelled) {
        words.push("pale: given up");
    }
    if rows().any(|row| !row.blocked.is_zero()) {
        words.push("red square: blocks the thread");
    }
    words.join(" · ")
}

fn escape(text: &str) -> String {
    let escaped = |c: char| match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        // XML does not allow control characters at all
        c if c.is_control() => String::new(),
        c => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{MS, waits};

    #[test]
    fn a_drawing_has_its_numbers_as_text_and_escapes_its_caption() {
        let timeline = waits(&[(0, 40), (10, 20)]);
        let svg = draw("a <b> & \"c\"", &[("yours", &timeline), ("expected", &waits(&[(0, 40)]))]);
        assert_eq!(svg.matches("a &lt;b&gt; &amp; &quot;c&quot;<").count(), 2, "{svg}");
        for part in ["10 ms from 10 ms", "returned at 40 ms", "#2 is one too many"] {
            assert!(svg.contains(part), "{part} is missing in {svg}");
        }
        assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
    }

    /// The values of an attribute, in order.
    fn all(svg: &str, attribute: &str) -> Vec<usize> {
        let begin = format!(" {attribute}=\"");
        let values = svg.split(&begin).skip(1);
        values.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    }

    #[test]
    fn every_bar_is_in_its_row_and_on_the_scale_and_everything_is_in_the_frame() {
        let mut yours = waits(&[(0, 40), (10, 20), (20, 40)]);
        yours.rows[2].blocked = MS(7);
        let one = draw("caption", &[("yours", &yours)]);
        let rects: Vec<&str> = one.split("<rect").skip(1).collect();
        let (width, half) = (WIDTH - NAMES - NOTES, (WIDTH - NAMES - NOTES) / 2);
        let bar = |at: usize| (all(rects[at], "x")[0], all(rects[at], "width")[0]);
        assert_eq!(
            [bar(0), bar(1), bar(2)],
            [(NAMES, width), (NAMES + width / 4, width / 4), (NAMES + half, half)]
        );
        let rows: Vec<usize> = rects[..3].iter().map(|rect| all(rect, "y")[0]).collect();
        assert_eq!(rows, [rows[0], rows[0] + ROW, rows[0] + 2 * ROW]);

        let expected = waits(&[(0, 40)]);
        let two = draw("caption", &[("yours", &yours), ("expected", &expected)]);
        let [height, more] = [&one, &two].map(|svg| all(svg, "height")[0]);
        assert!(more > height, "{height} {more}");
        for (svg, height) in [(one, height), (two, more)] {
            let vertical = ["y", "y1", "y2"].map(|name| all(&svg, name)).concat();
            let lowest = vertical.into_iter().max().unwrap();
            assert!((height - 24..=height).contains(&lowest), "{lowest} of {height}: {svg}");
            let horizontal = ["x", "x1", "x2"].map(|name| all(&svg, name)).concat();
            assert!(horizontal.into_iter().all(|x| x <= WIDTH), "{svg}");
            assert!(svg.contains("red square: blocks the thread"), "{svg}");
        }
        assert!(!draw("caption", &[("expected", &expected)]).contains("red square"));
    }

    #[test]
    fn only_a_coroutine_in_a_task_of_its_own_is_labelled_as_a_task() {
        let mut timeline = waits(&[(0, 40), (0, 10)]);
        timeline.rows[0].task = true;
        timeline.rows[1].task = true;
        timeline.rows[1].name = "task 2".into();
        let svg = draw("caption", &[("yours", &timeline)]);
        assert!(svg.contains(">#1 task</text>") && svg.contains(">task 2</text>"), "{svg}");
        assert!(draw("caption", &[("yours", &waits(&[(0, 1)]))]).contains(">#1</text>"));
        assert!(!draw("a\u{1b}b", &[]).contains('\u{1b}'), "XML has no such character");
    }
}
