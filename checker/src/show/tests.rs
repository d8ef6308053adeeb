//! Tests with verdicts that are made by hand, and the text that a person reads.

use super::*;
use crate::tasks::TASKS;
use crate::trace::SourceLocation;

fn diagnosis(code: Code, text: &str) -> Diagnosis {
    Diagnosis { code, text: text.into(), place: None, call: None }
}

fn failed() -> Verdict {
    Verdict::of(diagnosis(Code::Sequential, "One after another."))
}

fn remarked() -> Verdict {
    let remarks = vec![diagnosis(Code::Sorted, "Sorted at the end.")];
    Verdict { remarks, ..Verdict::new(Outcome::Passed) }
}

/// A report with these verdicts on the first tasks.
fn of(verdicts: &[Verdict]) -> Report {
    let mut report = Report::new(0);
    report.tasks =
        TASKS.iter().zip(verdicts).map(|(task, v)| TaskReport::new(task, v.clone())).collect();
    report
}

/// The numbers of the tasks that are explained under the lines of all tasks.
fn explained(verdicts: &[Verdict], write: fn(&Report, Style) -> String) -> Vec<usize> {
    let report = of(verdicts);
    let text = write(&report, Style::plain());
    let text = text.strip_prefix(&summary(&report, Style::plain())).unwrap();
    let explained = |task: &TaskReport| {
        let own = explanation(task, Style::plain());
        text.contains(&format!("\n{own}")).then_some(task.number)
    };
    report.tasks.iter().filter_map(explained).collect()
}

#[test]
fn the_name_of_a_scenario_says_where_its_delays_come_from() {
    for (scenario, says) in [
        ("mixed", "scripted delays (mixed)"),
        ("no-delay", "scripted delays (no-delay)"),
        ("seed-7", "prescribed delays (seed 7)"),
        ("plain-7", "random delays (seed 7)"),
        ("plain-7-late", "random delays (seed 7), late"),
    ] {
        assert_eq!(delays(scenario, false), says);
    }
    assert_eq!(delays("plain-7", true), "plain-7", "calls one after another");
}

#[test]
fn each_outcome_has_a_line_and_the_codes_are_in_a_column() {
    let verdicts = [
        Verdict::new(Outcome::Passed),
        remarked(),
        failed(),
        Verdict::new(Outcome::Untouched),
        Verdict::waiting_for("tasks"),
    ];
    assert_eq!(
        summary(&of(&verdicts), Style::plain()),
        "  ✓ 1 basic-coroutine        passed
  ✓ 2 concurrent-coroutines  passed, with 1 remark                  R-sorted
  ✗ 3 measure-runtime        runs its coroutines one after another  E-sequential
  · 4 tasks                  not started
  · 5 task-based-wait        waits for 4
"
    );
    // there is no room for a longer code
    let long = Verdict::of(diagnosis(Code::BlockedForever, ""));
    let line = format!("{}  {}\n", Code::BlockedForever.title(), Code::BlockedForever.name());
    assert!(summary(&of(&[long]), Style::plain()).ends_with(&line));
    let missing = summary(&of(&[Verdict::new(Outcome::Missing)]), Style::plain());
    assert_eq!(missing, "  ✗ 1 basic-coroutine        missing\n");
}

#[test]
fn the_colour_of_a_line_shows_its_outcome() {
    let style = Style { colour: true, ..Style::plain() };
    let [good, bad, dim] = [style.good("x"), style.bad("x"), style.dim("x")];
    assert!(good != bad && bad != dim && dim != good);
    for (verdict, words, paint) in [
        (Verdict::new(Outcome::Passed), "✓ passed", Style::good as fn(Style, &str) -> String),
        (failed(), "✗ runs its coroutines one after another", Style::bad),
        (Verdict::new(Outcome::Untouched), "· not started", Style::dim),
        (Verdict::waiting_for("tasks"), "· waits for 4", Style::dim),
    ] {
        assert_eq!(state(&verdict, style), paint(style, words));
        let line = summary(&of(&[verdict]), style);
        assert!(line.contains(&paint(style, &words[..words.find(' ').unwrap()])), "{line}");
    }
}

#[test]
fn the_first_begun_task_that_is_not_right_is_explained() {
    let untouched = Verdict::new(Outcome::Untouched);
    let waiting = Verdict::waiting_for("basic-coroutine");
    let of_first = |verdicts: &[Verdict]| explained(verdicts, report);
    assert_eq!(of_first(&[remarked(), untouched.clone(), failed(), failed()]), [3]);
    assert_eq!(of_first(&[remarked(), untouched.clone(), waiting.clone()]), [2]);
    assert_eq!(of_first(&[remarked(), Verdict::new(Outcome::Passed), remarked()]), [1, 3]);

    let all = explained(&[remarked(), untouched, failed(), waiting, failed()], everything);
    assert_eq!(all, [1, 2, 3, 5], "what waits shows nothing of its own");
}

