//! Compares two gradings of a class: whose points changed, and why. `text` says it in sentences.

use super::report::{sanitized, verdict};
use super::results::{Graded, Results, Student};
use super::settings::remembered::{MadeWith, same_course};
use super::settings::round;
use super::settings::table::Table;

mod text;

/// If two parts of the points that are taken off for being late differ by more than this, the rule has changed. (Points
/// taken off are rounded to a hundredth of a point.)
const LEAST_PART: f64 = 0.002;

/// What is different in the later of two gradings.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    /// The settings that have changed, for example `course.toml`.
    pub causes: Vec<&'static str>,
    /// The students whose points or verdicts changed. Those with other points come first.
    pub students: Vec<Change>,
}

/// What changed for a student.
#[derive(Debug, PartialEq)]
pub struct Change {
    pub student: String,
    /// The points of all tasks together. None, if the student is not in that grading, or was not fully graded there.
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// The reasons, without the changes in tasks.
    pub why: Vec<String>,
    /// The tasks that changed, in course order.
    pub tasks: Vec<TaskChange>,
}

/// What changed for a task of a student.
#[derive(Debug, PartialEq)]
pub struct TaskChange {
    /// Its number and package: `2 concurrent-coroutines`.
    pub task: String,
    /// None, if that grading does not have the task.
    pub before: Option<Judged>,
    pub after: Option<Judged>,
    pub why: Vec<String>,
}

/// A task of a student in one of the gradings.
#[derive(Debug, PartialEq)]
pub struct Judged {
    /// The points. None, if the task could not be judged.
    pub points: Option<f64>,
    /// The code or the outcome, as in the gradebook.
    pub verdict: &'static str,
}

/// The differences in `after`.
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

/// The settings that are different in `after`.
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
    let text = |table: &Option<Table>| table.as_ref().map(|table| table.text.clone());
    [
        (!same_course(before.course.as_deref(), after.course.as_deref()), "course.toml"),
        (text(&before.late) != text(&after.late), "the late days"),
        (text(&before.by_hand) != text(&after.by_hand), "the points by hand"),
    ]
    .into_iter()
    .filter_map(|(differs, cause)| differs.then_some(cause))
    .collect()
}

/// The changes for a student, who is in at least one of the gradings.
fn of_student(before: Option<&Student>, after: Option<&Student>) -> Option<Change> {
    let tasks = of_tasks(before, after);
    let why = match (before, after) {
        (Some(before), Some(after)) => together(before, after),
        (None, _) => vec!["new in the class".into()],
        (_, None) => vec!["no longer in the class".into()],
    };
    let known = |student: &&Student| student.has_points();
    let points = |student: Option<&Student>| student.filter(known).map(|own| round(own.points));
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

/// Why a student's points changed, without the changes in tasks.
fn together(before: &Student, after: &Student) -> Vec<String> {
    let mut why = Vec::new();
    match (&before.refused, &after.refused) {
        (None, Some(_)) => why.push("the submission could not be taken".into()),
        (Some(_), None) => why.push("the submission could be taken now".into()),
        _ => {}
    }
    let sum = |student: &Student| round(student.tasks.iter().map(|task| task.points).sum());
    let [then, now] = [before, after].map(|student| round(student.late_penalty));
    if before.days_late != after.days_late {
        why.push(format!("days late: {} → {}", before.days_late, after.days_late));
    } else if then != now && another_rule(then / sum(before), now / sum(after)) {
        why.push(format!("taken off for being late: {then} → {now}"));
    }
    let other = round(before.points) != round(after.points);
    why.extend(points_by_hand(before.points_by_hand, after.points_by_hand, other));
    why
}

/// Whether the points were taken off by different rules. The parts are compared, because of fewer points less is taken off.
/// (Without any points there is no part, and so no answer.)
fn another_rule(before: f64, after: f64) -> bool {
    (before - after).abs() > LEAST_PART
}

/// The reason if points by hand were added, removed or changed.
fn points_by_hand(before: bool, after: bool, other_points: bool) -> Option<String> {
    let says = match (before, after) {
        (false, true) => "points by hand",
        (true, false) => "no points by hand any more",
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

/// The changes in a task. `stays` means that the student is in both gradings.
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
    let judged = |task: &Graded| Judged {
        points: (!task.lacks_points()).then(|| round(task.points)),
        verdict: verdict(task),
    };
    let named = before.or(after)?;
    Some(TaskChange {
        task: format!("{} {}", named.report.number, sanitized(&named.report.name)),
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

/// The verdict, as it is named on a terminal.
fn in_words(task: &Graded) -> &'static str {
    if task.right() { "right" } else { verdict(task) }
}

impl Change {
    fn other_points(&self) -> bool {
        self.before != self.after
    }
}
