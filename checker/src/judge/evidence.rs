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
    let all = || scenarios.iter().zip(observed);
    if let Some((scenario, observed)) = all().nth(index) {
        return match observed {
            Observed::Ran(run) => {
                let evidence = of_run(task, scenario, run, blocking);
                // waits that don't come from the dependency can't be compared with the expected ones
                let expected = evidence.expected.filter(|_| code != Code::DependencyBypassed);
                Some(Evidence { expected, ..evidence })
            }
            Observed::Sampled(..) => None,
        };
    }
    let call = finding.call.as_deref();
    let spoken_of = |scenario: &Scenario| call.is_none_or(|call| task.call(scenario) == call);
    let runs = || {
        all().filter_map(|(scenario, observed)| match observed {
            Observed::Ran(run) if run.trace.has_returned() => Some((scenario, run)),
            _ => None,
        })
    };
    if blocking {
        let blocked = |run: &Run| run.wall.blocked.iter().map(|(_, lasting)| *lasting).sum();
        let (scenario, run) = runs().max_by_key(|(_, run)| -> Duration { blocked(run) })?;
        return Some(of_run(task, scenario, run, true));
    }
    // mistakes with randomness show in runs with a seeded generator
    let mut plain = runs().filter(|(scenario, _)| matches!(scenario.rng_mode, RngMode::Seeded(_)));
    if task.takes_n {
        let (scenario, run) = plain.find(|(scenario, _)| spoken_of(scenario))?;
        return Some(of_run(task, scenario, run, false));
    }
    let samples = all().find_map(|(scenario, observed)| match observed {
        Observed::Sampled(samples, _) if !samples.is_empty() && spoken_of(scenario) => {
            Some((scenario, samples))
        }
        _ => None,
    });
    Some(match samples {
        Some((scenario, samples)) => {
            let elapsed = samples.iter().map(|sample| sample.elapsed).collect();
            many_calls(task, scenario, elapsed)
        }
        None => {
            let first = runs().next()?.0;
            let plain = plain.filter(|(scenario, _)| scenario.input == first.input);
            many_calls(task, first, plain.map(|(_, run)| run.trace.elapsed).collect())
        }
    })
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
