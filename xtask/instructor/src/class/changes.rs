//! What changed between two gradings of a class: whose points, and why.

use super::report::{plain, verdict};
use super::results::{Graded, Results, Student};
use super::settings::remembered::{MadeWith, same_course};
use super::settings::round;

/// How many students are named in a terminal, and how many reasons of each.
const NAMED: usize = 5;
const REASONS: usize = 3;

/// Parts of the points that are taken off for being late differ by more than this if the rule is another one. (What is taken
/// off is rounded to a hundredth of a point.)
const LEAST_PART: f64 = 0.002;

/// What is different in the later one of two gradings.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    /// What it was graded with that the earlier one was not: `course.toml`, say.
    pub causes: Vec<&'static str>,
    /// Whose points or verdicts changed: those with other points first.
    pub students: Vec<Change>,
}

/// What changed for a student.
#[derive(Debug, PartialEq)]
pub struct Change {
    pub student: String,
    /// The points of all tasks together. None, if the student is not in that grading.
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// Why, but for what changed in tasks.
    pub why: Vec<String>,
    /// In course order; only those of which something changed.
    pub tasks: Vec<TaskChange>,
}

/// What changed for a task of a student.
#[derive(Debug, PartialEq)]
pub struct TaskChange {
    /// Its number and package: `2 concurrent-coroutines`.
    pub task: String,
    /// None, if that grading does not have it.
    pub before: Option<Judged>,
    pub after: Option<Judged>,
    pub why: Vec<String>,
}

/// A task of a student in one of the gradings.
#[derive(Debug, PartialEq)]
pub struct Judged {
    pub points: f64,
    /// The code or the outcome, as the gradebook has it.
    pub verdict: &'static str,
}

/// What is different in `after`.
pub fn between(before: &Results, after: &Results) -> Changes {
    let find = |results: &'_ Results, name: &str| {
        results.students.iter().position(|student| student.name == name)
    };
    let changed = after.students.iter().filter_map(|now| {
        let earlier = find(before, &now.name).map(|at| &before.students[at]);
        of_student(earlier, Some(now))
    });
    let gone = before.students.iter().filter(|earlier| find(after, &earlier.name).is_none());
    let gone = gone.filter_map(|earlier| of_student(Some(earlier), None));
    let mut students: Vec<Change> = changed.chain(gone).collect();
    students.sort_by(|a, b| (!a.other_points(), &a.student).cmp(&(!b.other_points(), &b.student)));
    Changes { causes: causes(before, after), students }
}

/// With what `after` was graded otherwise.
fn causes(before: &Results, after: &Results) -> Vec<&'static str> {
    let (then, now) = (&before.grading, &after.grading);
    let mut causes = match (&before.made_with, &after.made_with) {
        (Some(before), Some(after)) => of_files(before, after),
        _ => Vec::new(),
    };
    causes.extend(
        [
            (then.secret_fingerprint != now.secret_fingerprint, "the secret of the hidden runs"),
            (then.checker != now.checker, "the checker"),
            (then.rustc != now.rustc, "the compiler"),
            (then.isolation != now.isolation, "the level of isolation"),
        ]
        .into_iter()
        .filter_map(|(differs, cause)| differs.then_some(cause)),
    );
    causes
}

fn of_files(before: &MadeWith, after: &MadeWith) -> Vec<&'static str> {
    let text = |table: &Option<super::settings::table::Table>| {
        table.as_ref().map(|table| table.text.clone())
    };
    [
        (!same_course(before.course.as_deref(), after.course.as_deref()), "course.toml"),
        (text(&before.late) != text(&after.late), "the late days"),
        (text(&before.by_hand) != text(&after.by_hand), "the points by hand"),
    ]
    .into_iter()
    .filter_map(|(differs, cause)| differs.then_some(cause))
    .collect()
}

/// What changed for a student, who is in one of the gradings at least.
fn of_student(before: Option<&Student>, after: Option<&Student>) -> Option<Change> {
    let tasks = of_tasks(before, after);
    let why = match (before, after) {
        (Some(before), Some(after)) => together(before, after),
        (None, _) => vec!["new in the class".into()],
        (_, None) => vec!["no longer in the class".into()],
    };
    let points = |student: Option<&Student>| student.map(|student| round(student.points));
    let change = Change {
        student: before.or(after)?.name.clone(),
        before: points(before),
        after: points(after),
        why,
        tasks,
    };
    let changed = change.other_points() || !change.why.is_empty() || !change.tasks.is_empty();
    changed.then_some(change)
}

