//! The text on the terminal after a class is graded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use checker::format::count;
use checker::show::wrap;
use checker::verdict::code::Code;

use super::changes::Changes;
use super::intake::FORMS;
use super::report::Written;
use super::results::{Results, Student};
use super::review::{Way, is_written, ways};

/// How many of each kind are named.
const NAMED: usize = 5;

/// Columns of a line, as in all output of the commands.
pub(super) const WIDTH: usize = 78;

/// The class in a few lines: how it went, what is most often wrong, what to look at.
pub fn text(results: &Results, out: &Path, written: &Written, notes: &[String]) -> String {
    let students = &results.students;
    let mut text = format!("\n  {}\n\n", count(students.len(), "student"));
    for task in &results.course.tasks {
        let of_task = || students.iter().filter_map(|student| student.task(task.number));
        let right = of_task().filter(|graded| graded.right()).count();
        let mut other: BTreeMap<String, usize> = BTreeMap::new();
        for graded in of_task().filter(|graded| !graded.right()) {
            *other.entry(graded.headline()).or_default() += 1;
        }
        let most = other.iter().max_by_key(|(_, count)| **count);
        let most = most.map_or(String::new(), |(what, count)| {
            format!("of the others, most: {what} ({count})")
        });
        let line = format!("  {} {:<24} {right:>4} right", task.number, task.name);
        text.push_str(&ends_with(&line, &most));
    }
    let mut sentences: Vec<String> =
        written.changes.as_ref().map_or_else(Vec::new, Changes::sentences);
    sentences.extend(looked_at(results));
    sentences.extend(notes.iter().map(|note| format!("note: {note}")));
    if !written.gone.is_empty() {
        let files = format!("the files of {} are removed", named(&written.gone));
        sentences.push(format!("{files}: they are no longer in this report"));
    }
    if !sentences.is_empty() {
        text.push('\n');
    }
    for sentence in sentences {
        text.push_str(&format!("  {}\n", wrap(&sentence, WIDTH - 4).join("\n    ")));
    }
    text.push_str(&format!("\n  {} in {}\n", count(written.files.len(), "file"), out.display()));
    text.push_str(&format!("\n  next: open {}\n", out.join("index.html").display()));
    text
}

/// Adds a text to the end of a line, or below it if there is no room.
fn ends_with(line: &str, end: &str) -> String {
    match (line.chars().count() + 3 + end.chars().count(), end) {
        (_, "") => format!("{line}\n"),
        (..=WIDTH, _) => format!("{line}   {end}\n"),
        _ => format!("{line}\n      {}\n", wrap(end, WIDTH - 6).join("\n      ")),
    }
}

/// Everything that the instructor should look at.
fn looked_at(results: &Results) -> Vec<String> {
    let students = &results.students;
    let mut sentences = Vec::new();
    let refused: Vec<&str> = students
        .iter()
        .filter(|student| student.refused.is_some())
        .map(|student| student.name.as_str())
        .collect();
    if !refused.is_empty() {
        let many = count(refused.len(), "submission");
        sentences
            .push(format!("{many} could not be taken: {}; the report says why", named(&refused)));
    }
    if !results.others.is_empty() {
        let were = if results.others.len() == 1 { "file was" } else { "files were" };
        sentences.push(format!(
            "{} {were} not taken for submissions: {} ({FORMS} is one)",
            results.others.len(),
            named(&results.others)
        ));
    }
    sentences.extend(nearly_named(students));
    let shows = |student: &&Student| {
        let of = |code| matches!(code, Some(Code::ForbiddenApi | Code::Unsafe));
        student.tasks.iter().any(|task| of(task.report.verdict.code()))
    };
    let outside = students.iter().filter(shows).count();
    if outside > 0 {
        sentences.push(format!(
            "{} used something outside of the program, or unsafe code",
            count(outside, "student")
        ));
    }
    sentences.extend(to_review(results));
    if let Some(similar) = results.similar.as_ref().filter(|similar| !similar.is_empty()) {
        let times = match similar.len() {
            1 => "once".into(),
            many => format!("{many} times"),
        };
        sentences.push(format!("files look alike {times}: the page shows them side by side"));
    }
    sentences
}

