//! The judge: from a built probe to a verdict.
//!
//! A task is observed in stages, each a process of its own: first the scenario that tells most, then the other
//! public ones, then many more. A stage that finds something wrong is the last: what is wrong at first sight is
//! explained at once, and a program that blocks for real is not made to do so a hundred times.

use std::path::PathBuf;

use crate::ask::{Arguments, Error, Options, Program};
use crate::code::Code;
use crate::course::Task;
use crate::law::{Case, Cases, Findings};
use crate::scenario::Scenario;
use crate::snapshot::{self, Review, Snapshots};
use crate::source::Source;
use crate::supervise::{self, Observed};
use crate::timeline::Timeline;
use crate::trace::Run;
use crate::verdict::{Evidence, Outcome, Report, TaskReport, Verdict};

/// Judges `task` in `program`.
pub fn task(task: &'static Task, program: &Program, options: &Options) -> Result<Verdict, Error> {
    let plan = task.plan(options.seed);
    let public = plan.public.len();
    let mut scenarios = plan.public;
    scenarios.extend(plan.further);
    let source = Source::read(&program.crate_dir);
    let mut observed: Vec<Observed> = Vec::new();
    let mut output = String::new();
    for stage in [0..1, 1..public, public..scenarios.len()] {
        let seen = supervise::observe(
            &program.path,
            &program.crate_dir,
            task.function,
            &scenarios[stage.clone()],
            options.limits,
        )?;
        let cut_short = seen.observed.len() < stage.len();
        observed.extend(seen.observed);
        output = seen.output;
        let findings = findings(task, &scenarios, &observed, &source);
        if !findings.go_on() || cut_short {
            break;
        }
    }
    let mut verdict = verdict(task, &scenarios, &observed, &source);
    if verdict.right() {
        verdict.pending = pending(task, program, &scenarios[..public], &observed, options);
        verdict.unlike_reference =
            unlike_reference(task, &scenarios[public..], &observed[public..]);
    } else if !output.is_empty() {
        verdict.output = Some(output);
    }
    Ok(verdict)
}

/// Makes one run of `task`, and says how it ended; the run is the verdict's evidence.
pub fn run(
    task: &'static Task,
    program: &Program,
    arguments: &Arguments,
) -> Result<Verdict, Error> {
    let max_delay = u64::try_from(arguments.max_delay.as_millis()).unwrap_or(u64::MAX);
    let scenarios = [Scenario::steady(arguments.seed, arguments.n, max_delay)];
    let seen = supervise::observe(
        &program.path,
        &program.crate_dir,
        task.function,
        &scenarios,
        arguments.limits,
    )?;
    let source = Source::read(&program.crate_dir);
    let (scenario, observed) = (&scenarios[0], seen.observed.first());
    let Some(Observed::Ran(run)) = observed else { return Ok(Verdict::new(Outcome::Passed)) };
    let mut findings = Findings::default();
    let case = Case::new(task, scenario, run, &source);
    findings.ends(&Cases { task, runs: vec![case], samples: Vec::new(), source: &source });
    let blocks = !run.wall.blocked.is_empty();
    let evidence = Some(evidence(task, scenario, run, blocks));
    if findings.untouched {
        return Ok(Verdict { evidence, ..Verdict::new(Outcome::Untouched) });
    }
    let diagnoses: Vec<_> = findings.diagnoses().into_iter().map(|(_, d)| d).collect();
    let outcome = diagnoses.first().map_or(Outcome::Passed, |first| first.code.outcome());
    Ok(Verdict { evidence, diagnoses, ..Verdict::new(outcome) })
}

