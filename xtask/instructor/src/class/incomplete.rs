//! Handles tasks that could not be graded because of the machine: a full disk, a compiler that was killed, a bug in this
//! program.
//!
//! This costs nobody points, and no student is missing in the report. A task keeps the verdict of an earlier grading, with a
//! mark. Without an earlier verdict, the report says that it was not judged. The report also says that it is incomplete.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Result;
use checker::format::count;
use checker::show::wrap;
use checker::verdict::Outcome;

use super::results::{Graded, Incomplete, Results, Student};
use super::summary::{WIDTH, named};

/// Does `job`, and turns a panic into an error.
///
/// # Errors
/// The errors of `job`, and the message of its panic.
pub fn guarded<T>(job: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<&str>().map(ToString::to_string);
        let message =
            message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Err(anyhow::anyhow!("the grader itself failed, which is a bug in this program: {message}"))
    })
}

/// A sentence on what the machine failed at, and what to do. Students read it, too, so paths are relative to `root`, the
/// folder of the course.
pub fn sentence(error: &anyhow::Error, root: &Path) -> String {
    let text = format!("{error:#}").replace(&format!("{}/", root.display()), "");
    let way_out = xtask::build::fault::way_out(&text);
    let way_out = way_out.unwrap_or("Fix that, and grade again.");
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    format!("{}. {way_out}", text.trim_end_matches('.'))
}

/// For tasks that could not be judged now, takes the verdicts of an earlier grading, if there are any. `points` computes the
/// points of a verdict in this course.
pub fn keep_previous(
    now: &mut Student,
    previous: Option<&Student>,
    points: impl Fn(&Graded) -> f64,
) {
    let Some(previous) = previous else { return };
    let nothing_judged = now.tasks.iter().all(Graded::lacks_points);
    for task in now.tasks.iter_mut().filter(|task| task.lacks_points()) {
        let before = previous.task(task.report.number);
        let judged = |before: &&Graded| before.report.verdict.outcome != Outcome::NotJudged;
        let Some(before) = before.filter(judged) else { continue };
        let why = task.report.verdict.not_judged.take();
        let kept = Graded {
            points: points(before),
            max_points: task.max_points,
            overridden: false,
            comment: task.comment.take(),
            not_now: why.or_else(|| Some("It could not be judged.".into())),
            ..before.clone()
        };
        *task = kept;
    }
    if nothing_judged && now.refused.is_none() {
        now.refused.clone_from(&previous.refused);
    }
}

/// Everything that is missing in the report of these students.
pub fn of(students: &[Student]) -> Vec<Incomplete> {
    let of_task = |student: &Student, task: &Graded| {
        let lacks = task.lacks_points() && !student.points_by_hand;
        let not_judged = task.report.verdict.not_judged.as_ref().filter(|_| lacks);
        let why = task.not_now.as_ref().or(not_judged)?;
        Some(Incomplete {
            student: student.name.clone(),
            task: task.report.name.clone(),
            why: why.clone(),
            graded_before: task.not_now.is_some(),
        })
    };
    let of_student = |student| move |task| of_task(student, task);
    students
        .iter()
        .flat_map(|student| student.tasks.iter().filter_map(of_student(student)))
        .collect()
}

