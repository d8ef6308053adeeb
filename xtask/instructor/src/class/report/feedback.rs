//! The feedback to a student on a task, for all formats that explain.
//!
//! It leaves out everything that only instructors may know: pending snapshots, scenarios unlike the reference, other
//! students, and the names of scenarios that are made from a secret.

use checker::show::text::{self, Canvas};
use checker::tasks;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Evidence, Outcome};

use super::sanitize;
use crate::class::intake::HAND_IN;
use crate::class::results::{Graded, Student};

/// The width of a timeline, in columns.
const WIDTH: usize = 80;

/// A block of the feedback.
pub enum Block {
    /// Sentences. Lines that begin with a space are code.
    Prose(String),
    /// Text that is shown as it is, under a line that says what it is.
    Quoted { title: String, text: String },
    /// A text of the instructor.
    Comment(String),
}

/// The result of a task, for formats that have fewer outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimpleOutcome {
    Right,
    /// It ran, and it is wrong.
    Wrong,
    /// It could not be run to its end.
    Broken,
    /// There was nothing to judge.
    NotJudged,
    /// The grader failed, so nothing is known.
    GraderFailed,
}

pub fn simple_outcome(task: &Graded) -> SimpleOutcome {
    match task.report.verdict.outcome {
        Outcome::Passed => SimpleOutcome::Right,
        Outcome::Failed => SimpleOutcome::Wrong,
        Outcome::DidNotCompile | Outcome::DidNotFinish | Outcome::Crashed => SimpleOutcome::Broken,
        Outcome::NotJudged if task.lacks_points() => SimpleOutcome::GraderFailed,
        Outcome::Untouched | Outcome::Missing | Outcome::Waiting | Outcome::NotJudged => {
            SimpleOutcome::NotJudged
        }
    }
}

/// `pass`, `fail` or `error`, as in two of the formats.
pub fn status(task: &Graded) -> &'static str {
    match simple_outcome(task) {
        SimpleOutcome::Right => "pass",
        SimpleOutcome::Wrong => "fail",
        SimpleOutcome::Broken | SimpleOutcome::NotJudged | SimpleOutcome::GraderFailed => "error",
    }
}

/// The result in one line: `runs its coroutines one after another (E-sequential)`.
pub fn headline(task: &Graded) -> String {
    let code = task.report.verdict.code();
    let headline =
        code.map_or_else(|| task.headline(), |code| format!("{} ({code})", task.headline()));
    if task.not_now.is_some() { format!("{headline}; {GRADED_BEFORE}") } else { headline }
}

/// The mark of a verdict from an earlier grading.
pub const GRADED_BEFORE: &str = "graded before, not now";

/// The task's number and package: `2 concurrent-coroutines`.
pub fn name(task: &Graded) -> String {
    format!("{} {}", task.report.number, sanitize::line(&task.report.name))
}

/// `E-sequential`, or the outcome, if it has no code: `waiting`.
pub fn code_or_outcome(task: &Graded) -> &'static str {
    let verdict = &task.report.verdict;
    verdict.code().map_or(verdict.outcome.name(), Code::name)
}

/// The call that the feedback is about, if there is one.
pub fn call(task: &Graded) -> String {
    let verdict = &task.report.verdict;
    let of_run = verdict.evidence.as_ref().map(|evidence| &evidence.call);
    let of_words = || verdict.diagnoses.first().and_then(|diagnosis| diagnosis.call.as_ref());
    let call = of_run.or_else(of_words).map(|call| sanitize::line(call));
    call.unwrap_or_else(|| format!("{}(…)", task.report.function))
}

/// A number of points without the noise of binary fractions.
pub fn rounded(points: f64) -> f64 {
    // (and never `-0`)
    (points * 1e4).round() / 1e4 + 0.0
}

/// Sentences on the whole submission, such as the points that are taken off for being late.
pub fn of_submission(student: &Student) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !student.has_points() {
        blocks.push(Block::Prose(INCOMPLETE.into()));
    }
    if let Some(why) = refused(student) {
        blocks.extend([why, HAND_IN.into()].map(Block::Prose));
    }
    if student.days_late > 0 {
        let days = checker::format::count(student.days_late as usize, "day");
        let penalty = rounded(student.late_penalty);
        let sentence = match penalty {
            0.0 => format!("It came {days} late."),
            _ => format!("It came {days} late: {} taken off.", points(penalty)),
        };
        blocks.push(Block::Prose(sentence));
    }
    blocks.extend(student.comment.iter().map(|comment| Block::Comment(sanitize::text(comment))));
    blocks
}

/// The sentence on a submission whose points are not known yet.
pub const INCOMPLETE: &str = "The grading machine could not grade all of it. These are not the final points: they count only what could be graded. Nobody loses points by this.";

/// Why a submission could not be taken, in a sentence.
pub fn refused(student: &Student) -> Option<String> {
    let why = sanitize::text(student.refused.as_deref()?);
    Some(format!("The submission could not be taken: {why}."))
}

