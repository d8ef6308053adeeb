//! The data for the page's scripts: the results, and texts about them from the checker.

use std::collections::BTreeMap;

use checker::verdict::Verdict;
use checker::verdict::code::Code;
use serde::Serialize;

use super::drawing::Drawing;
use crate::class::intake::HAND_IN;
use crate::class::results::{Graded, Results};

/// All data of the page.
#[derive(Serialize)]
pub struct View {
    /// The results without the evidence, which is drawn, and without values that differ from grading to grading.
    results: Results,
    /// For each student and task, in order.
    drawings: Vec<Vec<Option<Drawing>>>,
    /// The codes that occur in the results.
    codes: BTreeMap<&'static str, Explained>,
    /// The messages to students whose submissions could not be taken.
    hand_in: &'static str,
}

/// The course's texts about a code.
#[derive(Serialize)]
struct Explained {
    title: &'static str,
    /// Its page, in Markdown.
    page: &'static str,
    /// Its index among all codes. Causes come before their symptoms.
    place: usize,
}

impl View {
    pub fn of(results: &Results) -> Self {
        let mut results = results.clone();
        let drawings = results
            .students
            .iter_mut()
            .map(|student| student.tasks.iter_mut().map(take_drawing).collect())
            .collect();
        let codes = explained(&results);
        Self { results, drawings, codes, hand_in: HAND_IN }
    }
}

/// Draws a task's evidence, and keeps the parts that the page shows unchanged.
fn take_drawing(task: &mut Graded) -> Option<Drawing> {
    task.took_ms = 0;
    let evidence = task.report.verdict.evidence.take()?;
    evidence.yours.is_telling(evidence.expected.as_ref()).then(|| Drawing::of(&evidence))
}

fn explained(results: &Results) -> BTreeMap<&'static str, Explained> {
    let verdicts = results.students.iter().flat_map(|student| &student.tasks);
    let codes = verdicts.flat_map(|task| codes(&task.report.verdict));
    let explained = |code: Code| Explained {
        title: code.title(),
        page: code.page(),
        place: Code::ALL.iter().position(|known| *known == code).unwrap_or_default(),
    };
    codes.map(|code| (code.name(), explained(code))).collect()
}

fn codes(verdict: &Verdict) -> impl Iterator<Item = Code> {
    verdict.diagnoses.iter().chain(&verdict.remarks).map(|diagnosis| diagnosis.code)
}
