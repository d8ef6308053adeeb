//! The judge: from a built harness to a verdict.
//!
//! In: a harness that can start a worker, and options. Out: a [`Verdict`], with the run that shows it best as evidence.
//!
//! A task is observed in stages, each with a worker of its own: first the most informative scenario, then the other
//! public scenarios, then many more, and then some of these once more in another process. After a stage with a mistake
//! there are no more stages. So a mistake in the first run is explained quickly, and a program that blocks its thread in
//! real time does not do so a hundred times. Most runs of the later stages have no events; `confirm` makes those again
//! that are not as they should be.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::contract::TaskInfo;
use crate::contract::request::{Arguments, JudgeRequest, Limits, Options};
use crate::contract::scenario::Scenario;
use crate::rules::Findings;
use crate::rules::before_build;
use crate::rules::dependency::Dependency;
use crate::run::client::Error;
use crate::run::{self, Observations, Observed, Start};
use crate::source::Source;
use crate::tasks::{RunSet, Task};
use crate::verdict::{Diagnosis, Evidence, Outcome, Verdict};
use confirm::MadeAgain;
use snapshot::{Review, Snapshots};

pub use dependency::{ObservedDependency, observe_dependency};
use evidence::evidence;
use seen::Seen;

mod confirm;
mod dependency;
mod evidence;
mod incomplete;
mod seen;
pub mod snapshot;

/// The answer, in JSON, to a request about `task` in `harness`.
///
/// # Errors
/// If the harness can't be run. Whatever the student's code does is a verdict, not an error.
pub fn answer(
    task: &'static Task,
    harness: &dyn Start,
    request: &JudgeRequest,
) -> Result<Vec<u8>, Error> {
    let json = match request {
        JudgeRequest::Verdict(options) => serde_json::to_vec(&self::task(task, harness, options)?),
        JudgeRequest::Run(arguments) => serde_json::to_vec(&run(task, harness, arguments)?),
        JudgeRequest::Observe { scenarios, limits } => {
            serde_json::to_vec(&run::observe(harness, task.function, scenarios, *limits)?)
        }
    };
    Ok(json.expect("plain data"))
}

/// Judges `task` in `harness`.
///
/// # Errors
/// If the harness can't be run.
pub fn task(task: &'static Task, harness: &dyn Start, options: &Options) -> Result<Verdict, Error> {
    if let Some(refused) = before_build::verdict(task, harness.crate_dir()) {
        return Ok(refused);
    }
    match dependency(task, harness, options.limits)? {
        Ok(dependency) => built_on(&dependency, task, harness, options),
        Err(verdict) => Ok(*verdict),
    }
}

/// Judges `task` in `harness`, whose dependency was observed before.
///
/// # Errors
/// If the harness can't be run.
pub fn built_on(
    dependency: &Dependency,
    task: &'static Task,
    harness: &dyn Start,
    options: &Options,
) -> Result<Verdict, Error> {
    by(task, harness.crate_dir(), options, dependency, |scenarios| {
        run::observe(harness, task.function, scenarios, options.limits)
    })
}

/// Observes the function of the dependency of `task`, in `harness`. If its runs show too little, the result is a
/// verdict on `task`.
///
/// # Errors
/// If the harness can't be run.
pub fn dependency(
    task: &'static Task,
    harness: &dyn Start,
    limits: Limits,
) -> Result<ObservedDependency, Error> {
    observe_dependency(task, limits, |scenarios| {
        run::observe(harness, task.function, scenarios, limits)
    })
}