#[test]
fn a_right_task_is_explained_if_it_has_remarks_or_warnings() {
    let passed = || Verdict::new(Outcome::Passed);
    assert!(!explains(&passed()));
    assert!(explains(&remarked()));
    assert!(explains(&Verdict { pending: vec!["new".into()], ..passed() }));
    assert!(explains(&Verdict { warnings: Some("unused".into()), ..passed() }));
    assert!(explains(&failed()));
    assert!(!explains(&Verdict::waiting_for("tasks")));
}

#[test]
fn a_diagnosis_is_followed_by_its_place_and_its_symptoms() {
    let at = |line| Some(SourceLocation { file: "crates/2-x/src/lib.rs".into(), line });
    let cause = Diagnosis { place: at(7), ..diagnosis(Code::Sequential, "One after another.") };
    let symptom = Diagnosis { place: at(9), ..diagnosis(Code::Order, "Not in order.") };
    let verdict = Verdict {
        diagnoses: vec![cause, symptom],
        output: Some("one\ntwo".into()),
        ..Verdict::new(Outcome::Failed)
    };
    assert_eq!(
        explanation(&of(&[verdict]).tasks[0], Style::plain()),
        "1 basic-coroutine

  One after another.
  at crates/2-x/src/lib.rs:7
  also E-order: Not in order.
    at crates/2-x/src/lib.rs:9

  It printed:
    one
    two

  next: cargo xtask hint 1 · cargo xtask explain E-sequential
"
    );
}

#[test]
fn warnings_are_shown_if_they_may_be_the_cause_and_counted_otherwise() {
    // two messages of the compiler, one after the other
    const CAUSE: &str = "warning: unused `Sleep` that must be used\n  = note: …";
    let said = |verdict: Verdict| {
        let warnings = Some(format!("warning: unused import\n\n{CAUSE}\n"));
        words(&of(&[Verdict { warnings, ..verdict }]).tasks[0], Style::plain())
    };
    let others = |n: &str| format!("\n  {n} of the compiler: cargo check -p basic-coroutine\n");
    assert_eq!(
        said(failed()),
        format!(
            "  One after another.\n\n  The compiler warns:\n\n{CAUSE}\n{}",
            others("1 more warning")
        )
    );
    assert_eq!(said(Verdict::new(Outcome::Passed)), others("2 warnings").trim_start_matches('\n'));
    assert_eq!(said(remarked()), format!("  Sorted at the end.\n{}", others("2 warnings")));
}

/// The last line about `verdict`.
fn last_line(verdict: Verdict) -> String {
    let text = explanation(&of(&[verdict]).tasks[0], Style::plain());
    text.lines().last().unwrap_or_default().trim().to_string()
}

#[test]
fn the_next_step_is_what_the_diagnosis_advises() {
    let missing = "There is no such file; `cargo xtask reset 1` makes it anew.";
    let missing = Verdict { compiler: Some(missing.into()), ..Verdict::new(Outcome::Missing) };
    assert_eq!(last_line(missing), "next: cargo xtask reset 1");
    assert!(last_line(failed()).starts_with("next: cargo xtask hint 1 · "));
    assert!(last_line(remarked()).starts_with("more: cargo xtask explain R-"));
}

#[test]
fn if_all_tasks_wait_the_next_step_is_the_task_that_they_wait_for() {
    let text = report(&of(&[Verdict::waiting_for("basic-coroutine")]), Style::plain());
    assert!(text.ends_with("\n\n  next: cargo xtask check 1\n"), "{text}");
}

#[test]
fn the_next_step_of_an_untouched_task_is_its_lesson() {
    let report = of(&[Verdict::new(Outcome::Untouched)]);
    let text = explanation(&report.tasks[0], Style::plain());
    let lesson = "read crates/01-basic-coroutine/README.md, then edit its src/lib.rs";
    assert_eq!(text, format!("1 basic-coroutine\n\n  next: {lesson}\n"));
}

#[test]
fn long_lines_are_broken_at_spaces_but_code_is_not() {
    let text = "one two three four\n\n    let code = stays_as_it_is();\nfive";
    assert_eq!(
        wrap(text, 9),
        ["one two", "three", "four", "", "    let code = stays_as_it_is();", "five"]
    );
}

#[test]
fn a_students_output_can_not_control_the_terminal() {
    assert_eq!(printable("\u{1b}[2Jgone\u{7}"), "␛[2Jgone␛");
}

#[test]
fn notes_come_after_everything_else() {
    let mut right = of(&[Verdict::new(Outcome::Passed)]);
    right.notes.push("A file is missing.".into());
    for write in [report, everything] {
        let text = write(&right, Style::plain());
        assert!(text.ends_with("\n\n  note: A file is missing.\n"), "{text}");
    }
}
