//! What is said of a program that keeps every law in the runs that were made, but not all of them could be: it has not
//! passed. Either it takes the time for all others, or the machine was too slow.

use std::time::Duration;

use super::{LookedAt, Seen, evidence};
use crate::code::Code;
use crate::law::{self, Findings};
use crate::protocol::Spent;
use crate::scenario::Scenario;
use crate::supervise::{Observations, Observed};
use crate::trace::Run;
use crate::verdict::{Diagnosis, Outcome, Verdict};
use crate::words::{count, time};

/// A thread that is held for so long in the quickest of some runs is held by the program: a run takes a thousandth of that.
const CLEARLY: Duration = Duration::from_millis(100);

/// How often a run that holds its thread is made again, to be sure of it.
const AGAIN: usize = 3;

/// In so many runs the machine has not been busy with something else each time.
const SOME: usize = 3;

/// Why not all runs were made, as far as the clocks tell.
#[derive(Debug, PartialEq)]
enum Cause {
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
        if first.wall.running < CLEARLY {
            return Ok(None);
        }
        let again = observe(&vec![scenario.clone(); AGAIN])?;
        let mut runs: Vec<&Run> = again.observed.iter().filter_map(Observed::run).collect();
        runs.push(first);
        let each_time = runs.iter().all(|run| run.wall.running >= CLEARLY);
        let quickest = runs.iter().min_by_key(|run| run.wall.running);
        Ok(quickest.filter(|_| each_time && runs.len() > AGAIN).map(|run| {
            let diagnosis = law::blocks(&self.case(scenario, run));
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
        for (scenario, observed) in self.scenarios.iter().zip(&seen.observed) {
            if let Observed::Sampled(samples, spent) = observed
                && samples.len() < scenario.enough_calls()
            {
                let made = format!(
                    "{} of {} calls of `{}` fit into {}",
                    samples.len(),
                    scenario.calls,
                    self.task.call(scenario.n, scenario.max_delay),
                    time(rounded(spent.wall))
                );
                let held = samples.iter().map(|sample| sample.wall).collect();
                return Some(self.cut_short(seen, &made, "call", cause(held, *spent)));
            }
        }
        if seen.has_all_of(planned) {
            return None;
        }
        let Some(spent) = seen.out_of_time else {
            let why = "The runs came to an end before all of them were made, and nothing says why. Check again; if it happens again, please report it.";
            return Some(Verdict::not_judged(why));
        };
        let made = seen.observed.len();
        let runs = seen.observed.iter().filter_map(Observed::run);
        let returned = runs.filter(|run| run.trace.returned().is_some());
        let cause = cause(returned.map(|run| run.wall.running).collect(), spent);
        let made =
            format!("{made} of {} fit into {}", count(planned, "run"), time(rounded(spent.wall)));
        Some(self.cut_short(seen, &made, "run", cause))
    }

    fn cut_short(&self, seen: &Seen, made: &str, each: &str, cause: Cause) -> Verdict {
        let function = self.task.function;
        let (code, text) = match cause {
            Cause::Holds(held) => {
                let held = time(rounded(held));
                let text = format!(
                    "Only {made}, because each {each} of {function} holds its thread for about {held} of real time. While it does, no other coroutine can run."
                );
                (Code::Blocking, text)
            }
            Cause::Computes => {
                let text = format!(
                    "Only {made}: {function} computes for too long. A right solution needs a hundredth of that time."
                );
                (Code::TooSlow, text)
            }
            Cause::Machine => return Verdict::not_judged(too_slow(made)),
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

/// Why runs (or calls) that held their threads for so long have spent so much together.
fn cause(mut held: Vec<Duration>, spent: Spent) -> Cause {
    held.sort();
    let middle = |held: &[Duration]| held[held.len() / 2];
    if held.len() >= SOME && held[0] >= CLEARLY {
        return Cause::Holds(middle(&held));
    }
    if spent.on_a_late_machine() {
        return Cause::Machine;
    }
    if spent.cpu * 2 >= spent.wall {
        return Cause::Computes;
    }
    let long = &held[held.partition_point(|held| *held < CLEARLY)..];
    if !spent.is_busy() && long.iter().sum::<Duration>() * 2 >= spent.wall {
        return Cause::Holds(middle(long));
    }
    Cause::Machine
}

/// To a tenth of a second, as real time is never the same twice.
fn rounded(wall: Duration) -> Duration {
    let step = if wall < Duration::from_secs(1) { 10 } else { 100 };
    Duration::from_millis((wall.as_millis() as u64).div_ceil(step) * step)
}

fn too_slow(made: &str) -> String {
    format!(
        "Only {made}: this machine was too slow, or too busy with other things, to judge it. That says nothing of the solution. Close other programs, and check again."
    )
}

fn killed(function: &str, how: &str) -> String {
    format!(
        "Something outside ended the process while {function} was running ({how}), twice. The system does that when memory runs out. Close other programs, and check again; if it happens again, look for a list that grows without an end."
    )
}

/// What is said if a rule had too few runs to judge by, though all that are planned were made.
pub(super) fn course(findings: &Findings) -> Option<Verdict> {
    let short = findings.short.first()?;
    Some(Verdict::not_judged(format!(
        "This copy of the course is broken, so nothing can be judged: {short}. Please report it; `cargo xtask selfcheck` names all such rules."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(wall: u64, cpu: u64, late: u64) -> Spent {
        let [wall, cpu, late] = [wall, cpu, late].map(Duration::from_millis);
        Spent { wall, cpu, late }
    }

    /// Why runs that held their threads for so many ms took so long.
    fn said(held: &[u64], spent: Spent) -> Cause {
        cause(held.iter().copied().map(Duration::from_millis).collect(), spent)
    }

    #[test]
    fn a_thread_that_is_held_is_told_from_a_slow_machine() {
        let holds = |ms| Cause::Holds(Duration::from_millis(ms));
        assert_eq!(said(&[1000; 16], spent(16_000, 20, 0)), holds(1000), "it sleeps each time");
        assert_eq!(
            said(&[1000; 16], spent(16_000, 16_000, 0)),
            holds(1000),
            "it computes each time"
        );
        let now_and_then = [[1, 900]; 18].concat();
        assert_eq!(said(&now_and_then, spent(16_500, 20, 0)), holds(900));
        assert_eq!(said(&now_and_then, spent(64_000, 2000, 40_000)), Cause::Machine);
        assert_eq!(said(&[1, 1, 7, 1], spent(64_000, 60_000, 0)), Cause::Computes);
        assert_eq!(said(&[1, 40, 3000, 1], spent(64_000, 3000, 0)), Cause::Machine);
        assert_eq!(said(&[5000], spent(64_000, 3000, 0)), Cause::Machine, "one run is none");
        assert_eq!(said(&[], spent(4000, 10, 0)), Cause::Machine);
    }
}
