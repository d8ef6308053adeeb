//! The observations of the planned scenarios so far, in their order, and whether some are missing.

use crate::contract::protocol::Spent;
use crate::contract::scenario::Scenario;
use crate::rules::{Habits, excuse};
use crate::run::{Observations, Observed};

/// After so many excused long runs, the other long runs get less time. Each would take seconds, and mostly end in the
/// same way. But none of them is left out, because any of them may show a mistake.
const MOST_EXCUSED: usize = 2;

/// The observations so far.
#[derive(Default)]
pub struct Seen {
    /// One for each of the first scenarios.
    pub observed: Vec<Observed>,
    /// The time that was used, if the time for all runs was over before all of them were made.
    pub out_of_time: Option<Spent>,
    /// What ended the worker from outside, if that happened twice.
    pub killed: Option<String>,
    /// What the student's code printed in the last stage, shortened.
    pub output: String,
    /// How many runs were excused.
    excused: usize,
    /// How many scenarios were observed before the first one with less time.
    before_brief: Option<usize>,
}

impl Seen {
    /// Observes those of `scenarios` that were not observed yet.
    ///
    /// # Errors
    /// Those of `observe`.
    pub fn observe<Error>(
        &mut self,
        scenarios: &[Scenario],
        observe: &mut impl FnMut(&[Scenario]) -> Result<Observations, Error>,
    ) -> Result<(), Error> {
        while !self.has_all_of(scenarios.len()) {
            let open = self.next(scenarios);
            let mut new = observe(&open)?;
            if new.ended_from_outside().is_some() {
                // the cause may be gone
                new = observe(&open)?;
            }
            if let Some(how) = new.ended_from_outside() {
                self.killed = Some(how.into());
                return Ok(());
            }
            self.output = new.output;
            self.out_of_time = new.out_of_time;
            let (before, short) = (self.observed.len(), new.observed.len() < open.len());
            self.observed.extend(new.observed);
            let excused = self.excused_from(before, scenarios);
            self.excused += excused;
            let ended = short && excused == 0;
            if ended || self.out_of_time.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The scenarios that the next worker gets. A few of the long ones are tried first; if these are excused, the
    /// others get less time.
    fn next(&mut self, scenarios: &[Scenario]) -> Vec<Scenario> {
        let open = &scenarios[self.observed.len()..];
        if self.excused >= MOST_EXCUSED {
            self.before_brief.get_or_insert(self.observed.len());
            return open.iter().map(Scenario::brief).collect();
        }
        let short = open.iter().position(Scenario::is_long).unwrap_or(open.len());
        let long = open.len() - short;
        let tried = self.observed.iter().zip(scenarios).filter(|(_, s)| s.is_long()).count();
        match MOST_EXCUSED.saturating_sub(tried) {
            0 => open.to_vec(),
            few => open[..short + few.min(long)].to_vec(),
        }
    }

    /// How many runs are excused, from the one with this index on.
    fn excused_from(&self, first: usize, scenarios: &[Scenario]) -> usize {
        let runs = || {
            let observed = scenarios.iter().zip(&self.observed);
            observed.filter_map(|(scenario, observed)| Some((scenario, observed.run()?)))
        };
        let habits = Habits::of(runs());
        let new = scenarios.iter().zip(&self.observed).skip(first);
        new.filter_map(|(scenario, observed)| Some((scenario, observed.run()?)))
            .filter(|(scenario, run)| excuse(scenario, &run.trace, habits).is_some())
            .count()
    }

    /// Whether the scenario with this index had less time than planned.
    pub fn was_brief(&self, index: usize) -> bool {
        self.before_brief.is_some_and(|first| index >= first)
    }

    /// Whether the first `planned` scenarios were observed.
    pub fn has_all_of(&self, planned: usize) -> bool {
        self.out_of_time.is_none() && self.killed.is_none() && self.observed.len() >= planned
    }
}
