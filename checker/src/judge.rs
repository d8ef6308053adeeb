//! The judge: from a built probe to a verdict.
//!
//! A task is observed in stages, each a process of its own: first the scenario that tells most, then the other
//! public ones, then many more. A stage that finds something wrong is the last: what is wrong at first sight is
//! explained at once, and a program that blocks for real is not made to do so a hundred times.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::ask::{Arguments, Error, Limits, Options, Program, Question};
use crate::code::Code;
use crate::course::Task;
use crate::law::upstream::Upstream;
use crate::law::{Case, Cases, Findings};
use crate::scenario::{Regime, Scenario};
use crate::snapshot::{self, Review, Snapshots};
use crate::source::{Source, rules};
use crate::supervise::{self, Observations, Observed, Start};
use crate::tape::Tape;
use crate::timeline::Timeline;
use crate::trace::{Run, Trace};
use crate::verdict::{Diagnosis, Evidence, Outcome, Report, TaskReport, Verdict};

/// Answers a question about `task` in `probe`, in JSON.
///
/// # Errors
/// If the probe can't be run. Whatever the student's code does is a verdict, not an error.
pub fn answer(
    task: &'static Task,
    probe: &dyn Start,
    question: &Question,
) -> Result<Vec<u8>, Error> {
    let json = match question {
        Question::Verdict(options) => serde_json::to_vec(&self::task(task, probe, options)?),
        Question::Tape(options) => serde_json::to_vec(&Tape::record(task, probe, options)?),
        Question::Run(arguments) => serde_json::to_vec(&run(task, probe, arguments)?),
        Question::PublicScenarios => {
            let public = task.plan(0).public;
            serde_json::to_vec(&public.iter().map(|scenario| &scenario.name).collect::<Vec<_>>())
        }
        Question::Traces(limits) => serde_json::to_vec(&traces(task, probe, *limits)?),
    };
    Ok(json.expect("plain data"))
}

/// Judges `task` in `probe`.
pub fn task(task: &'static Task, probe: &dyn Start, options: &Options) -> Result<Verdict, Error> {
    if let Some(refused) = rules::verdict(task, probe.crate_dir()) {
        return Ok(refused);
    }
    let upstream = upstream(task, probe, options.limits)?;
    built_on(&upstream, task, probe, options)
}

/// Judges `task` in `probe`, in which it is built on what `upstream` was seen of.
pub fn built_on(
    upstream: &Upstream,
    task: &'static Task,
    probe: &dyn Start,
    options: &Options,
) -> Result<Verdict, Error> {
    by(task, probe.crate_dir(), options, upstream, |scenarios| {
        supervise::observe(probe, task.function, scenarios, options.limits)
    })
}

/// Looks at the function that `task` is built on in `probe`.
pub fn upstream(task: &'static Task, probe: &dyn Start, limits: Limits) -> Result<Upstream, Error> {
    seen_before(task, |scenarios| supervise::observe(probe, task.function, scenarios, limits))
}

/// What is known of the function that `task` is built on, by what `observe` says of its runs.
pub fn seen_before<Error>(
    task: &'static Task,
    observe: impl FnOnce(&[Scenario]) -> Result<Observations, Error>,
) -> Result<Upstream, Error> {
    let scenarios = task.scenarios_before();
    if scenarios.is_empty() {
        return Ok(Upstream::default());
    }
    let seen = observe(&scenarios)?.observed;
    let returned = |observed: &Observed| match observed {
        Observed::Ran(run) => run.trace.returned().is_some(),
        Observed::Sampled(_) => false,
    };
    // it is right, so the machine was too slow for it; a day takes very long to simulate for those who wake often
    let many = seen.iter().take_while(|observed| returned(observed)).count();
    if many + 1 < scenarios.len() {
        return Ok(Upstream::default());
    }
    let runs = seen.iter().filter_map(|observed| match observed {
        Observed::Ran(run) => Some(run),
        Observed::Sampled(_) => None,
    });
    Ok(Upstream::of(scenarios.iter().zip(runs).take(many)))
}

