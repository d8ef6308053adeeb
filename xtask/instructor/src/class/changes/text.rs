//! Changes in sentences, for a terminal.

use super::{Change, Changes};
use crate::class::report::sanitized;

/// How many students are named, and how many reasons for each.
const NAMED: usize = 5;
const REASONS: usize = 3;

impl Changes {
    /// The text for a terminal: the settings that changed, and the students whose points changed.
    pub fn sentences(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.causes.is_empty() {
            lines.push(format!("changed since the earlier report: {}", self.causes.join(", ")));
        }
        let named: Vec<String> = self.students.iter().take(NAMED).map(Change::text).collect();
        let more = self.students.len() - named.len();
        lines.push(match (self.students.len(), more) {
            (0, _) => "no points or verdicts have changed since the earlier report".into(),
            (1, _) => format!("1 student changed: {}", named.join(", ")),
            (all, 0) => format!("{all} students changed: {}", named.join(", ")),
            (all, more) => {
                format!(
                    "{all} students changed: {}, and {more} more: changes.csv",
                    named.join(", ")
                )
            }
        });
        lines
    }
}

impl Change {
    /// `ann 80 → 60 (5 task-based-wait: right → E-sequential)`.
    fn text(&self) -> String {
        let tasks = self.tasks.iter().filter(|task| !task.why.is_empty());
        let tasks = tasks.map(|task| format!("{}: {}", task.task, task.why.join(", ")));
        let all: Vec<String> = self.why.iter().cloned().chain(tasks).collect();
        let mut why = all[..all.len().min(REASONS)].join("; ");
        let more = all.len().saturating_sub(REASONS);
        if more > 0 {
            why.push_str(&format!("; and {more} more"));
        }
        let points = |points: Option<f64>| points.map_or("none".into(), |own| own.to_string());
        let (before, after) = (points(self.before), points(self.after));
        let points = if self.other_points() { format!("{before} → {after}") } else { after };
        let why = if why.is_empty() { why } else { format!(" ({why})") };
        format!("{} {points}{why}", sanitized(&self.student))
    }
}

#[cfg(test)]
mod tests {
    use checker::verdict::code::Code;
    use checker::verdict::{Diagnosis, Outcome, Verdict};

    use super::super::between;
    use crate::class::report::example;
    use crate::class::results::{Results, Student};

    fn sentences(change: impl FnOnce(&mut Results)) -> Vec<String> {
        let before = example::class();
        let mut after = before.clone();
        change(&mut after);
        between(&before, &after).sentences()
    }