/// Why a student's points changed, but for what changed in tasks.
fn together(before: &Student, after: &Student) -> Vec<String> {
    let mut why = Vec::new();
    match (&before.refused, &after.refused) {
        (None, Some(_)) => why.push("the submission could not be taken".into()),
        (Some(_), None) => why.push("the submission could be taken now".into()),
        _ => {}
    }
    let sum = |student: &Student| round(student.tasks.iter().map(|task| task.points).sum());
    if before.days_late != after.days_late {
        why.push(format!("days late: {} → {}", before.days_late, after.days_late));
    } else if another_rule(before.late_penalty / sum(before), after.late_penalty / sum(after)) {
        let [then, now] = [before, after].map(|student| round(student.late_penalty));
        why.push(format!("taken off for being late: {then} → {now}"));
    }
    let by_hand = [before, after]
        .map(|student| round(student.points) != round(sum(student) - student.late_penalty));
    let other = round(before.points) != round(after.points);
    why.extend(points_by_hand(by_hand[0], by_hand[1], other));
    why
}

/// Whether these parts of the points were not taken off by one and the same rule: of fewer points, less is taken off. (Of no
/// points, nothing can be said: a part is no number then.)
fn another_rule(before: f64, after: f64) -> bool {
    (before - after).abs() > LEAST_PART
}

/// What is to be said of points by hand that came, went or changed.
fn points_by_hand(before: bool, after: bool, other_points: bool) -> Option<String> {
    let says = match (before, after) {
        (false, true) => "points by hand",
        (true, false) => "points by hand no longer",
        (true, true) if other_points => "other points by hand",
        _ => return None,
    };
    Some(says.into())
}

fn of_tasks(before: Option<&Student>, after: Option<&Student>) -> Vec<TaskChange> {
    let numbers = |student: Option<&Student>| {
        let tasks = student.map_or(&[][..], |student| &student.tasks);
        tasks.iter().map(|task| task.report.number).collect::<Vec<_>>()
    };
    let mut all = [numbers(before), numbers(after)].concat();
    all.sort_unstable();
    all.dedup();
    let changed = |number: usize| {
        let find = |student: Option<&'_ Student>| -> Option<Graded> {
            student.and_then(|student| student.task(number)).cloned()
        };
        of_task(find(before).as_ref(), find(after).as_ref(), before.is_some() && after.is_some())
    };
    all.into_iter().filter_map(changed).collect()
}

/// What changed for a task; `stays`, if the student is in both gradings.
fn of_task(before: Option<&Graded>, after: Option<&Graded>, stays: bool) -> Option<TaskChange> {
    let why = match (before, after) {
        (Some(before), Some(after)) => {
            let why = reasons(before, after);
            if why.is_empty() {
                return None;
            }
            why
        }
        _ if !stays => Vec::new(),
        (None, _) => vec!["new in the course".into()],
        (_, None) => vec!["no longer in the course".into()],
    };
    let judged = |task: &Graded| Judged { points: round(task.points), verdict: verdict(task) };
    let named = before.or(after)?;
    Some(TaskChange {
        task: format!("{} {}", named.report.number, plain(&named.report.name)),
        before: before.map(judged),
        after: after.map(judged),
        why,
    })
}

fn reasons(before: &Graded, after: &Graded) -> Vec<String> {
    let other = round(before.points) != round(after.points);
    let mut why = Vec::new();
    if verdict(before) != verdict(after) {
        why.push(format!("{} → {}", in_words(before), in_words(after)));
    }
    why.extend(points_by_hand(before.overridden, after.overridden, other));
    if round(before.max_points) != round(after.max_points) {
        why.push(format!("{} → {} points at most", before.max_points, after.max_points));
    }
    if why.is_empty() && other {
        why.push(format!("{} → {} points for {}", before.points, after.points, in_words(after)));
    }
    why
}

/// The verdict, as it is called in a terminal.
fn in_words(task: &Graded) -> &'static str {
    if task.right() { "right" } else { verdict(task) }
}

impl Change {
    fn other_points(&self) -> bool {
        self.before != self.after
    }

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
        format!("{} {points}{why}", plain(&self.student))
    }
}

impl Changes {
    /// What a terminal says: with what the class was graded otherwise, and whose points changed.
    pub fn sentences(&self) -> Vec<String> {
        let mut said = Vec::new();
        if !self.causes.is_empty() {
            said.push(format!("changed since the earlier report: {}", self.causes.join(", ")));
        }
        let named: Vec<String> = self.students.iter().take(NAMED).map(Change::text).collect();
        let more = self.students.len() - named.len();
        said.push(match (self.students.len(), more) {
            (0, _) => "all points and verdicts are those of the earlier report".into(),
            (1, _) => format!("1 student changed: {}", named.join(", ")),
            (all, 0) => format!("{all} students changed: {}", named.join(", ")),
            (all, more) => {
                format!("{all} students changed: {}, and {more} more: changes.csv", named.join(", "))
            }
        });
        said
    }
}

#[cfg(test)]
mod tests {
    use checker::code::Code;
    use checker::verdict::{Diagnosis, Outcome, Verdict};

    use super::super::report::example;
    use super::*;

    fn sentences(change: impl FnOnce(&mut Results)) -> Vec<String> {
        let before = example::class();
        let mut after = before.clone();
        change(&mut after);
        between(&before, &after).sentences()
    }

