//! Tasks that use the student's own helpers from an earlier task, for example a public function.
//!
//! They compile in the student's copy, but not on top of the reference solutions. So they are also compiled on top of the
//! student's dependencies (the earlier tasks as handed in), and judged there if these are right.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Result;
use checker::verdict::Outcome;
use checker::verdict::code::Code;
use xtask::build::Package;
use xtask::build::kit::answer::{Unlinked, Unread};
use xtask::build::kit::content::Content;
use xtask::build::kit::crates::Crate;

use super::{Grader, Work, confined, not_judged_as};
use crate::class::store::Kept;

/// Whether the compiler has refused the task, and the message names an earlier task.
pub fn may_need_them(work: &Work) -> bool {
    let Some(verdict) = work.kept.as_ref().map(|kept| &kept.verdict) else { return false };
    let refused = verdict.code() == Some(Code::Compile);
    let message = verdict.compiler.as_deref().unwrap_or_default();
    let mut needed = work.taken.task.dependency_tasks();
    refused && needed.any(|task| message.contains(&task.name.replace('-', "_")))
}

/// What is known about the student's dependencies of a task. The numbers are those of the tasks.
enum State {
    Right,
    /// One could not be judged.
    Unknown(usize),
    /// One is not right.
    Wrong(usize),
}

impl State {
    fn of(dependencies: &[&Work]) -> Self {
        let is = |work: &Work, outcome| {
            work.kept.as_ref().is_some_and(|kept| kept.verdict.outcome == outcome)
        };
        let right = |work: &Work| work.kept.as_ref().is_some_and(|kept| kept.verdict.right());
        let number = |work: &&Work| work.taken.task.number;
        let mut all = dependencies.iter();
        if let Some(unknown) = all.clone().find(|work| is(work, Outcome::NotJudged)) {
            return Self::Unknown(number(unknown));
        }
        all.find(|work| !right(work)).map_or(Self::Right, |wrong| Self::Wrong(number(wrong)))
    }
}

/// What becomes of a task that was compiled on top of the student's dependencies.
struct Judged {
    /// The new verdict. None: the verdict stays.
    kept: Option<Kept>,
    note: Option<String>,
}

impl Grader {
    /// Judges the task at `at` on top of the student's dependencies, if it compiles there and they are right.
    pub(super) fn judge_on_student_dependencies(
        &self,
        works: &mut [Work],
        at: usize,
        scratch: &Path,
    ) -> Result<()> {
        let needed = works[at].taken.task.dependency_tasks();
        let handed_in = |number| works.iter().find(|work| work.taken.task.number == number);
        let dependencies: Vec<&Work> = needed.filter_map(|task| handed_in(task.number)).collect();
        if dependencies.iter().any(|work| work.taken.is_missing() || is_refused(work)) {
            return Ok(());
        }
        if let Some(judged) = self.judged_on(&dependencies, &works[at], scratch)? {
            let work = &mut works[at];
            work.kept = judged.kept.or(work.kept.take());
            work.note = judged.note.or(work.note.take());
        }
        Ok(())
    }

    /// Compiles `work` on top of these dependencies, and judges it, if they are right. None, if it does not compile there
    /// either, or grading is stopped.
    fn judged_on(
        &self,
        dependencies: &[&Work],
        work: &Work,
        scratch: &Path,
    ) -> Result<Option<Judged>> {
        let begun = Instant::now();
        let own = self.lay_out_on(dependencies, work, scratch)?;
        // a compilation finds libraries by their paths, and the next student's may be at the same path
        let package = match confined(&self.kit, &self.sandbox).package(&own) {
            Err(error) if error.is::<Unread>() || error.is::<Unlinked>() => return Ok(None),
            package => package?,
        };
        if let Some(why) = package.not_built {
            return Ok(Some(Judged { kept: Some(not_judged_as(why)), note: None }));
        }
        let compiles = package.harness.is_some() || !package.harness_errors.is_empty();
        if !compiles || self.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        Ok(match State::of(dependencies) {
            State::Unknown(number) => Some(needs_one_not_judged(number)),
            State::Wrong(number) => Some(needs_a_wrong_one(number)),
            State::Right => {
                let name = name_on(dependencies, work);
                self.judged_on_right_ones(&name, &own, &package, begun)?
            }
        })
    }

    /// Writes a task and its dependencies to the places where they are compiled.
    fn lay_out_on(&self, dependencies: &[&Work], work: &Work, scratch: &Path) -> Result<Crate> {
        // nearest first, because they build on each other
        let mut crates: Vec<Crate> = Vec::new();
        for dependency in dependencies.iter().rev() {
            let own = self.lay_out(dependency.taken, scratch)?;
            crates.insert(0, Crate { dependencies: crates.clone(), ..own });
        }
        Ok(Crate { dependencies: crates, ..self.lay_out(work.taken, scratch)? })
    }

    /// The verdict of a task whose dependencies are right: the kept one, or a new one. None, if grading is stopped.
    fn judged_on_right_ones(
        &self,
        name: &str,
        own: &Crate,
        package: &Package,
        begun: Instant,
    ) -> Result<Option<Judged>> {
        let snapshots = self.snapshots.get(&own.task.number);
        let known = snapshots.and_then(|now| self.store.get(name, now));
        let kept = match known.filter(|kept| self.can_be_reviewed(&kept.verdict.pending)) {
            Some(kept) => kept,
            None => {
                let verdict = self.verdict(own, package, None)?;
                if self.stop.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                self.keep(name, own, verdict, begun)
            }
        };
        let note = "It uses the student's own helpers from an earlier task, so it was judged on top of the earlier tasks as handed in, which are right.";
        Ok(Some(Judged { kept: Some(kept), note: Some(note.into()) }))
    }
}

/// Whether a task is refused for its text. Such a task is not compiled here either.
fn is_refused(work: &Work) -> bool {
    let code = work.kept.as_ref().and_then(|kept| kept.verdict.code());
    matches!(code, Some(Code::Unsafe | Code::ForbiddenApi | Code::InvalidSubmission))
}

/// The name of everything that the verdict on `work` depends on, if it is judged on top of these dependencies.
fn name_on(dependencies: &[&Work], work: &Work) -> String {
    let mut name = Content::of("verdict on top of what was handed in");
    name.add(work.name.as_bytes());
    dependencies.iter().for_each(|dependency| name.add(dependency.name.as_bytes()));
    name.name()
}

fn needs_one_not_judged(number: usize) -> Judged {
    let why =
        format!("It needs task {number} as it was handed in, and that task could not be judged.");
    Judged { kept: Some(not_judged_as(why)), note: None }
}

fn needs_a_wrong_one(number: usize) -> Judged {
    let note = format!(
        "It is judged on top of the reference solutions of the tasks before it, but it does not compile there. With task {number} as handed in it does compile, but that task is not right, so this one can't be judged."
    );
    Judged { kept: None, note: Some(note) }
}
