//! Draws the screen of watch mode.

use std::io::Write;

use checker::format::count;
use checker::show::{self, Style};
use checker::system::{self, KeyByKey};
use checker::tasks::{self, TASKS};
use checker::verdict::{Outcome, TaskReport};

use super::{Page, State, notice};
use crate::commands::{explain, hint, list, progress, solution};

/// The terminal, in full-screen mode until this is dropped.
pub struct Screen {
    size: (usize, usize),
    keys: Option<KeyByKey>,
}

/// Switches to another screen, so that the old contents come back later; hides the cursor; cuts long lines.
const OPEN: &str = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const CLOSE: &str = "\x1b[?7h\x1b[?25h\x1b[?1049l";

impl Screen {
    pub fn open() -> Self {
        write(OPEN);
        Self { size: size(), keys: KeyByKey::start() }
    }

    /// Whether the size of the terminal has changed.
    pub fn was_resized(&mut self) -> bool {
        let old = std::mem::replace(&mut self.size, size());
        old != self.size
    }

    pub fn show(&mut self, state: &State) {
        let style = Style::of_stdout();
        let lines = lines(state, style, self.size.1, self.keys.is_some());
        let mut frame = String::from("\x1b[H");
        for (i, line) in lines.iter().enumerate() {
            frame.push_str(if i == 0 { "" } else { "\r\n" });
            // clears the line first, because a full line leaves no place to clear from; ends the colour, so that it does
            // not continue in the next line
            frame.push_str("\x1b[K");
            frame.push_str(line);
            frame.push_str("\x1b[0m");
        }
        frame.push_str("\x1b[J");
        write(&style.render(&frame));
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        write(CLOSE);
    }
}

fn size() -> (usize, usize) {
    system::terminal_size().unwrap_or((80, 24))
}

/// Writes to the terminal. Errors are ignored: if the terminal is gone, the keyboard thread notices it.
fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The lines of the screen, `height` at most.
fn lines(state: &State, style: Style, height: usize, key_by_key: bool) -> Vec<String> {
    let outcome = state.line().map_or(String::new(), |line| show::state(&line.verdict, style));
    let mut top =
        vec![header(state, style), String::new(), title(state, style), outcome, String::new()];
    let mut bottom = vec![String::new(), status(state, style)];
    bottom.extend(keys(state, style, key_by_key));
    if height < 14 {
        // every line counts
        top.retain(|line| !line.is_empty());
        bottom.retain(|line| !line.is_empty());
    }
    let body = body(state, style);
    let room = height.saturating_sub(top.len() + bottom.len()).max(1);
    let scrolled = state.scrolled.min(body.len().saturating_sub(room));
    let below = body.len().saturating_sub(scrolled + room);
    let mut lines = top;
    lines.extend(body.into_iter().skip(scrolled).take(room));
    if scrolled > 0 || below > 0 {
        let above = count(scrolled, "line");
        let more = format!("  ↑↓ {above} above, {below} below");
        bottom[0] = style.note(&more);
    }
    lines.extend(bottom);
    lines.truncate(height.max(1));
    lines
}

fn header(state: &State, style: Style) -> String {
    const LONGEST_BAR: usize = 30;
    let Some(report) = &state.report else {
        return style.bold("Await & See");
    };
    // tasks that wait for a task that is being edited have not become wrong
    let is_right = |line: &TaskReport| state.right.contains(&line.number);
    let right = report.tasks.iter().filter(|line| is_right(line)).count();
    let waiting = report.tasks.iter().filter(|line| is_right(line) && !line.verdict.right());
    let waiting = match waiting.clone().next().and_then(|line| line.verdict.waits_for.as_deref()) {
        Some(name) => {
            let on = tasks::by_name(name).map_or(0, |task| task.number);
            let many = waiting.count();
            format!(" ({many} {} for {on})", if many == 1 { "waits" } else { "wait" })
        }
        None => String::new(),
    };
    let (reached, points) = list::points(report, is_right);
    let progress =
        format!("{right} of {} tasks · {reached} of {points} points{waiting}", TASKS.len());
    let name = "Await & See";
    let room = style.width.saturating_sub(name.chars().count() + progress.chars().count() + 4);
    let longest = room.min(LONGEST_BAR);
    let full = longest * right / TASKS.len();
    let bar = style.good(&"█".repeat(full)) + &style.dim(&"░".repeat(longest - full));
    let name = style.bold(name);
    if longest > 4 { format!("{name}  {bar}  {progress}") } else { format!("{name}  {progress}") }
}

fn title(state: &State, style: Style) -> String {
    let task = state.task;
    let name = format!("{} {}: {}", task.number, task.name, task.title);
    style.bold(&name)
}

