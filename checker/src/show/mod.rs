//! Shows reports and timelines to people.
//!
//! In: a [`Report`]. Out: text for a terminal (with the colours of a [`Style`]), or SVG ([`svg`]).

use std::fmt::Write;

use crate::format::count;
use crate::tasks;
use crate::verdict::code::Code;
use crate::verdict::{Diagnosis, Evidence, Outcome, Report, TaskReport, Verdict};
use text::{Canvas, MOST_ROWS};

mod style;
pub mod svg;
pub mod text;

pub use style::Style;

/// The lines of all tasks, and the explanation of the first one that is not right. If all are right: the explanations
/// of their remarks.
pub fn report(report: &Report, style: Style) -> String {
    let open =
        |task: &&TaskReport| !task.verdict.right() && task.verdict.outcome != Outcome::Waiting;
    let begun = |task: &&TaskReport| open(task) && task.verdict.outcome != Outcome::Untouched;
    // a task that is begun comes before one that is not, because there is more to explain
    let wrong = report.tasks.iter().find(begun).or_else(|| report.tasks.iter().find(open));
    let explained: Vec<&TaskReport> = match wrong {
        Some(task) => vec![task],
        None => report.tasks.iter().filter(|task| explains(&task.verdict)).collect(),
    };
    let text = explained
        .into_iter()
        .fold(summary(report, style), |text, task| text + "\n" + &explanation(task, style));
    // if all tasks wait for another task, the next step is that task
    let waits = |task: &TaskReport| task.verdict.outcome == Outcome::Waiting;
    let first = report.tasks.first().filter(|_| report.tasks.iter().all(waits));
    let on = first.and_then(|task| task.verdict.waits_for.as_deref()).and_then(tasks::by_name);
    let text = on
        .map_or(text.clone(), |on| text + &format!("\n  next: cargo xtask check {}\n", on.number));
    text + &notes(report, style)
}

/// The notes of a report, about what could not be checked.
fn notes(report: &Report, style: Style) -> String {
    let paragraph = |note: &String| wrap(&format!("note: {note}"), style.prose()).join("\n  ");
    report.notes.iter().map(|note| format!("\n  {}\n", paragraph(note))).collect()
}

/// The lines of all tasks, and the explanations of all tasks that have one.
pub fn everything(report: &Report, style: Style) -> String {
    let explained = report.tasks.iter().filter(|task| explains(&task.verdict));
    let text = explained
        .fold(summary(report, style), |text, task| text + "\n" + &explanation(task, style));
    text + &notes(report, style)
}

/// Whether there is something to explain about a verdict.
pub fn explains(verdict: &Verdict) -> bool {
    let quiet = verdict.right()
        && verdict.remarks.is_empty()
        && verdict.pending.is_empty()
        && verdict.warnings.is_none();
    !quiet && verdict.outcome != Outcome::Waiting
}

/// The state of a task in a few words.
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
        // the codes are in a column, if a line of 80 characters has room for that
        let said = if code.chars().count() <= 12 { format!("{said:<37}") } else { said };
        let line = format!("  {mark} {name} {said}  {}", style.dim(code));
        let _ = writeln!(text, "{}", if code.is_empty() { line.trim_end() } else { &line });
    }
    text
}

/// The mark, the words and the code in a task's line.
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
            let on = verdict.waits_for.as_deref().and_then(tasks::by_name);
            (
                "·",
                on.map_or_else(|| "waiting".into(), |task| format!("waits for {}", task.number)),
                None,
            )
        }
        Outcome::NotJudged => ("?", "could not be judged".into(), None),
    }
}

/// The whole explanation of one task, and what to do next.
pub fn explanation(task: &TaskReport, style: Style) -> String {
    let title = style.bold(&format!("{} {}", task.number, task.name));
    let body = body(task, style);
    let gap = if body.is_empty() { "" } else { "\n" };
    format!("{title}\n{gap}{body}{}", next(task))
}

/// The explanation of one task, without its title and the next step.
fn body(task: &TaskReport, style: Style) -> String {
    let (drawing, words) = (drawing(task, style), words(task, style));
    let gap = if drawing.is_empty() || words.is_empty() { "" } else { "\n" };
    format!("{drawing}{gap}{}", words.trim_start_matches('\n'))
}

/// The drawing of the evidence; empty if there is none that shows something.
pub fn drawing(task: &TaskReport, style: Style) -> String {
    let verdict = &task.verdict;
    let mut text = String::new();
    let telling = |evidence: &&Evidence| evidence.yours.is_telling(evidence.expected.as_ref());
    if let Some(evidence) = verdict.evidence.as_ref().filter(telling) {
        let delays = delays(&evidence.scenario, evidence.yours.separate);
        let _ = writeln!(text, "  {}, {delays}\n", evidence.call);
        text.push_str(&timelines(evidence, style));
    }
    text
}