    fn student<'a>(results: &'a mut Results, name: &str) -> &'a mut Student {
        results.students.iter_mut().find(|student| student.name == name).unwrap()
    }

    const NOTHING: &str = "no points or verdicts have changed since the earlier report";

    #[test]
    fn nothing_changed_is_one_line_whatever_the_time_took() {
        assert_eq!(sentences(|after| student(after, "anna").tasks[0].took_ms += 1), [NOTHING]);
    }

    #[test]
    fn whose_points_changed_is_said_with_the_reason() {
        let lines = sentences(|after| {
            let anna = student(after, "anna");
            anna.tasks[0].report.verdict = Verdict::of(Diagnosis {
                code: Code::Order,
                text: String::new(),
                place: None,
                call: None,
            });
            anna.tasks[0].points = 0.0;
            anna.late_penalty = 1.32;
            anna.points = 18.18;
        });
        assert_eq!(
            lines,
            ["1 student changed: anna 27.5 → 18.18 (1 basic-coroutine: right → E-order)"]
        );
    }

    #[test]
    fn another_verdict_is_told_where_the_points_stay() {
        let lines = sentences(|after| {
            student(after, "Anna").tasks[1].report.verdict = Verdict::new(Outcome::Missing);
        });
        assert_eq!(
            lines,
            ["1 student changed: Anna 0 (2 concurrent-coroutines: waiting → missing)"]
        );
    }

    #[test]
    fn late_days_points_by_hand_credit_and_the_most_points_count() {
        let lines = sentences(|after| {
            let anna = student(after, "anna");
            (anna.days_late, anna.late_penalty) = (0, 0.0);
            anna.points = 29.5;
        });
        assert_eq!(lines, ["1 student changed: anna 27.5 → 29.5 (days late: 2 → 0)"]);
        let lines = sentences(|after| {
            let anna = student(after, "anna");
            anna.late_penalty = 1.0;
            anna.points = 28.5;
        });
        assert_eq!(
            lines,
            ["1 student changed: anna 27.5 → 28.5 (taken off for being late: 2 → 1)"]
        );
        // of fewer points, less is taken off; the rule is still the same
        let lines = sentences(|after| {
            let anna = student(after, "anna");
            anna.tasks[1].points = 9.5;
            anna.late_penalty = 1.32;
            anna.points = 18.18;
        });
        assert_eq!(
            lines,
            [
                "1 student changed: anna 27.5 → 18.18 (2 concurrent-coroutines: other points by hand)"
            ]
        );
        let lines = sentences(|after| {
            let anna = student(after, "anna");
            anna.tasks[1].overridden = false;
            anna.tasks[1].points = 0.0;
            anna.late_penalty = 0.68;
            anna.points = 9.32;
        });
        assert_eq!(
            lines,
            [
                "1 student changed: anna 27.5 → 9.32 (2 concurrent-coroutines: no points by hand any more)"
            ]
        );
        let lines = sentences(|after| {
            let anna = student(after, "Anna");
            (anna.points, anna.points_by_hand) = (5.0, true);
        });
        assert_eq!(lines, ["1 student changed: Anna 0 → 5 (points by hand)"]);
        let lines = sentences(|after| {
            let anna = student(after, "Anna");
            anna.tasks[0].points = 2.5;
            anna.points = 2.5;
        });
        assert_eq!(
            lines,
            ["1 student changed: Anna 0 → 2.5 (1 basic-coroutine: 0 → 2.5 points for E-panic)"]
        );
        let lines = sentences(|after| {
            student(after, "Anna").tasks[0].max_points = 5.0;
        });
        assert_eq!(lines, ["1 student changed: Anna 0 (1 basic-coroutine: 10 → 5 points at most)"]);
    }

    #[test]
    fn what_could_not_be_judged_has_no_points_and_a_verdict_from_before_is_no_change() {
        let lines = sentences(|after| *after = example::with_gaps());
        let says = "1 student changed: anna 27.5 → none (1 basic-coroutine: right → not judged)";
        assert_eq!(lines, [says]);
    }

    #[test]
    fn who_is_new_or_gone_counts_too_and_of_many_the_first_few_are_named() {
        let before = example::class();
        let none = Results { students: Vec::new(), ..before.clone() };
        for (from, to, says) in [
            (&none, &before, "anna none → 27.5 (new in the class)"),
            (&before, &none, "anna 27.5 → none (no longer in the class)"),
        ] {
            let changes = between(from, to);
            assert_eq!(changes.students.len(), 7);
            let text = changes.sentences().concat();
            assert!(text.starts_with("7 students changed: "), "{text}");
            assert!(text.contains(says) && text.ends_with(", and 2 more: changes.csv"), "{text}");
            // without commands to a terminal
            assert!(!text.contains('\u{1b}'), "{text:?}");
            let anna = changes.students.iter().find(|change| change.student == "anna").unwrap();
            assert_eq!(anna.tasks.len(), 3);
        }
    }

    #[test]
    fn those_with_other_points_come_first_and_of_many_reasons_a_few_are_said() {
        let lines = sentences(|after| {
            student(after, "Anna").tasks[1].report.verdict = Verdict::new(Outcome::Missing);
            let anna = student(after, "anna");
            anna.tasks.iter_mut().for_each(|task| task.max_points += 1.0);
            anna.days_late = 3;
            anna.points = 26.5;
            anna.late_penalty = 3.0;
        });
        let lines = lines.concat();
        assert!(
            lines.starts_with("2 students changed: anna 27.5 → 26.5 (days late: 2 → 3; "),
            "{lines}"
        );
        assert!(lines.contains("; and 1 more), Anna 0 ("), "{lines}");
    }

    #[test]
    fn with_what_it_was_graded_otherwise_is_said_if_nobody_has_other_points_too() {
        let lines = sentences(|after| {
            let made_with = after.made_with.as_mut().unwrap();
            made_with.course = Some("seconds = 3".into());
            made_with.late = None;
            after.grading.secret_fingerprint = "0".into();
        });
        assert_eq!(
            lines,
            [
                "changed since the earlier report: course.toml, the late days, the secret of the hidden runs",
                NOTHING
            ]
        );
        // if a report does not say what it was made with, nothing is assumed
        assert_eq!(sentences(|after| after.made_with = None), [NOTHING]);
    }
}