fn points(points: f64) -> String {
    if points == 1.0 { "1 point".into() } else { format!("{points} points") }
}

/// The whole feedback on a task.
pub fn of_task(task: &Graded, secret: bool) -> Vec<Block> {
    let verdict = &task.report.verdict;
    let mut blocks = Vec::new();
    if let Some(why) = &task.not_now {
        blocks.push(Block::Prose(format!(
            "This was graded before, but the grading machine could not grade it again now. The points are those of the earlier grading. {}",
            sanitize::text(why)
        )));
    }
    for (i, diagnosis) in verdict.diagnoses.iter().enumerate() {
        let lead = if i == 0 { String::new() } else { format!("Also {}: ", diagnosis.code) };
        blocks.extend(of_diagnosis(diagnosis, &lead));
    }
    blocks.extend(verdict.evidence.iter().filter_map(|evidence| of_run(evidence, secret)));
    blocks.extend(quoted("The compiler said:", verdict.compiler.as_deref()));
    for remark in &verdict.remarks {
        blocks.extend(of_diagnosis(remark, &format!("{}: ", remark.code)));
    }
    blocks.extend(quoted("The compiler warns:", verdict.warnings.as_deref()));
    blocks.extend(quoted("It printed:", verdict.output.as_deref()));
    blocks.extend(of_what_was_handed_in(task).map(Block::Prose));
    blocks.extend(task.notes.iter().map(|note| Block::Prose(sanitize::text(note))));
    if task.overridden {
        blocks.push(Block::Prose("An instructor has set the points by hand.".into()));
    }
    blocks.extend(task.comment.iter().map(|comment| Block::Comment(sanitize::text(comment))));
    blocks
}

fn of_diagnosis(diagnosis: &Diagnosis, lead: &str) -> Vec<Block> {
    let text = format!("{lead}{}", sanitize::text(&diagnosis.text));
    let text = (!diagnosis.text.is_empty()).then_some(text);
    let place =
        diagnosis.place.as_ref().map(|at| format!("Look at {}.", sanitize::line(&at.to_string())));
    text.into_iter().chain(place).map(Block::Prose).collect()
}

/// The run that the feedback is about, drawn over the expected one.
fn of_run(evidence: &Evidence, secret: bool) -> Option<Block> {
    if !evidence.yours.is_telling(evidence.expected.as_ref()) {
        return None;
    }
    let canvas = Canvas::plain(WIDTH);
    let lines = match &evidence.expected {
        Some(expected) => text::compare(&evidence.yours, expected, "expected", canvas),
        None => text::draw(&evidence.yours, canvas),
    };
    let call = sanitize::line(&evidence.call);
    let title = match (secret, sanitize::line(&evidence.scenario)) {
        (true, _) => format!("{call}:"),
        (false, scenario) => format!("{call}, {scenario}:"),
    };
    Some(Block::Quoted { title, text: sanitize::text(&lines.join("\n")) })
}

fn quoted(title: &str, text: Option<&str>) -> Option<Block> {
    let text = text.map(sanitize::text).filter(|text| !text.trim().is_empty())?;
    Some(Block::Quoted { title: title.into(), text: text.trim_end().into() })
}

/// The feedback if the task was not judged, with the reason.
fn of_what_was_handed_in(task: &Graded) -> Option<String> {
    let sentence = match task.report.verdict.outcome {
        Outcome::Untouched => "The file is the stub, as it was handed out.".into(),
        // points by hand mean that somebody has seen a file
        Outcome::Missing if task.overridden => return None,
        // the notes on its files say more
        Outcome::Missing if !task.notes.is_empty() => return None,
        Outcome::Missing => "There is no src/lib.rs of this task.".into(),
        Outcome::Waiting => match task.report.verdict.waits_for.as_deref() {
            Some(other) => {
                format!("It builds on {}, which is not right yet.", sanitize::line(other))
            }
            None => "It builds on a task that is not right yet.".into(),
        },
        Outcome::NotJudged => sanitize::text(verdict_reason(task)),
        _ => return None,
    };
    Some(sentence)
}

/// Why a task could not be judged.
fn verdict_reason(task: &Graded) -> &str {
    task.report.verdict.not_judged.as_deref().unwrap_or("It could not be judged.")
}

/// Commands that help the student.
pub fn next(task: &Graded) -> Vec<String> {
    let verdict = &task.report.verdict;
    let code = verdict.code().or(verdict.remarks.first().map(|remark| remark.code));
    let explain = code.map(|code| format!("cargo xtask explain {code}"));
    let hint = match verdict.outcome {
        Outcome::Passed | Outcome::NotJudged => None,
        // there is a file that was not taken, and its notes say what to do
        Outcome::Missing if !task.notes.is_empty() => None,
        Outcome::Waiting => {
            let on = verdict.waits_for.as_deref().and_then(tasks::by_name);
            on.map(|on| format!("cargo xtask check {}", on.number))
        }
        _ => Some(format!("cargo xtask hint {}", task.report.number)),
    };
    hint.into_iter().chain(explain).collect()
}