/// Where the delays of a scenario come from, in words.
fn delays(scenario: &str, separate: bool) -> String {
    let (plain, late) = match scenario.strip_suffix("-late") {
        Some(scenario) => (scenario, ", late"),
        None => (scenario, ""),
    };
    let delays = match plain.split_once('-') {
        _ if separate => plain.into(),
        Some(("seed", seed)) => format!("prescribed delays (seed {seed})"),
        Some(("plain", seed)) => format!("random delays (seed {seed})"),
        _ => format!("scripted delays ({plain})"),
    };
    delays + late
}

/// The diagnoses, remarks, compiler messages and output of one task.
pub fn words(task: &TaskReport, style: Style) -> String {
    let verdict = &task.verdict;
    let mut text = String::new();
    if let Some(why) = &verdict.not_judged {
        for line in wrap(why, style.prose()) {
            let _ = writeln!(text, "  {line}");
        }
    }
    for (i, diagnosis) in verdict.diagnoses.iter().enumerate() {
        text.push_str(&say(diagnosis, i == 0, style));
    }
    if let Some(compiler) = &verdict.compiler {
        let _ = writeln!(text, "\n{}", compiler.trim_end());
    }
    for remark in &verdict.remarks {
        text.push_str(&say(remark, true, style));
    }
    let (telling, others) = warnings(verdict);
    if !telling.is_empty() {
        let _ = writeln!(text, "\n  The compiler warns:\n\n{}", telling.join("\n\n"));
    }
    if others > 0 {
        let gap = if text.is_empty() { "" } else { "\n" };
        let n = count(others, if telling.is_empty() { "warning" } else { "more warning" });
        let said = format!("{n} of the compiler: cargo check -p {}", task.name);
        let _ = writeln!(text, "{gap}  {}", style.dim(&said));
    }
    if let Some(output) = &verdict.output {
        let _ = writeln!(text, "\n  {}", style.dim("It printed:"));
        for line in output.lines().take(12) {
            let _ = writeln!(text, "    {}", style.dim(&printable(line)));
        }
    }
    if !verdict.pending.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let runs = count(verdict.pending.len(), "run");
        let said = format!("For instructors: right in a new way ({runs}); cargo insta review");
        let _ = writeln!(text, "{gap}  {}", style.dim(&said));
    }
    text
}

/// The warnings that are often the cause of a mistake (a future that nobody awaits, a result that nobody reads), and
/// the number of the others. Beginners often have other warnings, but these are rarely the cause.
fn warnings(verdict: &Verdict) -> (Vec<&str>, usize) {
    let all = verdict.warnings.iter().flat_map(|all| all.split("\n\n"));
    let all: Vec<&str> = all.map(str::trim_end).filter(|warning| !warning.is_empty()).collect();
    let telling = |warning: &&str| !verdict.right() && warning.contains(" that must be used");
    let (telling, others): (Vec<&str>, Vec<&str>) = all.into_iter().partition(telling);
    (telling, others.len())
}

fn next(task: &TaskReport) -> String {
    let verdict = &task.verdict;
    let explain = |code| format!("cargo xtask explain {code}");
    if verdict.right() {
        // the next step is another task, so this is only for students who want to know more
        let remark = verdict.remarks.first().map(|remark| explain(remark.code));
        return remark.map_or(String::new(), |more| format!("\n  more: {more}\n"));
    }
    let first = match verdict.outcome {
        Outcome::Untouched => {
            let folder = tasks::by_name(&task.name).map(|task| task.folder()).unwrap_or_default();
            format!("read crates/{folder}/README.md, then edit its src/lib.rs")
        }
        Outcome::NotJudged => format!("cargo xtask check {}", task.number),
        // if the verdict advises a reset, a hint would not help
        _ => advised_reset(verdict, task.number)
            .unwrap_or_else(|| format!("cargo xtask hint {}", task.number)),
    };
    let all: Vec<String> = std::iter::once(first).chain(verdict.code().map(explain)).collect();
    format!("\n  next: {}\n", all.join(" · "))
}

/// The command that restores a file of the course, if the verdict advises one.
fn advised_reset(verdict: &Verdict, number: usize) -> Option<String> {
    let words = match verdict.outcome {
        Outcome::Missing => verdict.compiler.as_deref(),
        _ => verdict.diagnoses.first().map(|first| first.text.as_str()),
    };
    let words = words.filter(|words| words.contains("cargo xtask reset"))?;
    let manifest = if words.contains("--manifest") { " --manifest" } else { "" };
    Some(format!("cargo xtask reset {number}{manifest}"))
}

/// The student's run over the expected run, on one scale.
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
    let said = wrap(&format!("{lead}{}", diagnosis.text), style.prose()).into_iter().chain(place);
    for (i, line) in said.enumerate() {
        let line = if first { line } else { style.dim(&line) };
        let indent = if first || i == 0 { "  " } else { "    " };
        let _ = writeln!(text, "{}", format!("{indent}{line}").trim_end());
    }
    text
}

/// Breaks text at spaces into lines of at most `width` characters. It keeps line breaks, and lines that begin with a
/// space, which are code.
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

/// A line of a student's output without control characters, so that the terminal does not obey them.
fn printable(line: &str) -> String {
    line.chars().take(200).map(|c| if c.is_control() && c != '\t' { '␛' } else { c }).collect()
}

#[cfg(test)]
mod tests;