/// Judges `task` after those it builds on, all of them in one program that has these `functions`.
pub fn with_upstream(
    task: &'static Task,
    program: &Program,
    functions: &[&str],
    options: &Options,
) -> Result<Report, Error> {
    let mut report = Report::new(options.seed);
    let mut needed: Vec<&'static Task> =
        task.upstream().filter(|up| functions.contains(&up.function)).collect();
    needed.reverse();
    let mut waits_for = None;
    for upstream in needed {
        let crates = program.crate_dir.parent().unwrap_or(&program.crate_dir);
        let upstream_program =
            Program { crate_dir: crates.join(upstream.folder()), ..program.clone() };
        if !self::task(upstream, &upstream_program, options)?.right() {
            waits_for = Some(upstream);
            break;
        }
    }
    let verdict = match waits_for {
        Some(upstream) => Verdict::waiting_for(upstream.name),
        None => self::task(task, program, options)?,
    };
    report.tasks.push(TaskReport::new(task, verdict));
    Ok(report)
}

/// Applies the task's laws to what was observed so far.
fn findings(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
    source: &Source,
) -> Findings {
    let mut cases = Cases { task, runs: Vec::new(), samples: Vec::new(), source };
    for (scenario, observed) in scenarios.iter().zip(observed) {
        match observed {
            Observed::Ran(run) => cases.runs.push(Case::new(task, scenario, run, source)),
            Observed::Sampled(samples) => cases.samples.push((scenario, samples)),
        }
    }
    let mut findings = Findings::default();
    task.judge(&cases, &mut findings);
    findings
}

fn verdict(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
    source: &Source,
) -> Verdict {
    let findings = findings(task, scenarios, observed, source);
    if findings.untouched {
        return Verdict::new(Outcome::Untouched);
    }
    let broken = findings.clone().diagnoses();
    let Some((index, first)) = broken.first() else {
        return Verdict { remarks: findings.remarks(), ..Verdict::new(Outcome::Passed) };
    };
    let blocking = matches!(first.code, Code::Blocking | Code::BlockedForever | Code::EndlessLoop);
    let seen_in = scenarios.iter().zip(observed).nth(*index);
    let evidence = seen_in.and_then(|(scenario, observed)| match observed {
        Observed::Ran(run) => Some(evidence(task, scenario, run, blocking)),
        Observed::Sampled(_) => None,
    });
    let outcome = first.code.outcome();
    let diagnoses = broken.into_iter().map(|(_, diagnosis)| diagnosis).collect();
    Verdict { evidence, diagnoses, ..Verdict::new(outcome) }
}

fn evidence(task: &'static Task, scenario: &Scenario, run: &Run, blocking: bool) -> Evidence {
    Evidence {
        call: task.call(scenario.n, scenario.max_delay),
        scenario: scenario.name.clone(),
        yours: Timeline::of(run, scenario.n, blocking),
        expected: task.expected(scenario).as_ref().map(Timeline::from),
    }
}

/// The further scenarios whose pictures are not the expected ones. That the expected picture is the reference
/// solution's is what the self-check makes sure of, so it need not be built and run here.
fn unlike_reference(
    task: &'static Task,
    further: &[Scenario],
    observed: &[Observed],
) -> Vec<String> {
    let unlike = |(scenario, observed): (&Scenario, &Observed)| {
        let (Observed::Ran(run), Some(expected)) = (observed, task.expected(scenario)) else {
            return None;
        };
        let picture = task.picture(&run.trace, scenario);
        (picture != expected).then(|| scenario.name.clone())
    };
    further.iter().zip(observed).filter_map(unlike).collect()
}

/// Compares the pictures of the public scenarios with the reviewed ones; returns the pending snapshots.
fn pending(
    task: &'static Task,
    program: &Program,
    public: &[Scenario],
    observed: &[Observed],
    options: &Options,
) -> Vec<PathBuf> {
    let snapshots = Snapshots::of(&program.crate_dir, task.function);
    let mut pending = Vec::new();
    for (scenario, observed) in public.iter().zip(observed) {
        let Observed::Ran(run) = observed else { continue };
        let picture = task.picture(&run.trace, scenario);
        let text = snapshot::text(&task.call(scenario.n, scenario.max_delay), scenario, &picture);
        if let Review::Pending(path) =
            snapshots.review(&scenario.name, &text, options.write_pending)
        {
            pending.push(
                path.unwrap_or_else(|| {
                    PathBuf::from(format!("{}@{}", task.function, scenario.name))
                }),
            );
        }
    }
    pending
}