/// Judges `task`, whose source is in `crate_dir`, by what `observe` says of each stage's scenarios.
pub fn by<Error>(
    task: &'static Task,
    crate_dir: &Path,
    options: &Options,
    upstream: &Upstream,
    mut observe: impl FnMut(&[Scenario]) -> Result<Observations, Error>,
) -> Result<Verdict, Error> {
    let plan = task.plan(options.seed);
    let public = plan.public.len();
    let mut scenarios = plan.public;
    scenarios.extend(plan.further);
    let source = Source::read(crate_dir);
    let mut observed: Vec<Observed> = Vec::new();
    let mut output = String::new();
    for stage in [0..1, 1..public, public..scenarios.len()] {
        let seen = observe(&scenarios[stage.clone()])?;
        let cut_short = seen.observed.len() < stage.len();
        observed.extend(seen.observed);
        output = seen.output;
        let findings = findings(task, &scenarios, &observed, &source, upstream);
        if !findings.go_on() || cut_short {
            break;
        }
    }
    let mut verdict = verdict(task, &scenarios, &observed, &source, upstream);
    if verdict.right() {
        // fewer, where a slow machine had no time for all
        let public = public.min(observed.len());
        verdict.pending = pending(task, crate_dir, &scenarios[..public], &observed, options);
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
    probe: &dyn Start,
    arguments: &Arguments,
) -> Result<Verdict, Error> {
    let max_delay = u64::try_from(arguments.max_delay.as_millis()).unwrap_or(u64::MAX);
    let make = if arguments.prescribed { Scenario::steady } else { Scenario::plain };
    let scenario = make(arguments.seed, arguments.n, max_delay);
    // on a busy machine any run may have been kept waiting: what all of them did is the program's own doing
    let scenarios = vec![scenario.clone(); 3];
    let seen = supervise::observe(probe, task.function, &scenarios, arguments.limits)?;
    let source = Source::read(probe.crate_dir());
    let runs = seen.observed.iter().filter_map(|observed| match observed {
        Observed::Ran(run) => Some(run),
        Observed::Sampled(_) => None,
    });
    let Some(run) = runs.min_by_key(|run| (run.trace.returned().is_some(), run.wall.running))
    else {
        return Ok(Verdict::new(Outcome::Passed));
    };
    let mut findings = Findings::default();
    let upstream = Upstream::default();
    let case = Case::new(task, &scenario, run, &source, &upstream);
    findings.ends(&Cases { task, runs: vec![case], samples: Vec::new(), source: &source });
    const WORTH_SHOWING: Duration = Duration::from_millis(5);
    let blocks = run.wall.blocked.iter().any(|(_, lasting)| *lasting >= WORTH_SHOWING);
    let evidence = Some(evidence_of(task, &scenario, run, blocks));
    if findings.untouched {
        return Ok(Verdict { evidence, ..Verdict::new(Outcome::Untouched) });
    }
    let diagnoses: Vec<_> = findings.diagnoses().into_iter().map(|(_, d)| d).collect();
    let outcome = diagnoses.first().map_or(Outcome::Passed, |first| first.code.outcome());
    Ok(Verdict { evidence, diagnoses, ..Verdict::new(outcome) })
}

/// What happens under each of the public scenarios.
fn traces(task: &'static Task, probe: &dyn Start, limits: Limits) -> Result<Vec<Trace>, Error> {
    let seen = supervise::observe(probe, task.function, &task.plan(0).public, limits)?;
    let ran = |observed| match observed {
        Observed::Ran(run) => Some(run.trace),
        Observed::Sampled(_) => None,
    };
    Ok(seen.observed.into_iter().filter_map(ran).collect())
}

/// Judges `task` after those it builds on, all of them in one program that has these `functions`.
pub fn with_upstream(
    task: &'static Task,
    program: &Program,
    functions: &[&str],
    options: &Options,
) -> Result<Report, Error> {
    let mut report = Report::new(options.seed);
    if let Some(refused) = rules::verdict(task, &program.crate_dir) {
        report.tasks.push(TaskReport::new(task, refused));
        return Ok(report);
    }
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
    upstream: &Upstream,
) -> Findings {
    let mut cases = Cases { task, runs: Vec::new(), samples: Vec::new(), source };
    for (scenario, observed) in scenarios.iter().zip(observed) {
        match observed {
            Observed::Ran(run) => {
                cases.runs.push(Case::new(task, scenario, run, source, upstream));
            }
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
    upstream: &Upstream,
) -> Verdict {
    let findings = findings(task, scenarios, observed, source, upstream);
    if findings.untouched {
        return Verdict::new(Outcome::Untouched);
    }
    let mut broken = findings.clone().diagnoses();
    let mut remarks = findings.remarks();
    // what goes wrong in code that it builds on goes wrong where that is called
    for diagnosis in broken.iter_mut().map(|(_, diagnosis)| diagnosis).chain(&mut remarks) {
        if diagnosis.place.as_ref().is_some_and(|place| !place.is_of(task)) {
            let call = source.call_of(task.upstream_function());
            diagnosis.place = call.or_else(|| source.definition_of(task.function));
        }
    }
    let Some((index, first)) = broken.first() else {
        return Verdict { remarks, ..Verdict::new(Outcome::Passed) };
    };
    let evidence = evidence(task, scenarios, observed, *index, first);
    let outcome = first.code.outcome();
    let diagnoses = broken.into_iter().map(|(_, diagnosis)| diagnosis).collect();
    Verdict { evidence, diagnoses, ..Verdict::new(outcome) }
}

/// The run that a finding speaks of: the one with this index, or, where it speaks of all of them, those that show it.
fn evidence(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
    index: usize,
    finding: &Diagnosis,
) -> Option<Evidence> {
    let code = finding.code;
    if code == Code::Zero {
        // zero coroutines, or delays of zero: nothing to see
        return None;
    }
    let blocking = matches!(code, Code::Blocking | Code::BlockedForever | Code::EndlessLoop);
    let all = || scenarios.iter().zip(observed);
    if let Some((scenario, observed)) = all().nth(index) {
        return match observed {
            Observed::Ran(run) => {
                let evidence = evidence_of(task, scenario, run, blocking);
                // waits that are none of the function it builds on have nothing in common with those expected
                let expected = evidence.expected.filter(|_| code != Code::Upstream);
                Some(Evidence { expected, ..evidence })
            }
            Observed::Sampled(_) => None,
        };
    }
    let call = finding.call.as_deref();
    let spoken_of = |scenario: &Scenario| {
        call.is_none_or(|call| task.call(scenario.n, scenario.max_delay) == call)
    };
    let runs = || {
        all().filter_map(|(scenario, observed)| match observed {
            Observed::Ran(run) if run.trace.returned().is_some() => Some((scenario, run)),
            _ => None,
        })
    };
    if blocking {
        let blocked = |run: &Run| run.wall.blocked.iter().map(|(_, lasting)| *lasting).sum();
        let (scenario, run) = runs().max_by_key(|(_, run)| -> Duration { blocked(run) })?;
        return Some(evidence_of(task, scenario, run, true));
    }
    // what is wrong with the randomness shows in runs whose delays nobody prescribes
    let mut plain = runs().filter(|(scenario, _)| matches!(scenario.regime, Regime::Plain(_)));
    if task.takes_n {
        let (scenario, run) = plain.find(|(scenario, _)| spoken_of(scenario))?;
        return Some(evidence_of(task, scenario, run, false));
    }
    let samples = all().find_map(|(scenario, observed)| match observed {
        Observed::Sampled(samples) if !samples.is_empty() && spoken_of(scenario) => {
            Some((scenario, samples))
        }
        _ => None,
    });
    Some(match samples {
        Some((scenario, samples)) => {
            let took = samples.iter().map(|sample| sample.took).collect();
            many_calls(task, scenario.max_delay, took)
        }
        None => {
            let max_delay = runs().next()?.0.max_delay;
            let plain = plain.filter(|(scenario, _)| scenario.max_delay == max_delay);
            many_calls(task, max_delay, plain.map(|(_, run)| run.trace.took).collect())
        }
    })
}

/// Many calls under each other, a few of them, sorted: delays drawn evenly make a straight stair.
fn many_calls(task: &Task, max_delay: Duration, mut took: Vec<Duration>) -> Evidence {
    const SHOWN: usize = 12;
    took.sort();
    let all = took.len();
    let shown = SHOWN.min(all);
    let at = |i: usize| if shown > 1 { i * (all - 1) / (shown - 1) } else { 0 };
    let calls: Vec<_> = (0..shown).map(|i| (format!("call {}", i + 1), took[at(i)])).collect();
    Evidence {
        call: task.call(1, max_delay),
        scenario: format!("{shown} of {all} calls, by the time they took"),
        yours: Timeline::of_calls(&calls),
        expected: None,
    }
}

fn evidence_of(task: &'static Task, scenario: &Scenario, run: &Run, blocking: bool) -> Evidence {
    Evidence {
        call: task.call(scenario.n, scenario.max_delay),
        scenario: scenario.name.clone(),
        yours: Timeline::of(run, scenario.n, blocking).coarse(),
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
    crate_dir: &Path,
    public: &[Scenario],
    observed: &[Observed],
    options: &Options,
) -> Vec<PathBuf> {
    let snapshots = Snapshots::of(crate_dir, task.function);
    let mut pending = Vec::new();
    for (scenario, observed) in public.iter().zip(observed) {
        let Observed::Ran(run) = observed else { continue };
        let picture = task.picture(&run.trace, scenario);
        let text = snapshot::text(&task.call(scenario.n, scenario.max_delay), scenario, &picture);
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
