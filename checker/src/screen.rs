//! What a person sees of a report: the same text in `cargo xtask check` and in `cargo test`.

use std::fmt::Write;
use std::io::IsTerminal;

use anstyle::{AnsiColor, Style as Ansi};

use crate::code::Code;
use crate::course;
use crate::system;
use crate::timeline::text::{self, Canvas, MOST_ROWS};
use crate::verdict::{Diagnosis, Evidence, Outcome, Report, TaskReport, Verdict};
use crate::words::count;

/// How to write to a person.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub colour: bool,
    /// Nothing but ASCII.
    pub ascii: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// Columns where there is no terminal to ask.
const WIDTH: usize = 80;

impl Style {
    /// Colour for a person at a terminal; never under CI, nor if `NO_COLOR` asks for none. `CLICOLOR_FORCE` asks for it
    /// anywhere. ASCII on a dumb terminal, or if `AWAIT_AND_SEE_ASCII` asks for it.
    pub fn of_stdout() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let terminal = std::io::stdout().is_terminal();
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let width = system::terminal_size().map(|(width, _)| width);
        Self {
            colour: !set("NO_COLOR") && (terminal && !set("CI") && !dumb || forced),
            ascii: terminal && dumb || set("AWAIT_AND_SEE_ASCII"),
            width: width.filter(|_| terminal).unwrap_or(WIDTH).max(40),
        }
    }

    pub fn plain() -> Self {
        Self { colour: false, ascii: false, width: WIDTH }
    }

    /// The text as the terminal can show it. A glyph of one column stays one column wide.
    pub fn render(self, text: &str) -> String {
        if !self.ascii {
            return text.into();
        }
        let glyph = |c: char| match c {
            '✓' => '+',
            '✗' => 'x',
            '·' | '╌' | '…' => '.',
            '×' => 'x',
            '█' => '#',
            '░' => '%',
            '■' => '!',
            '─' => '-',
            '┴' | '╴' | '▏' => '|',
            '▲' | '↑' => '^',
            '↓' => 'v',
            '–' | '—' => '-',
            '’' => '\'',
            other => other,
        };
        text.chars().map(glyph).collect()
    }

    fn paint(self, ansi: Ansi, text: &str) -> String {
        if self.colour { format!("{ansi}{text}{ansi:#}") } else { text.to_string() }
    }

    pub fn bold(self, text: &str) -> String {
        self.paint(Ansi::new().bold(), text)
    }

    pub fn dim(self, text: &str) -> String {
        self.paint(Ansi::new().dimmed(), text)
    }

    pub fn good(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    pub fn bad(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default(), text)
    }

    /// The colour of a timeline's row.
    pub fn row(self, index: usize, text: &str) -> String {
        const COLOURS: [AnsiColor; 5] = [
            AnsiColor::Cyan,
            AnsiColor::Green,
            AnsiColor::Yellow,
            AnsiColor::Blue,
            AnsiColor::Magenta,
        ];
        self.paint(COLOURS[index % COLOURS.len()].on_default(), text)
    }

    pub fn note(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default(), text)
    }
}

/// The lines of all tasks, and the explanation of the first one that is not right; if all are, of the remarks.
pub fn report(report: &Report, style: Style) -> String {
    let open =
        |task: &&TaskReport| !task.verdict.right() && task.verdict.outcome != Outcome::Waiting;
    let begun = |task: &&TaskReport| open(task) && task.verdict.outcome != Outcome::Untouched;
    // of a task that is not begun there is little to say, so one that is comes first
    let wrong = report.tasks.iter().find(begun).or_else(|| report.tasks.iter().find(open));
    let explained: Vec<&TaskReport> = match wrong {
        Some(task) => vec![task],
        None => report.tasks.iter().filter(|task| explains(&task.verdict)).collect(),
    };
    explained
        .into_iter()
        .fold(summary(report, style), |text, task| text + "\n" + &explanation(task, style))
}

/// The lines of all tasks, and the explanation of every one that there is something to say of.
pub fn everything(report: &Report, style: Style) -> String {
    let explained = report.tasks.iter().filter(|task| explains(&task.verdict));
    explained.fold(summary(report, style), |text, task| text + "\n" + &explanation(task, style))
}