/// Files that are nearly named like a task's: those that were taken, and those that were not.
fn nearly_named(students: &[Student]) -> Vec<String> {
    let of = |taken: bool| -> Vec<String> {
        let files = students.iter().flat_map(|student| {
            let nearly = student.tasks.iter().flat_map(|task| &task.nearly);
            let nearly = nearly.filter(move |file| file.taken == taken);
            nearly.map(|file| format!("{}: {}", student.name, file.file))
        });
        // a file whose name shows no task is listed with every missing task
        files.collect::<BTreeSet<String>>().into_iter().collect()
    };
    let mut sentences = Vec::new();
    let (taken, left) = (of(true), of(false));
    if !taken.is_empty() {
        let were = if taken.len() == 1 { "file was" } else { "files were" };
        let (many, files) = (taken.len(), named(&taken));
        sentences.push(format!("{many} {were} taken under a nearly right name: {files}"));
    }
    if !left.is_empty() {
        let were = if left.len() == 1 { "file was" } else { "files were" };
        let (many, files) = (left.len(), named(&left));
        sentences.push(format!(
            "{many} nearly named {were} not taken: {files}; the notes on the task say why"
        ));
    }
    sentences
}

/// New ways to solve a task, and their students.
fn to_review(results: &Results) -> Option<String> {
    let ways = ways(&results.review);
    if ways.is_empty() {
        return None;
    }
    let way =
        |way: &Way| format!("{} ({}: {})", way.task, count(way.runs, "run"), named(&way.students));
    let shown: Vec<String> = ways.iter().map(way).collect();
    let many = count(ways.len(), "new way");
    let shown = named(&shown);
    let next = if results.review.iter().any(is_written) {
        "to review with cargo insta review"
    } else {
        "without a snapshot, because of CI or INSTA_UPDATE=no (grade again without it, to review them)"
    };
    Some(format!("{many} of solving a task, {next}: {shown}"))
}

/// The first few of them.
pub(super) fn named(names: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &more
}

#[cfg(test)]
mod tests {
    use super::super::report::example;
    use super::*;

    #[test]
    fn what_to_look_at_is_named_and_comes_before_the_next_step() {
        let mut results = example::class();
        let written = Written {
            files: vec!["out/a".into()],
            gone: vec!["zoe".into()],
            changes: Some(Changes::default()),
        };
        let mut says = |expected: &[&str]| {
            let text = text(&results, Path::new("out"), &written, &["late.csv".into()]);
            let text = text.replace("\n    ", " ");
            let places: Vec<_> = expected.iter().map(|words| text.find(words)).collect();
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
            results.students.truncate(1);
            results.review[0].snapshot = "wait_n@mixed.snap.new".into();
        };
        says(&[
            "\n  7 students\n",
            "  no points or verdicts have changed since the earlier report\n",
            "  1 submission could not be taken: ctrl",
            "  1 file was not taken for submissions: notes.txt (a folder, .zip,",
            "  1 file was taken under a nearly right name: anna: 02-concurrent-coroutines(1).rs\n",
            "  1 nearly named file was not taken: anna: task2.rs; the notes on the task say why\n",
            "  1 new way of solving a task, without a snapshot, because of CI or",
            "): basic-coroutine (1 run: anna)\n",
            "  files look alike once: ",
            "  note: late.csv\n",
            "  the files of zoe are removed: ",
            "  1 file in out\n",
            "  next: open ",
        ]);
        says(&[
            "\n  1 student\n",
            "  1 new way of solving a task, to review with cargo insta review: ",
        ]);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let mut results = example::class();
        results.others = (0..5).map(|index| format!("handed-in-too-late-{index}.txt")).collect();
        // what it came to is as long as it can be
        results.course.tasks[0].name = "a-task-with-a-name-of-that-many-letters".into();
        let written = Written { files: Vec::new(), gone: vec!["zoe".into()], changes: None };
        let note = "a note ".repeat(20);
        let text = text(&results, Path::new("out"), &written, &[note]);
        assert!(text.contains("\n      of the others, most: "), "{text}");
        // (a student's name is not broken)
        let lines = text.lines().filter(|line| !line.contains("xxxx"));
        let widest = lines.map(|line| line.chars().count()).max();
        assert!((70..=WIDTH).contains(&widest.unwrap()), "{widest:?}: {text}");
    }

    #[test]
    fn of_many_the_first_few_are_named() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!([named(&names[..2]), named(&names)], ["a, b", "a, b, c, d, e and 2 more"]);
    }
}
