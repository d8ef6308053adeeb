//! The evidence for a diagnosis: the run that shows it, and the expected run.

use std::time::Duration;

use crate::contract::scenario::{RngMode, Scenario};
use crate::run::Observed;
use crate::tasks::Task;
use crate::timeline::Timeline;
use crate::trace::Run;
use crate::verdict::code::Code;
use crate::verdict::{Diagnosis, Evidence};

/// The evidence for a finding: the run with this index, or, if the finding is about all runs, runs that show it.
pub fn evidence(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
    index: usize,
    finding: &Diagnosis,
) -> Option<Evidence> {
    let code = finding.code;
    if code == Code::Zero {
        // with n = 0 or delays of zero, there is nothing to see
        return None;
    }
    let blocking = matches!(code, Code::Blocking | Code::BlockedForever | Code::EndlessLoop);
    match scenarios.iter().zip(observed).nth(index) {
        // a run without events has nothing to draw
        Some((scenario, Observed::Ran(_))) if !scenario.recorded => None,
        Some((scenario, Observed::Ran(run))) => {
            let evidence = of_run(task, scenario, run, blocking);
            // waits that don't come from the dependency can't be compared with the expected ones
            let expected = evidence.expected.filter(|_| code != Code::DependencyBypassed);
            Some(Evidence { expected, ..evidence })
        }
        Some((_, Observed::Sampled(..))) => None,
        None if blocking => of_longest_block(task, scenarios, observed),
        None => of_randomness(task, scenarios, observed, finding.call.as_deref()),
    }
}

/// All runs that returned.
fn returned<'a>(
    scenarios: &'a [Scenario],
    observed: &'a [Observed],
) -> impl Iterator<Item = (&'a Scenario, &'a Run)> {
    scenarios.iter().zip(observed).filter_map(|(scenario, observed)| match observed {
        Observed::Ran(run) if run.trace.has_returned() => Some((scenario, run)),
        _ => None,
    })
}

/// All recorded runs that returned.
fn recorded<'a>(
    scenarios: &'a [Scenario],
    observed: &'a [Observed],
) -> impl Iterator<Item = (&'a Scenario, &'a Run)> {
    returned(scenarios, observed).filter(|(scenario, _)| scenario.recorded)
}

/// The run whose thread was blocked for the longest time.
fn of_longest_block(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
) -> Option<Evidence> {
    let blocked =
        |run: &Run| -> Duration { run.wall.blocked.iter().map(|(_, lasting)| *lasting).sum() };
    let (scenario, run) = recorded(scenarios, observed).max_by_key(|(_, run)| blocked(run))?;
    Some(of_run(task, scenario, run, true))
}

/// Runs that show a mistake with randomness: one with a seeded generator, or many calls. If the finding is about one
/// `call`, runs of that call.
fn of_randomness(
    task: &'static Task,
    scenarios: &[Scenario],
    observed: &[Observed],
    call: Option<&str>,
) -> Option<Evidence> {
    let is_meant = |scenario: &Scenario| call.is_none_or(|call| task.call(scenario) == call);
    let seeded = || {
        returned(scenarios, observed)
            .filter(|(scenario, _)| matches!(scenario.rng_mode, RngMode::Seeded(_)))
    };
    if task.takes_n {
        let mut drawable = seeded().filter(|(scenario, _)| scenario.recorded);
        let (scenario, run) = drawable.find(|(scenario, _)| is_meant(scenario))?;
        return Some(of_run(task, scenario, run, false));
    }
    let sample = scenarios.iter().zip(observed).find_map(|(scenario, observed)| match observed {
        Observed::Sampled(samples, _) if !samples.is_empty() && is_meant(scenario) => {
            Some((scenario, samples))
        }
        _ => None,
    });
    if let Some((scenario, samples)) = sample {
        let elapsed = samples.iter().map(|sample| sample.elapsed).collect();
        return Some(many_calls(task, scenario, elapsed));
    }
    // the call that was made most often
    let calls = |of: &Scenario| seeded().filter(|(scenario, _)| scenario.input == of.input).count();
    let (most, _) = seeded()
        .filter(|(scenario, _)| is_meant(scenario))
        .max_by_key(|(scenario, _)| calls(scenario))?;
    let alike = seeded().filter(|(scenario, _)| scenario.input == most.input);
    Some(many_calls(task, most, alike.map(|(_, run)| run.trace.elapsed).collect()))
}

/// Evidence from many calls: a few of them, one under the other, sorted by time. Uniform delays give even steps.
pub fn many_calls(task: &Task, scenario: &Scenario, mut elapsed: Vec<Duration>) -> Evidence {
    const SHOWN: usize = 12;
    elapsed.sort();
    let all = elapsed.len();
    let shown = SHOWN.min(all);
    let at = |i: usize| if shown > 1 { i * (all - 1) / (shown - 1) } else { 0 };
    let calls: Vec<_> = (0..shown).map(|i| (format!("call {}", i + 1), elapsed[at(i)])).collect();
    Evidence {
        call: task.call(scenario),
        scenario: format!("{shown} of {all} calls, by the time they took"),
        yours: Timeline::of_calls(&calls),
        expected: None,
    }
}

/// Evidence from one run. `blocking`: whether it shows for how long each row held the thread.
pub fn of_run(task: &'static Task, scenario: &Scenario, run: &Run, blocking: bool) -> Evidence {
    Evidence {
        call: task.call(scenario),
        scenario: scenario.name.clone(),
        yours: task.timeline(run, scenario, blocking).coarse(),
        expected: task.expected(scenario).as_ref().map(Timeline::from),
    }
}