/// The whole feedback on a task, as plain text.
pub fn plain(task: &Graded, secret: bool) -> String {
    let mut text = headline(task) + "\n";
    text.push_str(&as_text(&of_task(task, secret)));
    let next = next(task);
    if !next.is_empty() {
        text.push_str(&format!("\nnext: {}\n", next.join(" · ")));
    }
    text
}

/// Blocks as plain text, with an empty line before each.
pub fn as_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Prose(prose) => text.push_str(&format!("\n{prose}\n")),
            Block::Quoted { title, text: quoted } => {
                text.push_str(&format!("\n{title}\n\n{quoted}\n"));
            }
            Block::Comment(comment) => {
                text.push_str(&format!("\nYour instructor says: {comment}\n"))
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn plain_text_says_everything_in_order() {
        let class = example::class();
        let task = class.students[0].task(2).unwrap();
        assert_eq!(
            plain(task, true),
            "runs its coroutines one after another (E-sequential)

Coroutine 2 began to wait when coroutine 1 was done.

Look at crates/02-concurrent-coroutines/src/lib.rs:12.

Also E-order: `wait_n` returned 40 and 10 ms.

wait_n(n = 2, max_delay = 50 ms):

yours     #1  ██████████████████████████████████████            40 ms
          #2                                        ██████████  10 ms from 40 ms
              0─────────10───────20────────30───────40───────┴ 50 ms
              ▲ 0 ms: #2 should be waiting
expected  #1  ██████████████████████████████████████            40 ms
          #2  ██████████                                        10 ms
              0─────────10───────20────────30──────┴ 40 ms

It printed:

one ``` two
~~~~
````
three \\x1b[2J

A file was left out: notes.txt.

An instructor has set the points by hand.

Your instructor says: Nearly; *see me*.

next: cargo xtask hint 2 · cargo xtask explain E-sequential
"
        );
        assert!(plain(task, false).contains("\nwait_n(n = 2, max_delay = 50 ms), seed-17:\n"));
    }

    #[test]
    fn only_instructors_see_what_is_for_them() {
        let class = example::class();
        for task in class.students.iter().flat_map(|student| &student.tasks) {
            let feedback = plain(task, false);
            for secret in ["seed-23", "pending.snap", "insta"] {
                assert!(!feedback.contains(secret), "{feedback}");
            }
        }
    }

    #[test]
    fn a_right_solution_has_its_remarks_and_nothing_else() {
        let class = example::class();
        assert_eq!(plain(&class.students[0].tasks[0], true), "right\n");
        assert_eq!(
            plain(&class.students[4].tasks[0], true),
            "right\n\nR-sorted: The list was in order.\n\nThe compiler warns:\n\nwarning: unused `x`\n\nnext: cargo xtask explain R-sorted\n"
        );
    }

    #[test]
    fn what_is_missing_is_said_once_and_what_was_not_taken_needs_no_hint() {
        let mut missing = example::class().students[5].tasks[2].clone();
        assert_eq!(missing.report.verdict.outcome, Outcome::Missing);
        let all = |task: &Graded| plain(task, true);
        assert_eq!(
            all(&missing),
            "missing\n\nThere is no src/lib.rs of this task.\n\nnext: cargo xtask hint 4\n"
        );
        missing.notes = vec!["src/lib.rs is empty: save it".into()];
        assert_eq!(all(&missing), "missing\n\nsrc/lib.rs is empty: save it\n");
    }

    #[test]
    fn a_verdict_from_before_is_marked_and_says_why() {
        let mut task = example::class().students[0].tasks[0].clone();
        task.not_now = Some("The disk is full.".into());
        assert_eq!(
            plain(&task, true),
            "right; graded before, not now\n\nThis was graded before, but the grading machine could not grade it again now. The points are those of the earlier grading. The disk is full.\n"
        );
    }

    #[test]
    fn what_could_not_be_judged_is_the_graders_failure_unless_it_has_points_by_hand() {
        let mut task = example::class().students[0].tasks[0].clone();
        task.report.verdict = checker::verdict::Verdict::not_judged("The disk is full.");
        assert_eq!((simple_outcome(&task), status(&task)), (SimpleOutcome::GraderFailed, "error"));
        assert_eq!(plain(&task, true), "could not be judged\n\nThe disk is full.\n");
        task.overridden = true;
        assert_eq!(simple_outcome(&task), SimpleOutcome::NotJudged);
    }

    #[test]
    fn points_have_no_noise() {
        assert_eq!(rounded(0.1 + 0.2), 0.3);
        assert!(rounded(-0.00001).is_sign_positive());
    }
}
