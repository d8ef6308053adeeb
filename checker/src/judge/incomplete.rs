//! What is said of a program that keeps every rule in the runs that were made, but not all of them could be: it has not
//! passed. Either it takes the time for all others, or the machine was too slow.

use std::time::Duration;

use super::{LookedAt, Seen, evidence};
use crate::contract::protocol::{Spent, time_for_sample, times};
use crate::contract::scenario::Scenario;
use crate::format::{count, time};
use crate::rules::Findings;
use crate::run::{NO_TIME, NOT_WRITTEN, Observations, Observed};
use crate::trace::{Run, Wall};
use crate::verdict::code::Code;
use crate::verdict::{Diagnosis, Outcome, Verdict};

/// A thread that is held for so long in the quickest of some runs is held by the program: a run takes a thousandth of that.
const CLEARLY: Duration = Duration::from_millis(100);

/// How often a run that holds its thread is made again, to be sure of it.
const AGAIN: usize = 3;

/// In so many runs the machine has not been busy with something else each time.
const SOME: usize = 3;

/// Why not all runs were made, as far as the clocks tell.
#[derive(Debug, PartialEq)]
pub(super) enum Cause {
    /// Runs hold their thread, and this is what one of them takes.
    Holds(Duration),
    /// The program uses the processor, and needs more of it than there is time for.
    Computes,
    Machine,
}

impl LookedAt<'_> {
    /// The verdict on a program that holds its thread for long in the first run, and whenever that is made again.
    pub(super) fn blocks_each_time<Error>(
        &self,
        seen: &Seen,
        observe: &mut impl FnMut(&[Scenario]) -> Result<Observations, Error>,
    ) -> Result<Option<Verdict>, Error> {
        let (Some(scenario), Some(Observed::Ran(first))) =
            (self.scenarios.first(), seen.observed.first())
        else {
            return Ok(None);
        };
        if held(&first.wall).is_none() {
            return Ok(None);
        }
        let again = observe(&vec![scenario.clone(); AGAIN])?;
        let mut runs: Vec<&Run> = again.observed.iter().filter_map(Observed::run).collect();
        runs.push(first);
        let each_time = runs.iter().all(|run| held(&run.wall).is_some());
        let quickest = runs.iter().min_by_key(|run| run.wall.running);
        Ok(quickest.filter(|_| each_time && runs.len() > AGAIN).map(|run| {
            let diagnosis = self.task.blocks(scenario, run, self.source);
            let evidence = evidence::of_run(self.task, scenario, run, true);
            Verdict { evidence: Some(evidence), ..Verdict::of(diagnosis) }
        }))
    }

    /// What is said if not all planned runs were made, or one of the samples is too small.
    pub(super) fn incomplete(&self, seen: &Seen) -> Option<Verdict> {
        let planned = self.scenarios.len();
        if let Some(how) = &seen.killed {
            return Some(Verdict::not_judged(killed(self.task.function, how)));
        }
        let mut observed = self.scenarios.iter().zip(&seen.observed).enumerate();
        let small = observed.find_map(|(index, (scenario, observed))| {
            let brief = seen.was_brief(index).then(|| scenario.brief());
            self.small_sample(seen, brief.as_ref().unwrap_or(scenario), observed)
        });
        if small.is_some() {
            return small;
        }
        if seen.has_all_of(planned) {
            return None;
        }
        let Some(spent) = seen.out_of_time else { return Some(Verdict::not_judged(NOBODY_KNOWS)) };
        let cause = cause_of_runs(&seen.observed, spent, self.limit);
        let made = made(seen.observed.len(), planned, spent);
        Some(self.cut_short(seen, &made, "run", cause))
    }

    /// What is said of a sample in which there are too few calls.
    fn small_sample(
        &self,
        seen: &Seen,
        scenario: &Scenario,
        observed: &Observed,
    ) -> Option<Verdict> {
        let Observed::Sampled(samples, spent) = observed else { return None };
        if samples.len() >= scenario.enough_calls() {
            return None;
        }
        let busy = time_for_sample(scenario, self.limit);
        if scenario.is_long() && spent.cpu >= busy {
            // that is excused, see `Excuse::Processor`
            return None;
        }
        let calls = samples.len().max(1) as u32;
        let each = |wall| Wall { running: wall, cpu: spent.cpu / calls, ..Wall::default() };
        let held = samples.iter().map(|sample| held(&each(sample.wall))).collect();
        let cause = cause(held, *spent, busy);
        let made = format!(
            "{} of {} calls of `{}` fit into {}",
            samples.len(),
            scenario.calls,
            self.task.call(scenario),
            time(rounded(spent.wall))
        );
        Some(self.cut_short(seen, &made, "call", cause))
    }

    fn cut_short(&self, seen: &Seen, made: &str, each: &str, cause: Cause) -> Verdict {
        let function = self.task.function;
        let Some((code, text)) = takes_the_time(function, made, each, cause) else {
            return Verdict::not_judged(too_slow(made));
        };
        let place = match code {
            Code::Blocking => self.source.call_of("sleep"),
            _ => self.source.definition_of(function),
        };
        let diagnosis = Diagnosis { code, text, place: None, call: None }.at(place);
        let evidence = evidence(self.task, self.scenarios, &seen.observed, usize::MAX, &diagnosis);
        // no run of it is wrong: it is what was not run that keeps it from passing
        Verdict { diagnoses: vec![diagnosis], evidence, ..Verdict::new(Outcome::DidNotFinish) }
    }
}