fn body(state: &State, style: Style) -> Vec<String> {
    let n = state.task.number;
    let text = match (&state.page, &state.problem, state.line()) {
        (Page::Hint, ..) => {
            notice(hint::text(&state.workspace, state.task, state.hint.max(1), style))
        }
        (Page::Explanation, ..) => {
            state.code().map(|code| explain::page(code.page(), style)).unwrap_or_default()
        }
        (Page::Timeline(text) | Page::Notice(text), ..) => text.clone(),
        (Page::List, ..) => {
            let list = |report| list::text(report, style);
            state.report.as_ref().map(list).unwrap_or_default()
        }
        (Page::Solution, ..) => notice(solution::text(&state.workspace, state.task)),
        (Page::Finale, ..) => progress::finale(style),
        (Page::ConfirmReset, ..) => {
            format!("  Restore the stub of task {n}? Your file is kept, and you are told where.\n")
        }
        (Page::Verdict, Some(problem), _) => {
            format!("  The check could not be made:\n\n{problem}\n")
        }
        (Page::Verdict, None, None) => "  building … (only the first build is slow)\n".into(),
        (Page::Verdict, None, Some(line)) => match line.verdict.outcome {
            Outcome::Untouched => {
                let folder = state.task.folder();
                format!(
                    "  Read  crates/{folder}/README.md\n  Edit  crates/{folder}/src/lib.rs\n\n  Save the file, and what it does is shown here.\n"
                )
            }
            Outcome::Waiting => {
                let on = line.verdict.waits_for.as_deref().unwrap_or("another task");
                format!(
                    "  It builds on {on}, which is not right yet: press p to go to the task before.\n"
                )
            }
            Outcome::Passed => {
                let words = show::words(line, style);
                format!("  Right! Press n for what comes next.\n\n{words}")
            }
            // the words come first, so that a small screen shows at least them
            _ => {
                let (words, picture) = (show::words(line, style), show::drawing(line, style));
                format!("{}\n{picture}", words.trim_start_matches('\n'))
            }
        },
    };
    text.trim_end().lines().flat_map(|line| fit(line, style.width)).collect()
}

/// Breaks a line that is too long for the screen, at a space if there is one. Colour codes don't count.
fn fit(line: &str, width: usize) -> Vec<String> {
    const INDENT: &str = "    ";
    let (mut lines, mut current, mut used) = (Vec::new(), String::new(), 0);
    // where the current line could be broken: after this many bytes and columns
    let mut space = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if used == width {
            let (at, columns) = space.take().unwrap_or((current.len(), used));
            let tail = current.split_off(at);
            lines.push(std::mem::take(&mut current));
            current = format!("{INDENT}{tail}");
            used = INDENT.len() + used - columns;
        }
        current.push(c);
        if c == '\u{1b}' {
            for c in rest.by_ref() {
                current.push(c);
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
            continue;
        }
        used += 1;
        if c == ' ' && used > width / 2 {
            space = Some((current.len(), used));
        }
    }
    lines.push(current);
    lines
}

fn status(state: &State, style: Style) -> String {
    let elapsed = match state.elapsed.as_millis() {
        ms @ ..100 => format!("{ms} ms"),
        ms => format!("{:.1} s", ms as f64 / 1e3),
    };
    let text = match (state.checking, &state.report) {
        (true, _) => "  checking …".to_string(),
        (false, None) => String::new(),
        (false, Some(_)) => format!("  checked in {elapsed}; waiting for a save"),
    };
    style.dim(&text)
}

/// The help on keys, on as many lines as it needs.
fn keys(state: &State, style: Style, key_by_key: bool) -> Vec<String> {
    let (mut lines, mut width) = (vec![String::from(" ")], 1);
    for (key, name) in state.keys() {
        let needed = name.chars().count() + 5;
        if width + needed > style.width {
            lines.push(String::from(" "));
            width = 1;
        }
        width += needed;
        let line = lines.last_mut().expect("one at least");
        line.push_str(&format!(" {} {name}  ", style.bold(&key.to_string())));
    }
    if !key_by_key {
        lines.push(style.dim("  (a key, then Enter)"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_broken_and_nothing_of_it_is_lost() {
        assert_eq!(fit("short", 10), ["short"]);
        assert_eq!(fit("0123456789", 10), ["0123456789"], "exactly as wide");
        assert_eq!(fit("one two three four", 10), ["one two ", "    three ", "    four"]);
        assert_eq!(fit("0123456789abcdef", 10), ["0123456789", "    abcdef"]);
    }

    #[test]
    fn colours_take_no_room_and_stay_whole() {
        let red = "\u{1b}[31m0123456789";
        assert_eq!(fit(red, 10), [red]);
        assert_eq!(fit("\u{1b}[1;31m01234567890123", 10), ["\u{1b}[1;31m0123456789", "    0123"]);
    }
}