/// Judges `task`, whose source is in `crate_dir`. `observe` makes the observations of each stage.
///
/// # Errors
/// Those of `observe`.
pub fn by<Error>(
    task: &'static Task,
    crate_dir: &Path,
    options: &Options,
    dependency: &Dependency,
    mut observe: impl FnMut(&[Scenario]) -> Result<Observations, Error>,
) -> Result<Verdict, Error> {
    let plan = task.plan(options.seed, options.depth);
    let (public, elsewhere) = (plan.public.len(), plan.elsewhere.len());
    let scenarios = plan.all();
    let source = Source::read(crate_dir);
    let limit = options.limits.scenario;
    let looked_at = LookedAt { task, scenarios: &scenarios, source: &source, dependency, limit };
    let (mut seen, mut findings) = (Seen::default(), Findings::default());
    let mut again = MadeAgain::default();
    for end in [1, public, scenarios.len()] {
        if end > public {
            // those that are made once more get another process
            let here = end - elsewhere;
            seen.observe(&scenarios[..here], &mut observe)?;
            if seen.has_all_of(here) {
                seen.observe(&scenarios, &mut observe)?;
            }
        } else {
            seen.observe(&scenarios[..end], &mut observe)?;
        }
        findings = looked_at.findings(&seen, &again);
        while findings.none_is_recorded()
            && again.record(&findings.suspects, &scenarios, &seen, &mut observe)?
        {
            findings = looked_at.findings(&seen, &again);
        }
        if !findings.go_on() || !seen.has_all_of(end) {
            break;
        }
        if end == 1
            && let Some(verdict) = looked_at.blocks_each_time(&seen, &mut observe)?
        {
            return Ok(verdict);
        }
        // in the first stages, other rules say more exactly what takes the time
        if end > public
            && let Some(verdict) = looked_at.holds_each_time(&seen, public, &mut observe)?
        {
            return Ok(verdict);
        }
    }
    let mut verdict = looked_at.verdict(&seen, &again, &findings);
    if verdict.right() {
        verdict.pending = pending(task, crate_dir, &scenarios[..public], &seen.observed, options);
        verdict.unlike_reference =
            unlike_reference(task, &scenarios[public..], &seen.observed[public..]);
    } else if !seen.output.is_empty() {
        verdict.output = Some(seen.output);
    }
    Ok(verdict)
}

/// Makes one run of `task`. The verdict says how it ended, and has the run as evidence. If no run could be made, the
/// task is not judged, and there is no evidence.
///
/// # Errors
/// If the harness can't be run.
pub fn run(
    task: &'static Task,
    harness: &dyn Start,
    arguments: &Arguments,
) -> Result<Verdict, Error> {
    let Some(scenario) = task.chosen(arguments) else {
        let why = format!("{} is not called with such arguments.", task.function);
        return Ok(Verdict::not_judged(why));
    };
    // on a busy machine any run may be slow; only what all three do comes from the program
    let scenarios = vec![scenario.clone(); 3];
    let observe = || run::observe(harness, task.function, &scenarios, arguments.limits);
    let mut seen = observe()?;
    if seen.ended_from_outside().is_some() {
        // the cause may be gone
        seen = observe()?;
    }
    let source = Source::read(harness.crate_dir());
    let run = match seen.ended_from_outside() {
        Some(how) => Err(incomplete::killed(task.function, how)),
        None => {
            let runs = seen.observed.iter().filter_map(Observed::run);
            let told = runs.min_by_key(|run| (run.trace.has_returned(), run.wall.running));
            told.ok_or_else(|| incomplete::no_run(seen.out_of_time, scenarios.len()))
        }
    };
    let run = match run {
        Ok(run) => run,
        Err(why) => return Ok(Verdict::not_judged(why)),
    };
    let findings = task.ending(&scenario, run, &source);
    const WORTH_SHOWING: Duration = Duration::from_millis(5);
    let blocks = run.wall.blocked.iter().any(|(_, lasting)| *lasting >= WORTH_SHOWING);
    let evidence = Some(evidence::of_run(task, &scenario, run, blocks));
    if findings.untouched {
        return Ok(Verdict { evidence, ..Verdict::new(Outcome::Untouched) });
    }
    let mut diagnoses: Vec<_> = findings.diagnoses().into_iter().map(|(_, d)| d).collect();
    diagnoses.iter_mut().for_each(|diagnosis| point_at_the_students(task, &source, diagnosis));
    let outcome = diagnoses.first().map_or(Outcome::Passed, |first| first.code.outcome());
    Ok(Verdict { evidence, diagnoses, ..Verdict::new(outcome) })
}

/// What is needed to judge the observations of a task.
struct LookedAt<'a> {
    task: &'static Task,
    /// All planned scenarios.
    scenarios: &'a [Scenario],
    source: &'a Source,
    dependency: &'a Dependency,
    /// The limit of one run, see [`Limits::scenario`].
    limit: Duration,
}