/// How long a run has held its thread, if it was for long, and not because the machine had no time for it: then it would have
/// had a little of the processor again and again.
fn held(wall: &Wall) -> Option<Duration> {
    let running = wall.running.saturating_sub(wall.stalled);
    let sleeps = wall.cpu * 20 < running && running >= CLEARLY;
    (sleeps || wall.cpu >= CLEARLY).then_some(running)
}

/// Why these runs, each of which may take `limit`, took the time for all of them.
pub(super) fn cause_of_runs(observed: &[Observed], spent: Spent, limit: Duration) -> Cause {
    let runs = observed.iter().filter_map(Observed::run);
    let returned = runs.filter(|run| run.trace.has_returned());
    let held = returned.map(|run| held(&run.wall)).collect();
    cause(held, spent, limit * times::ALL_BUSY)
}

/// Why runs (or calls), some of which have held their threads for so long, have spent so much together. There was
/// processor time for so much.
fn cause(held: Vec<Option<Duration>>, spent: Spent, busy: Duration) -> Cause {
    let all = held.len();
    let mut long: Vec<Duration> = held.into_iter().flatten().collect();
    long.sort();
    let middle = long.get(long.len() / 2).copied().map_or(Cause::Machine, Cause::Holds);
    if all >= SOME && long.len() == all {
        return middle;
    }
    if spent.cpu >= busy {
        return Cause::Computes;
    }
    if spent.on_a_stalled_machine() || spent.is_busy() {
        return Cause::Machine;
    }
    if long.iter().sum::<Duration>() * 2 >= spent.wall { middle } else { Cause::Machine }
}

/// To a tenth of a second, as real time is never the same twice.
fn rounded(wall: Duration) -> Duration {
    let step = if wall < Duration::from_secs(1) { 10 } else { 100 };
    Duration::from_millis((wall.as_millis() as u64).div_ceil(step) * step)
}

/// How many of the planned runs were made, in words.
pub(super) fn made(made: usize, planned: usize, spent: Spent) -> String {
    format!("{made} of {} fit into {}", count(planned, "run"), time(rounded(spent.wall)))
}

/// What is said of a function that takes the time for all runs itself, of which only `made` were; none, if that was the
/// machine.
pub(super) fn takes_the_time(
    function: &str,
    made: &str,
    each: &str,
    cause: Cause,
) -> Option<(Code, String)> {
    match cause {
        Cause::Holds(held) => {
            let held = time(rounded(held));
            let text = format!(
                "Only {made}, because each {each} of {function} holds its thread for about {held} of real time. In that time, no other coroutine can run."
            );
            Some((Code::Blocking, text))
        }
        Cause::Computes => {
            let text = format!(
                "Only {made}: {function} computes for too long. A right solution needs a hundredth of that time."
            );
            Some((Code::TooSlow, text))
        }
        Cause::Machine => None,
    }
}

