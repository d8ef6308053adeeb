//! Tasks that use the student's own helpers from an earlier task, for example a public function.
//!
//! They compile in the student's copy, but not on top of the reference solutions. So they are also compiled on top of the
//! student's own earlier tasks, and judged there if these are right.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Result;
use checker::verdict::Outcome;
use checker::verdict::code::Code;
use xtask::build::kit::calls::{Unlinked, Unread};
use xtask::build::kit::content::Content;
use xtask::build::kit::crates::Crate;

use super::{Grader, Work, confined, not_judged_as};

/// Whether the compiler has refused the task, and the message names an earlier task.
pub fn may_need_it(work: &Work) -> bool {
    let Some(verdict) = work.kept.as_ref().map(|kept| &kept.verdict) else { return false };
    let refused = verdict.code() == Some(Code::Compile);
    let said = verdict.compiler.as_deref().unwrap_or_default();
    refused
        && work.taken.task.dependency_tasks().any(|up| said.contains(&up.name.replace('-', "_")))
}

impl Grader {
    /// Judges the task at `at` on top of the student's own earlier tasks, if it compiles there and they are right.
    pub(super) fn judge_on_own(&self, works: &mut [Work], at: usize, desk: &Path) -> Result<()> {
        let task = works[at].taken.task;
        let handed_in = |number| works.iter().find(|work| work.taken.task.number == number);
        let upstream: Vec<&Work> =
            task.dependency_tasks().filter_map(|up| handed_in(up.number)).collect();
        // a task that is refused for its text is not compiled here either
        let refused = |up: &&Work| {
            let code = up.kept.as_ref().and_then(|kept| kept.verdict.code());
            matches!(code, Some(Code::Unsafe | Code::ForbiddenApi | Code::InvalidSubmission))
        };
        if upstream.iter().any(|up| up.taken.is_missing() || refused(up)) {
            return Ok(());
        }
        let right = |up: &Work| up.kept.as_ref().is_some_and(|kept| kept.verdict.right());
        let wrong = upstream.iter().find(|up| !right(up)).map(|up| up.taken.task.number);
        let not_judged = |up: &&&Work| {
            up.kept.as_ref().is_some_and(|kept| kept.verdict.outcome == Outcome::NotJudged)
        };
        let unknown = upstream.iter().find(not_judged).map(|up| up.taken.task.number);
        let mut name = Content::of("verdict on top of what was handed in");
        name.add(works[at].name.as_bytes());
        upstream.iter().for_each(|up| name.add(up.name.as_bytes()));
        let name = name.name();

        let begun = Instant::now();
        // nearest first, because they build on each other
        let mut crates: Vec<Crate> = Vec::new();
        for work in std::iter::once(&works[at]).chain(upstream).rev() {
            let own = Crate { upstream: crates.clone(), ..self.lay_out(work.taken, desk)? };
            crates.insert(0, own);
        }
        let own = crates.remove(0);
        // a compilation finds libraries by their paths, and the next student's may be at the same path
        let package = match confined(&self.kit, &self.sandbox).package(&own) {
            Err(error) if error.is::<Unread>() || error.is::<Unlinked>() => return Ok(()),
            package => package?,
        };
        if let Some(why) = package.not_built {
            works[at].kept = Some(not_judged_as(why));
            return Ok(());
        }
        let compiles = package.harness.is_some() || !package.harness_errors.is_empty();
        if !compiles || self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        if let Some(number) = unknown {
            works[at].kept = Some(not_judged_as(format!(
                "It needs task {number} as it was handed in, and that task could not be judged."
            )));
            return Ok(());
        }
        if let Some(number) = wrong {
            works[at].note = Some(format!(
                "It is judged on top of the reference solutions of the tasks before it, but it does not compile there. With task {number} as handed in it does compile, but that task is not right, so this one can't be judged."
            ));
            return Ok(());
        }
        let known = self.snapshots.get(&task.number);
        let known = known.and_then(|now| self.store.get(&name, now));
        let kept = match known.filter(|kept| self.can_be_reviewed(&kept.verdict.pending)) {
            Some(kept) => kept,
            None => {
                let verdict = self.verdict(&own, &package, None)?;
                if self.stop.load(Ordering::Relaxed) {
                    return Ok(());
                }
                self.keep(&name, &own, verdict, begun)
            }
        };
        works[at].kept = Some(kept);
        works[at].note = Some("It uses the student's own helpers from an earlier task, so it was judged on top of the earlier tasks as handed in, which are right.".into());
        Ok(())
    }
}