impl LookedAt<'_> {
    /// Applies the task's rules to the observations so far.
    fn findings(&self, seen: &Seen, again: &MadeAgain) -> Findings {
        let (mut runs, mut samples) = (Vec::new(), Vec::new());
        let planned = seen.observed.iter().enumerate();
        let made_again = (self.scenarios.len()..).zip(&again.observed);
        for (index, observed) in planned.chain(made_again) {
            match observed {
                Observed::Ran(run) => runs.push((index, run)),
                Observed::Sampled(sampled, _) => samples.push((index, sampled.as_slice())),
            }
        }
        let planned: Vec<Scenario> = [self.scenarios, &again.scenarios].concat();
        self.task.judge(&RunSet {
            planned: &planned,
            complete: seen.has_all_of(self.scenarios.len()),
            runs,
            samples,
            source: self.source,
            dependency: self.dependency,
        })
    }

    /// The verdict on the observations so far, from what the rules found in them.
    fn verdict(&self, seen: &Seen, again: &MadeAgain, findings: &Findings) -> Verdict {
        let task = self.task;
        if findings.untouched {
            return Verdict::new(Outcome::Untouched);
        }
        let mut broken = findings.diagnoses();
        let mut remarks = findings.remarks();
        for diagnosis in broken.iter_mut().map(|(_, diagnosis)| diagnosis).chain(&mut remarks) {
            point_at_the_students(task, self.source, diagnosis);
        }
        let Some((index, first)) = broken.first() else {
            let incomplete = self.incomplete(seen).or_else(|| incomplete::course(findings));
            return incomplete
                .unwrap_or_else(|| Verdict { remarks, ..Verdict::new(Outcome::Passed) });
        };
        let evidence = self.evidence(seen, again, *index, first);
        let outcome = first.code.outcome();
        let diagnoses = broken.into_iter().map(|(_, diagnosis)| diagnosis).collect();
        Verdict { evidence, diagnoses, ..Verdict::new(outcome) }
    }
}

impl LookedAt<'_> {
    /// The evidence for a finding about the run with this index, or about all runs.
    fn evidence(
        &self,
        seen: &Seen,
        again: &MadeAgain,
        index: usize,
        finding: &Diagnosis,
    ) -> Option<Evidence> {
        // a run without events has nothing to draw, but it may have been made again
        let made_again = |index: usize| {
            let scenario = self.scenarios.get(index).filter(|scenario| !scenario.recorded)?;
            again.scenarios.iter().position(|other| other.same_run(scenario))
        };
        let at = made_again(index).or_else(|| index.checked_sub(self.scenarios.len()));
        match at.filter(|at| *at < again.observed.len()) {
            Some(at) => evidence(self.task, &again.scenarios, &again.observed, at, finding),
            None => evidence(self.task, self.scenarios, &seen.observed, index, finding),
        }
    }
}

/// Makes a diagnosis point at a file of the task, or nowhere. If its place is in the dependency, it points at the call
/// of the dependency's function.
fn point_at_the_students(task: &TaskInfo, source: &Source, diagnosis: &mut Diagnosis) {
    let owner = diagnosis.place.as_ref().map(|place| task.owner_of(place));
    diagnosis.place = match owner {
        Some(Some(owner)) if owner.number == task.number => return,
        Some(Some(_)) => {
            let call = source.call_of(task.dependency_function());
            call.or_else(|| source.definition_of(task.function))
        }
        _ => None,
    };
}

/// The further scenarios whose normalized traces are not the expected ones. (The self-check makes sure that the
/// reference solution has the expected ones, so the reference solution need not run here.)
fn unlike_reference(
    task: &'static Task,
    further: &[Scenario],
    observed: &[Observed],
) -> Vec<String> {
    let unlike = |(scenario, observed): (&Scenario, &Observed)| {
        let Observed::Ran(run) = observed else { return None };
        let expected = if scenario.recorded { task.expected(scenario)? } else { return None };
        let normalized = task.normalized(&run.trace, scenario);
        (normalized != expected).then(|| scenario.name.clone())
    };
    further.iter().zip(observed).filter_map(unlike).collect()
}

/// Compares the normalized traces of the public scenarios with the reviewed ones. Returns the pending snapshots.
fn pending(
    task: &'static Task,
    crate_dir: &Path,
    public: &[Scenario],
    observed: &[Observed],
    options: &Options,
) -> Vec<PathBuf> {
    let snapshots = Snapshots::of(crate_dir, task.function);
    let mut pending = Vec::new();
    for (scenario, observed) in public.iter().zip(observed) {
        let Observed::Ran(run) = observed else { continue };
        let normalized = task.normalized(&run.trace, scenario);
        let text = snapshot::text(&task.title(scenario), &normalized);
        if let Review::Pending(path) =
            snapshots.review(&scenario.name, &text, options.write_pending)
        {
            pending.push(path);
        }
    }
    pending
}

#[cfg(test)]
mod tests;