/// What is said if runs are missing, and nothing tells why.
pub(super) const NOBODY_KNOWS: &str = "The runs ended before all of them were made, for an unknown reason. Check again. If it happens again, please report it.";

pub(super) fn too_slow(made: &str) -> String {
    format!(
        "Only {made}: this machine was too slow, or too busy, to judge it. This says nothing about the solution. Close other programs, and check again."
    )
}

/// What is said if not even one run came back.
pub(super) fn no_run(out_of_time: Option<Spent>, planned: usize) -> String {
    out_of_time
        .map_or_else(|| NOBODY_KNOWS.into(), |spent| too_slow(&self::made(0, planned, spent)))
}

pub(super) fn killed(function: &str, how: &str) -> String {
    if how == NO_TIME {
        return format!(
            "The process that ran {function} got no time to run, twice. This machine is too busy, or something has stopped the process. This says nothing about the solution. Close other programs, and check again."
        );
    }
    if how == NOT_WRITTEN {
        return format!(
            "The results of {function} could not be written to the temporary folder, twice. The disk may be full. Free some space, or set TMPDIR to another folder, and check again."
        );
    }
    format!(
        "Something outside ended the process while {function} was running ({how}), twice. The system does this when memory runs out. Close other programs, and check again. If it happens again, look for a list that grows without end."
    )
}

/// What is said if a rule had too few runs to judge by, though all that are planned were made.
pub(super) fn course(findings: &Findings) -> Option<Verdict> {
    let error = findings.course_errors.first()?;
    Some(Verdict::not_judged(format!(
        "This copy of the course is broken, so nothing can be judged: {error}. Please report it; `cargo xtask selfcheck` names all such errors."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(wall: u64, cpu: u64, stalled: u64) -> Spent {
        let [wall, cpu, stalled] = [wall, cpu, stalled].map(Duration::from_millis);
        Spent { wall, cpu, stalled }
    }

    /// Why runs that held their threads for so many ms took so long, if there are 40 s of processor time.
    fn said(held: &[Option<u64>], spent: Spent) -> Cause {
        let held = held.iter().map(|held| held.map(Duration::from_millis)).collect();
        cause(held, spent, Duration::from_secs(40))
    }

    #[test]
    fn a_thread_that_is_held_is_told_from_a_slow_machine() {
        let holds = |ms| Cause::Holds(Duration::from_millis(ms));
        let each = [Some(1000); 16];
        assert_eq!(said(&each, spent(16_000, 20, 0)), holds(1000), "it sleeps each time");
        assert_eq!(said(&each, spent(16_000, 16_000, 0)), holds(1000), "it computes each time");
        let now_and_then = [[None, Some(900)]; 18].concat();
        assert_eq!(said(&now_and_then, spent(16_500, 20, 0)), holds(900));
        assert_eq!(said(&now_and_then, spent(96_000, 2000, 40_000)), Cause::Machine);
        assert_eq!(said(&[None; 4], spent(44_000, 40_000, 0)), Cause::Computes);
        assert_eq!(said(&[None; 4], spent(96_000, 30_000, 0)), Cause::Machine);
        assert_eq!(said(&[Some(5000)], spent(96_000, 3000, 0)), Cause::Machine, "one run is none");
        assert_eq!(said(&[], spent(4000, 10, 0)), Cause::Machine);
    }

    #[test]
    fn a_thread_that_waits_for_a_busy_machine_does_not_hold_it() {
        let held = |running, cpu| {
            let [running, cpu] = [running, cpu].map(Duration::from_millis);
            super::held(&Wall { running, cpu, ..Wall::default() }).is_some()
        };
        assert!(held(100, 4) && held(1000, 0), "it sleeps");
        assert!(held(100, 100) && held(900, 100), "it computes");
        assert!(!held(99, 0) && !held(150, 20) && !held(900, 99));
        let stopped = Wall {
            running: Duration::from_secs(60),
            cpu: Duration::from_millis(2),
            stalled: Duration::from_millis(59_910),
            ..Wall::default()
        };
        assert_eq!(super::held(&stopped), None, "the machine has stopped it");
    }
}