/// The first lines on a terminal about an incomplete report: who is missing, why, and the next step. Empty, if the report is
/// complete. `command` says how to grade again: `the same command`.
pub fn text(results: &Results, command: &str) -> String {
    let missing = &results.incomplete;
    let mut students: Vec<&str> = missing.iter().map(|one| one.student.as_str()).collect();
    students.dedup();
    if students.is_empty() {
        return String::new();
    }
    let (these, of) = (students.len(), count(results.students.len(), "submission"));
    let mut sentences = vec![format!(
        "This report is incomplete: the machine could not grade {these} of {of} in full."
    )];
    let mut reasons: Vec<&str> = missing.iter().map(|one| one.why.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for why in reasons.iter().take(MOST_REASONS) {
        let of_this = missing.iter().filter(|one| one.why == **why);
        let mut who: Vec<&str> = of_this.map(|one| one.student.as_str()).collect();
        who.dedup();
        sentences.push(format!("{}: {why}", named(&who)));
    }
    if reasons.len() > MOST_REASONS {
        sentences
            .push(format!("{} more reasons are in results.json", reasons.len() - MOST_REASONS));
    }
    let before = missing.iter().filter(|one| one.graded_before).count();
    if before > 0 {
        let (keep, are) = if before == 1 { ("task keeps", "is") } else { ("tasks keep", "are") };
        sentences
            .push(format!("{before} {keep} the points of an earlier grading, and {are} marked"));
    }
    let students = if these == 1 { "this one".into() } else { format!("these {these}") };
    let wrapped = sentences.iter().map(|sentence| wrap(sentence, WIDTH - 4).join("\n    "));
    let text: String = wrapped.map(|sentence| format!("\n  {sentence}")).collect();
    let next = format!("next: fix this; then {command} grades {students} again");
    format!("{text}\n\n  {}\n", wrap(&next, WIDTH - 4).join("\n    "))
}

/// How many reasons a message names.
const MOST_REASONS: usize = 4;

#[cfg(test)]
mod tests {
    use anyhow::Context;
    use checker::verdict::Verdict;

    use super::super::report::example;
    use super::*;

    fn not_judged(student: &Student, number: usize) -> Student {
        let mut now = student.clone();
        let task = now.tasks.iter_mut().find(|task| task.report.number == number).unwrap();
        task.report.verdict = Verdict::not_judged("The disk is full.");
        (task.points, task.overridden) = (0.0, false);
        now
    }

    #[test]
    fn a_panic_is_an_error_that_says_what_it_said() {
        let error = guarded::<()>(|| panic!("no {}", "disk")).unwrap_err();
        assert!(error.to_string().ends_with("a bug in this program: no disk"), "{error}");
        assert_eq!(guarded(|| Ok(1)).unwrap(), 1);
    }

    #[test]
    fn an_error_is_a_sentence_with_the_way_out() {
        let full = std::io::Error::other("No space left on device (os error 28)");
        let error = Err::<(), _>(full).context("cannot write /course/a/b").unwrap_err();
        assert_eq!(
            sentence(&error, Path::new("/course")),
            "Cannot write a/b: No space left on device (os error 28). The disk is full: free some space."
        );
        assert_eq!(
            sentence(&anyhow::anyhow!("the\n end."), Path::new("/course")),
            "The end. Fix that, and grade again."
        );
    }

    #[test]
    fn what_could_not_be_judged_keeps_the_verdict_from_before() {
        let before = &example::class().students[0];
        let mut now = not_judged(before, 2);
        keep_previous(&mut now, Some(before), |task| task.points);
        let (kept, known) = (now.task(2).unwrap(), before.task(2).unwrap());
        assert_eq!(kept.report.verdict.code(), known.report.verdict.code());
        assert_eq!((kept.points, kept.overridden), (known.points, false));
        assert_eq!(kept.not_now.as_deref(), Some("The disk is full."));
        assert_eq!(now.task(1).unwrap().not_now, None, "that was judged now");
        // again: the first verdict is still kept, and the reason is the new one
        let mut again = not_judged(&now, 2);
        again.task_mut(2).report.verdict = Verdict::not_judged("The compiler was killed.");
        keep_previous(&mut again, Some(&now), |task| task.points);
        let kept = again.task(2).unwrap();
        assert_eq!(kept.report.verdict.code(), known.report.verdict.code());
        assert_eq!(kept.not_now.as_deref(), Some("The compiler was killed."));
    }

    #[test]
    fn what_was_never_judged_stays_so_and_has_no_points() {
        let class = example::class();
        for previous in [None, Some(not_judged(&class.students[0], 2))] {
            let mut now = not_judged(&class.students[0], 2);
            keep_previous(&mut now, previous.as_ref(), |task| task.points);
            assert_eq!(now.task(2).unwrap().report.verdict.outcome, Outcome::NotJudged);
            assert!(!now.has_points());
            let missing = of(&[now]);
            assert_eq!((missing.len(), missing[0].graded_before), (1, false));
        }
    }

    #[test]
    fn points_by_hand_leave_no_gap() {
        let mut student = not_judged(&example::class().students[0], 2);
        student.task_mut(2).overridden = true;
        assert!(student.has_points() && of(std::slice::from_ref(&student)).is_empty());
        let mut all_together = not_judged(&student, 1);
        assert!(!all_together.has_points());
        all_together.points_by_hand = true;
        assert!(all_together.has_points() && of(&[all_together]).is_empty());
    }

    #[test]
    fn a_terminal_says_who_is_missing_why_and_what_is_next() {
        let mut results = example::class();
        assert_eq!(text(&results, "the same command"), "");
        results.students[0].task_mut(2).not_now = Some("The disk is full.".into());
        results.students[4] = not_judged(&results.students[4], 1);
        results.incomplete = of(&results.students);
        assert_eq!(
            text(&results, "the same command"),
            "
  This report is incomplete: the machine could not grade 2 of 7 submissions
    in full.
  anna, 🦀 a\"b<c>&: The disk is full.
  1 task keeps the points of an earlier grading, and is marked

  next: fix this; then the same command grades these 2 again
"
        );
    }

    impl Student {
        fn task_mut(&mut self, number: usize) -> &mut Graded {
            self.tasks.iter_mut().find(|task| task.report.number == number).unwrap()
        }
    }
}
