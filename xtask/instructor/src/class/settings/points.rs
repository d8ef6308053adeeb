//! Computes the points of a student: of each task, what is taken off, and of all tasks together.

use checker::tasks::{TASKS, Task};
use checker::verdict::Verdict;

use super::{Exception, Settings};
use crate::class::results::Student;

/// The points that an instructor has set by hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ByHand {
    pub points: Option<f64>,
    pub comment: Option<String>,
}

impl Settings {
    /// The points of a verdict on `task`.
    pub fn points(&self, task: &Task, verdict: &Verdict) -> f64 {
        let most = self.most(task);
        let code = verdict.code().and_then(|code| self.credit.get(code.name()));
        let part = code.or_else(|| self.credit.get(verdict.outcome.name())).copied();
        most * part.unwrap_or(if verdict.right() { 1.0 } else { 0.0 })
    }

    /// The points of a right solution of `task`.
    pub fn most(&self, task: &Task) -> f64 {
        let of_task = self.course.tasks.iter().find(|own| own.number == task.number);
        of_task.map_or(0.0, |own| own.points)
    }

    /// How late a student is, and the points that are taken off `points` for it.
    pub fn late(&self, student: &str, points: f64) -> (u32, f64) {
        let days = self.days_late.get(student).copied().unwrap_or(0);
        let percent = self.late.percent_a_day * f64::from(days);
        let percent = percent.min(self.late.most_percent.unwrap_or(100.0)).clamp(0.0, 100.0);
        (days, round(points * percent / 100.0))
    }

    /// The points set by hand for a student's `task`, or for all tasks together.
    pub fn by_hand(&self, student: &str, task: Option<&Task>) -> ByHand {
        let fits =
            |own: &&Exception| own.student == student && own.task == task.map(|task| task.number);
        self.exceptions.iter().find(fits).map(|own| own.by_hand.clone()).unwrap_or_default()
    }

    /// Sets all points of a student whose tasks are judged: of each task, what is taken off, and of all tasks together.
    pub fn grant(&self, student: &mut Student) {
        for graded in &mut student.tasks {
            let Some(task) = TASKS.iter().find(|task| task.number == graded.report.number) else {
                continue;
            };
            let by_hand = self.by_hand(&student.name, Some(task));
            let points = round(self.points(task, &graded.report.verdict));
            graded.points = by_hand.points.unwrap_or(points);
            graded.max_points = self.most(task);
            graded.overridden = by_hand.points.is_some();
            graded.comment = by_hand.comment;
        }
        let sum: f64 = student.tasks.iter().map(|task| task.points).sum();
        let by_hand = self.by_hand(&student.name, None);
        (student.days_late, student.late_penalty) = self.late(&student.name, sum);
        student.points_by_hand = by_hand.points.is_some();
        student.points = by_hand.points.unwrap_or(round(sum - student.late_penalty));
        student.max_points = self.course.tasks.iter().map(|task| task.points).sum();
        student.comment = by_hand.comment;
    }
}

/// Rounds to two decimals, as in a gradebook.
pub fn round(points: f64) -> f64 {
    // zero has no sign
    (points * 100.0).round() / 100.0 + 0.0
}