    fn student<'a>(results: &'a mut Results, name: &str) -> &'a mut Student {
        results.students.iter_mut().find(|student| student.name == name).unwrap()
    }

    const NOTHING: &str = "all points and verdicts are those of the earlier report";

    #[test]
    fn nothing_changed_is_one_line_whatever_the_time_took() {
        assert_eq!(sentences(|after| student(after, "anna").tasks[0].took_ms += 1), [NOTHING]);
    }

    #[test]
    fn whose_points_changed_is_said_with_the_reason() {
        let said = sentences(|after| {
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
            said,
            ["1 student changed: anna 27.5 → 18.18 (1 basic-coroutine: right → E-order)"]
        );
    }

    #[test]
    fn another_verdict_is_told_where_the_points_stay() {
        let said = sentences(|after| {
            student(after, "Anna").tasks[1].report.verdict = Verdict::new(Outcome::Missing);
        });
        assert_eq!(
            said,
            ["1 student changed: Anna 0 (2 concurrent-coroutines: waiting → missing)"]
        );
    }

    #[test]
    fn late_days_points_by_hand_credit_and_the_most_points_count() {
        let said = sentences(|after| {
            let anna = student(after, "anna");
            (anna.days_late, anna.late_penalty) = (0, 0.0);
            anna.points = 29.5;
        });
        assert_eq!(said, ["1 student changed: anna 27.5 → 29.5 (days late: 2 → 0)"]);
        let said = sentences(|after| {
            let anna = student(after, "anna");
            anna.late_penalty = 1.0;
            anna.points = 28.5;
        });
        assert_eq!(
            said,
            ["1 student changed: anna 27.5 → 28.5 (taken off for being late: 2 → 1)"]
        );
        // of fewer points, less is taken off, and that is no other rule
        let said = sentences(|after| {
            let anna = student(after, "anna");
            anna.tasks[1].points = 9.5;
            anna.late_penalty = 1.32;
            anna.points = 18.18;
        });
        assert_eq!(
            said,
            ["1 student changed: anna 27.5 → 18.18 (2 concurrent-coroutines: other points by hand)"]
        );
        let said = sentences(|after| {
            let anna = student(after, "anna");
            anna.tasks[1].overridden = false;
            anna.tasks[1].points = 0.0;
            anna.late_penalty = 0.68;
            anna.points = 9.32;
        });
        assert_eq!(
            said,
            ["1 student changed: anna 27.5 → 9.32 (2 concurrent-coroutines: points by hand no longer)"]
        );
        let said = sentences(|after| student(after, "Anna").points = 5.0);
        assert_eq!(said, ["1 student changed: Anna 0 → 5 (points by hand)"]);
        let said = sentences(|after| {
            let anna = student(after, "Anna");
            anna.tasks[0].points = 2.5;
            anna.points = 2.5;
        });
        assert_eq!(
            said,
            ["1 student changed: Anna 0 → 2.5 (1 basic-coroutine: 0 → 2.5 points for E-panic)"]
        );
        let said = sentences(|after| {
            student(after, "Anna").tasks[0].max_points = 5.0;
        });
        assert_eq!(
            said,
            ["1 student changed: Anna 0 (1 basic-coroutine: 10 → 5 points at most)"]
        );
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
            let said = changes.sentences().concat();
            assert!(said.starts_with("7 students changed: "), "{said}");
            assert!(said.contains(says) && said.ends_with(", and 2 more: changes.csv"), "{said}");
            // no command to a terminal
            assert!(!said.contains('\u{1b}'), "{said:?}");
            let anna = changes.students.iter().find(|change| change.student == "anna").unwrap();
            assert_eq!(anna.tasks.len(), 3);
        }
    }

    #[test]
    fn those_with_other_points_come_first_and_of_many_reasons_a_few_are_said() {
        let said = sentences(|after| {
            student(after, "Anna").tasks[1].report.verdict = Verdict::new(Outcome::Missing);
            let anna = student(after, "anna");
            anna.tasks.iter_mut().for_each(|task| task.max_points += 1.0);
            anna.days_late = 3;
            anna.points = 26.5;
            anna.late_penalty = 3.0;
        });
        let said = said.concat();
        assert!(said.starts_with("2 students changed: anna 27.5 → 26.5 (days late: 2 → 3; "), "{said}");
        assert!(said.contains("; and 1 more), Anna 0 ("), "{said}");
    }

    #[test]
    fn with_what_it_was_graded_otherwise_is_said_if_nobody_has_other_points_too() {
        let said = sentences(|after| {
            let made_with = after.made_with.as_mut().unwrap();
            made_with.course = Some("seconds = 3".into());
            made_with.late = None;
            after.grading.secret_fingerprint = "0".into();
        });
        assert_eq!(
            said,
            [
                "changed since the earlier report: course.toml, the late days, the secret of the hidden runs",
                NOTHING
            ]
        );
        // of a report that does not say what it was made with, nothing is made up
        assert_eq!(sentences(|after| after.made_with = None), [NOTHING]);
    }
}
