//! Tests of the verdict on a task whose dependency can't be observed.

use std::convert::Infallible;

use super::*;
use crate::contract::protocol::Spent;
use crate::fixture::{MS, TraceFixture};
use crate::tasks::by_function;
use crate::trace::{Death, Termination, Trace, Wall};
use crate::verdict::code::Code;

/// A run of a right `wait_random` in `scenario`.
fn right(scenario: &Scenario) -> Run {
    let delays: Vec<u64> =
        scenario.typed().delays().unwrap().iter().map(|delay| delay.as_millis() as u64).collect();
    TraceFixture::right("wait_random", &delays).run
}

fn ended(ending: Termination) -> Run {
    Run { trace: Trace::ended(ending), wall: Wall::default() }
}

/// So many right runs, and `last` after them.
fn all_but(at: usize, last: Run) -> impl Fn(&[Scenario]) -> Observations {
    move |scenarios| {
        let mut observed: Vec<_> =
            scenarios.iter().take(at).map(|scenario| Observed::Ran(right(scenario))).collect();
        observed.push(Observed::Ran(last.clone()));
        Observations { observed, ..Observations::default() }
    }
}

/// Only so many runs, each of which holds its thread for `held` milliseconds. Then the time is over.
fn in_time(made: usize, held: u64, spent: Spent) -> impl Fn(&[Scenario]) -> Observations {
    move |scenarios| {
        let run = |scenario| {
            let mut run = right(scenario);
            run.wall.running = MS(held);
            Observed::Ran(run)
        };
        let observed = scenarios.iter().take(made).map(run).collect();
        Observations { observed, out_of_time: Some(spent), ..Observations::default() }
    }
}

fn all(scenarios: &[Scenario]) -> Observations {
    let observed = scenarios.iter().map(|scenario| Observed::Ran(right(scenario))).collect();
    Observations { observed, ..Observations::default() }
}

/// What is known about the `wait_random` that `wait_n` builds on, and how often it was observed: `first` is the first
/// observation, `then` each later one.
fn seen(
    first: impl Fn(&[Scenario]) -> Observations,
    then: impl Fn(&[Scenario]) -> Observations,
) -> (ObservedDependency, usize) {
    let mut looked = 0;
    let before =
        observe_dependency(by_function("wait_n").unwrap(), Limits::default(), |scenarios| {
            looked += 1;
            Ok::<_, Infallible>(if looked == 1 { first(scenarios) } else { then(scenarios) })
        });
    (before.unwrap(), looked)
}

fn killed() -> Run {
    ended(Termination::Died(Death::FromOutside("signal 9, killed".into())))
}

/// The time that was spent, in milliseconds.
fn spent(wall: u64, cpu: u64, stalled: u64) -> Spent {
    let [wall, cpu, stalled] = [wall, cpu, stalled].map(MS);
    Spent { wall, cpu, stalled }
}

/// The machine had no time for the process.
fn none() -> Spent {
    spent(96_000, 10, 95_000)
}

#[test]
fn a_dependency_that_returns_in_all_runs_is_known() {
    let (before, looked) = seen(all, all);
    assert!(before.is_ok_and(|dependency| dependency.waits_once()) && looked == 1);
    let task = by_function("wait_random").unwrap();
    let on_nothing =
        observe_dependency(task, Limits::default(), |_| -> Result<Observations, Infallible> {
            panic!("it builds on nothing")
        });
    assert!(on_nothing.unwrap().is_ok());
}

#[test]
fn runs_that_the_machine_prevented_are_tried_again_and_then_not_judged() {
    for lacks in [&all_but(2, killed()) as &dyn Fn(&[Scenario]) -> _, &in_time(3, 0, none())] {
        let (before, looked) = seen(lacks, all);
        assert!(before.is_ok_and(|dependency| dependency.waits_once()) && looked == 2);
    }
    for (lacks, why) in [
        (&all_but(2, killed()) as &dyn Fn(&[Scenario]) -> _, "(signal 9, killed), twice"),
        // even if only the last run is missing
        (&all_but(4, killed()), "(signal 9, killed), twice"),
        (&in_time(3, 0, none()), "Only 3 of 5 runs fit into 96 s: this machine was too slow"),
        (&in_time(4, 0, none()), "Only 4 of 5 runs fit into 96 s: this machine was too slow"),
        (&in_time(0, 0, none()), "Only 0 of 5 runs"),
        (&|_| Observations::default(), "for an unknown reason"),
    ] {
        let (before, looked) = seen(lacks, lacks);
        let verdict = before.expect_err(why);
        assert_eq!((verdict.outcome, verdict.code(), looked), (Outcome::NotJudged, None, 2));
        let said = verdict.not_judged.unwrap();
        assert!(said.starts_with("wait_n builds on wait_random, so wait_random is run"), "{said}");
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn a_dependency_that_does_not_return_gets_a_diagnosis() {
    let panics = Termination::Panicked { message: "no".into(), place: None };
    for (lacks, outcome, code, why) in [
        (
            &all_but(2, ended(panics)) as &dyn Fn(&[Scenario]) -> _,
            Outcome::Crashed,
            Code::Panic,
            "It panicked: no.",
        ),
        (
            &all_but(1, ended(Termination::WallLimit { busy: true })),
            Outcome::DidNotFinish,
            Code::EndlessLoop,
            "wait_random kept the processor busy",
        ),
        // there is no excuse for this, however long the delays are
        (
            &all_but(4, ended(Termination::Deadlock)),
            Outcome::DidNotFinish,
            Code::Deadlock,
            "nothing could wake it",
        ),
        (
            &in_time(4, 4000, spent(16_000, 10, 0)),
            Outcome::DidNotFinish,
            Code::Blocking,
            "Only 4 of 5 runs fit into 16 s, because each run of wait_random holds its thread",
        ),
        (
            &in_time(4, 0, spent(41_000, 40_000, 0)),
            Outcome::DidNotFinish,
            Code::TooSlow,
            "wait_random computes for too long",
        ),
    ] {
        let (before, looked) = seen(lacks, all);
        let verdict = before.expect_err(why);
        assert_eq!((verdict.outcome, verdict.code(), looked), (outcome, Some(code), 1));
        let said = &verdict.diagnoses[0].text;
        assert!(said.starts_with("wait_n builds on wait_random") && said.contains(why), "{said}");
    }
    let todo = Termination::Panicked { message: "not yet implemented".into(), place: None };
    let verdict = seen(all_but(0, ended(todo)), all).0.unwrap_err();
    assert_eq!(verdict.waits_for.as_deref(), Some("basic-coroutine"));
}

#[test]
fn a_run_of_a_day_that_takes_too_long_is_not_needed() {
    let (before, looked) = seen(all_but(4, ended(Termination::WallLimit { busy: true })), all);
    assert!(before.is_ok_and(|dependency| dependency.waits_once()) && looked == 1);
}