/// Whether there is something to explain.
pub fn explains(verdict: &Verdict) -> bool {
    let quiet = verdict.right()
        && verdict.remarks.is_empty()
        && verdict.pending.is_empty()
        && verdict.warnings.is_none();
    !quiet && verdict.outcome != Outcome::Waiting
}

/// A task's state in a few words.
pub fn state(verdict: &Verdict, style: Style) -> String {
    let (mark, said, _) = line(verdict);
    let state = format!("{mark} {said}");
    match verdict.outcome {
        Outcome::Passed => style.good(&state),
        Outcome::Untouched | Outcome::Waiting => style.dim(&state),
        _ => style.bad(&state),
    }
}

/// One line for each task.
pub fn summary(report: &Report, style: Style) -> String {
    let mut text = String::new();
    for task in &report.tasks {
        let (mark, said, code) = line(&task.verdict);
        let mark = match task.verdict.outcome {
            Outcome::Passed => style.good(mark),
            Outcome::Untouched | Outcome::Waiting => style.dim(mark),
            _ => style.bad(mark),
        };
        let name = format!("{} {:<22}", task.number, task.name);
        let name = if matches!(task.verdict.outcome, Outcome::Untouched | Outcome::Waiting) {
            style.dim(&name)
        } else {
            name
        };
        let code = code.map_or("", Code::name);
        // the codes stand in a column, where a line of 80 has room for it
        let said = if code.chars().count() <= 12 { format!("{said:<37}") } else { said };
        let line = format!("  {mark} {name} {said}  {}", style.dim(code));
        let _ = writeln!(text, "{}", if code.is_empty() { line.trim_end() } else { &line });
    }
    text
}

/// The mark, the words and the code of a task's line.
fn line(verdict: &Verdict) -> (&'static str, String, Option<Code>) {
    let code = verdict.code();
    let title = || code.map_or("", Code::title).to_string();
    match verdict.outcome {
        Outcome::Passed if verdict.remarks.is_empty() => ("✓", "passed".into(), None),
        Outcome::Passed => (
            "✓",
            format!("passed, with {}", count(verdict.remarks.len(), "remark")),
            verdict.remarks.first().map(|remark| remark.code),
        ),
        Outcome::Failed | Outcome::DidNotFinish | Outcome::Crashed | Outcome::DidNotCompile => {
            ("✗", title(), code)
        }
        Outcome::Untouched => ("·", "not started".into(), None),
        Outcome::Missing => ("✗", "missing".into(), None),
        Outcome::Waiting => {
            let on = verdict.waits_for.as_deref().and_then(course::by_name);
            (
                "·",
                on.map_or_else(|| "waiting".into(), |task| format!("waits for {}", task.number)),
                None,
            )
        }
    }
}

/// Everything there is to say about one task, and what to do next.
pub fn explanation(task: &TaskReport, style: Style) -> String {
    let title = style.bold(&format!("{} {}", task.number, task.name));
    let body = body(task, style);
    let gap = if body.is_empty() { "" } else { "\n" };
    format!("{title}\n{gap}{body}{}", next(task))
}

/// Everything there is to say about one task, under its title.
fn body(task: &TaskReport, style: Style) -> String {
    let (picture, words) = (picture(task, style), words(task, style));
    let gap = if picture.is_empty() || words.is_empty() { "" } else { "\n" };
    format!("{picture}{gap}{}", words.trim_start_matches('\n'))
}

/// The run that is spoken of, where it shows something.
pub fn picture(task: &TaskReport, style: Style) -> String {
    let verdict = &task.verdict;
    let mut text = String::new();
    let telling = |evidence: &&Evidence| evidence.yours.is_telling(evidence.expected.as_ref());
    if let Some(evidence) = verdict.evidence.as_ref().filter(telling) {
        let scenario = &evidence.scenario;
        let delays = match scenario.split_once('-') {
            _ if evidence.yours.separate => scenario.clone(),
            Some(("seed", seed)) => format!("prescribed delays (seed {seed})"),
            Some(("plain", seed)) => format!("random delays (seed {seed})"),
            _ => format!("scripted delays ({scenario})"),
        };
        let _ = writeln!(text, "  {}, {delays}\n", evidence.call);
        text.push_str(&timelines(evidence, style));
    }
    text
}

