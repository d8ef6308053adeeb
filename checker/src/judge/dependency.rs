//! Observes the function of a task's dependency, by itself. Its runs show where it makes its waits, and so which waits
//! of the task's runs come from elsewhere. Without these runs, the rules would be less strict, so the task is not
//! judged then.

use super::incomplete::{self, NOBODY_KNOWS, cause_of_runs, made, takes_the_time};
use crate::contract::request::Limits;
use crate::contract::scenario::Scenario;
use crate::rules::dependency::Dependency;
use crate::rules::{Habits, excuse};
use crate::run::{Observations, Observed};
use crate::source::Source;
use crate::tasks::Task;
use crate::trace::Run;
use crate::verdict::{Diagnosis, Outcome, Verdict};

/// What is known about the function of a dependency; or the verdict on the task, if too little is known.
pub type ObservedDependency = Result<Dependency, Box<Verdict>>;

/// Observes the function of the dependency of `task`. `observe` makes its runs. If the machine prevented some of them,
/// all are made once more.
///
/// # Errors
/// Those of `observe`.
pub fn observe_dependency<Error>(
    task: &'static Task,
    limits: Limits,
    mut observe: impl FnMut(&[Scenario]) -> Result<Observations, Error>,
) -> Result<ObservedDependency, Error> {
    let scenarios = task.dependency_scenarios();
    let Some(before) = task.dependency_tasks().next().filter(|_| !scenarios.is_empty()) else {
        return Ok(Ok(Dependency::default()));
    };
    let look = |seen| Look { task, before, scenarios: &scenarios, limits, seen }.look();
    Ok(match look(observe(&scenarios)?) {
        Ok(dependency) => Ok(dependency),
        Err(Unknown::ForItsFault(verdict)) => Err(verdict),
        // the cause may be gone
        Err(Unknown::ForTheMachine(_)) => look(observe(&scenarios)?).map_err(Unknown::verdict),
    })
}

/// Why too little is known about it, with the verdict on the task.
enum Unknown {
    /// The function itself does not return, or takes too long.
    ForItsFault(Box<Verdict>),
    /// The machine was too busy, or something ended the worker.
    ForTheMachine(Box<Verdict>),
}

impl Unknown {
    fn verdict(self) -> Box<Verdict> {
        match self {
            Self::ForItsFault(verdict) | Self::ForTheMachine(verdict) => verdict,
        }
    }
}

/// The observed runs of `before`, the dependency of `task`.
struct Look<'a> {
    task: &'static Task,
    before: &'static Task,
    scenarios: &'a [Scenario],
    limits: Limits,
    seen: Observations,
}

impl Look<'_> {
    fn look(&self) -> Result<Dependency, Unknown> {
        if let Some(how) = self.seen.ended_from_outside() {
            return Err(self.machine(incomplete::killed(self.before.function, how)));
        }
        let runs: Vec<(&Scenario, &Run)> = self
            .scenarios
            .iter()
            .zip(&self.seen.observed)
            .filter_map(|(scenario, observed)| Some((scenario, observed.run()?)))
            .collect();
        let returned = |(_, run): &&(&Scenario, &Run)| run.trace.has_returned();
        // a run of a day may take too long to simulate, and the other runs show the same
        let unreturned = runs.iter().find(|run| !returned(run));
        let habits = Habits::of(runs.iter().copied());
        let has_no_excuse =
            |(scenario, run): &&(&Scenario, &Run)| excuse(scenario, &run.trace, habits).is_none();
        if let Some((scenario, run)) = unreturned.filter(has_no_excuse) {
            return Err(Unknown::ForItsFault(Box::new(self.does_not_return(scenario, run))));
        }
        if self.seen.observed.len() < self.scenarios.len() {
            return Err(self.cut_short());
        }
        Ok({
            let typed: Vec<_> =
                runs.iter().filter(returned).map(|(s, run)| (s.typed(), *run)).collect();
            Dependency::of(typed.iter().map(|(scenario, run)| (scenario, *run)))
        })
    }

    fn machine(&self, why: String) -> Unknown {
        let text = format!("{}{why}", self.lead());
        Unknown::ForTheMachine(Box::new(Verdict::not_judged(text)))
    }

    /// The beginning of every sentence about it.
    fn lead(&self) -> String {
        let (function, before) = (self.task.function, self.before.function);
        format!("{function} builds on {before}, so {before} is run by itself first. ")
    }

    fn does_not_return(&self, scenario: &Scenario, run: &Run) -> Verdict {
        let findings = self.before.ending(scenario, run, &Source::default());
        if findings.untouched {
            return Verdict::waiting_for(self.before.name);
        }
        match findings.diagnoses().into_iter().next() {
            Some((_, found)) => {
                Verdict::of(Diagnosis { text: format!("{}{}", self.lead(), found.text), ..found })
            }
            None => Verdict::not_judged(format!("{}{NOBODY_KNOWS}", self.lead())),
        }
    }

    /// The result if there was no time for all runs.
    fn cut_short(&self) -> Unknown {
        let Some(spent) = self.seen.out_of_time else { return self.machine(NOBODY_KNOWS.into()) };
        let observed: &[Observed] = &self.seen.observed;
        let made = made(observed.len(), self.scenarios.len(), spent);
        let cause = cause_of_runs(observed, spent, self.limits.scenario);
        match takes_the_time(self.before.function, &made, "run", cause) {
            Some((code, text)) => {
                let text = format!("{}{text}", self.lead());
                let diagnoses = vec![Diagnosis { code, text, place: None, call: None }];
                // there is no evidence, because none of the runs is wrong: the missing runs are
                let verdict = Verdict { diagnoses, ..Verdict::new(Outcome::DidNotFinish) };
                Unknown::ForItsFault(Box::new(verdict))
            }
            None => self.machine(incomplete::too_slow(&made)),
        }
    }
}

#[cfg(test)]
mod tests;