/// What is said of it.
pub fn words(task: &TaskReport, style: Style) -> String {
    let verdict = &task.verdict;
    let mut text = String::new();
    for (i, diagnosis) in verdict.diagnoses.iter().enumerate() {
        text.push_str(&say(diagnosis, i == 0, style));
    }
    if let Some(compiler) = &verdict.compiler {
        let _ = writeln!(text, "\n{}", compiler.trim_end());
    }
    for remark in &verdict.remarks {
        text.push_str(&say(remark, true, style));
    }
    match &verdict.warnings {
        // a future that nobody awaits, a result that nobody reads: often the cause itself
        Some(warnings) if !verdict.right() => {
            let _ = writeln!(text, "\n  The compiler warns:\n\n{}", warnings.trim_end());
        }
        Some(_) => {
            let gap = if text.is_empty() { "" } else { "\n" };
            let said = format!("The compiler warns: see cargo check -p {}", task.name);
            let _ = writeln!(text, "{gap}  {}", style.dim(&said));
        }
        None => {}
    }
    if let Some(output) = &verdict.output {
        let _ = writeln!(text, "\n  {}", style.dim("it printed:"));
        for line in output.lines().take(12) {
            let _ = writeln!(text, "    {}", style.dim(&printable(line)));
        }
    }
    if !verdict.pending.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let new_way = wrap(&new_way(verdict.pending.len()), 76).join("\n  ");
        let _ = writeln!(text, "{gap}  {}", style.dim(&new_way));
    }
    text
}

fn next(task: &TaskReport) -> String {
    let verdict = &task.verdict;
    let explain = verdict.code().or(verdict.remarks.first().map(|remark| remark.code));
    let mut next = match verdict.outcome {
        Outcome::Untouched => {
            let folder = course::by_name(&task.name).map(course::Task::folder).unwrap_or_default();
            vec![format!("read crates/{folder}/README.md, then edit its src/lib.rs")]
        }
        Outcome::Passed => vec![],
        _ => vec![format!("cargo xtask hint {}", task.number)],
    };
    next.extend(explain.map(|code| format!("cargo xtask explain {code}")));
    if next.is_empty() { String::new() } else { format!("\n  next: {}\n", next.join(" · ")) }
}

/// What a student is told of a lawful run that no reviewed snapshot shows.
fn new_way(pending: usize) -> String {
    let runs = count(pending, "run");
    format!(
        "It keeps every law in a way not seen before ({runs}): a pending snapshot waits for an instructor (cargo insta review)."
    )
}

/// What happened, over what was expected, on one scale.
fn timelines(evidence: &Evidence, style: Style) -> String {
    let canvas = Canvas { width: style.width - 2, rows: MOST_ROWS, style };
    let lines = match &evidence.expected {
        Some(expected) => text::compare(&evidence.yours, expected, "expected", canvas),
        None => text::draw(&evidence.yours, canvas),
    };
    lines.iter().fold(String::new(), |text, line| text + "  " + line + "\n")
}

fn say(diagnosis: &Diagnosis, first: bool, style: Style) -> String {
    if diagnosis.text.is_empty() {
        return String::new();
    }
    let lead = if first { String::new() } else { format!("also {}: ", diagnosis.code) };
    let mut text = String::new();
    let place = diagnosis.place.as_ref().map(|place| format!("at {place}"));
    let said = wrap(&format!("{lead}{}", diagnosis.text), 76).into_iter().chain(place);
    for (i, line) in said.enumerate() {
        let line = if first { line } else { style.dim(&line) };
        let indent = if first || i == 0 { "  " } else { "    " };
        let _ = writeln!(text, "{}", format!("{indent}{line}").trim_end());
    }
    text
}

/// Breaks text at spaces into lines of at most `width` characters. Line breaks in it stay, and a line that begins
/// with a space (code) is left as it is.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        if paragraph.starts_with(' ') {
            lines.push(paragraph.to_string());
            continue;
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A student's output may hold anything; a terminal should not obey it.
fn printable(line: &str) -> String {
    line.chars().take(200).map(|c| if c.is_control() && c != '\t' { '␛' } else { c }).collect()
}

#[cfg(test)]
mod tests;
