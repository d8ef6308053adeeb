//! What was seen of the planned scenarios, in their order, and whether that is all of them.

use crate::contract::protocol::Spent;
use crate::contract::scenario::Scenario;
use crate::rules::excuse;
use crate::run::{Observations, Observed};

/// After so many long runs that were ended by a limit that is excused, the others get less time. Each would take seconds,
/// and mostly end the same way. But not one of them is left out: it may be the one that shows what is wrong.
const MOST_EXCUSED: usize = 2;

/// What was seen so far: of the first scenarios, one for each.
#[derive(Default)]
pub struct Seen {
    pub observed: Vec<Observed>,
    /// What was spent, if the time for all runs was over before all of them were made.
    pub out_of_time: Option<Spent>,
    /// What has ended the process from outside, each time that it was tried.
    pub killed: Option<String>,
    /// What the student's code printed last, shortened.
    pub output: String,
    excused: usize,
    /// How many were observed before the first that had less time.
    before_brief: Option<usize>,
}

impl Seen {
    /// Has those of `scenarios` observed that were not yet.
    pub fn observe<Error>(
        &mut self,
        scenarios: &[Scenario],
        observe: &mut impl FnMut(&[Scenario]) -> Result<Observations, Error>,
    ) -> Result<(), Error> {
        while !self.has_all_of(scenarios.len()) {
            let open = self.next(scenarios);
            let mut new = observe(&open)?;
            if new.ended_from_outside().is_some() {
                // whatever did that may be over
                new = observe(&open)?;
            }
            if let Some(how) = new.ended_from_outside() {
                self.killed = Some(how.into());
                return Ok(());
            }
            self.output = new.output;
            self.out_of_time = new.out_of_time;
            let excused = excused(&open, &new.observed);
            self.excused += excused;
            let ended = new.observed.len() < open.len() && excused == 0;
            self.observed.extend(new.observed);
            if ended || self.out_of_time.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The scenarios that are observed next, by one process. Of the long ones a few are tried first: where these are excused,
    /// the others have less time.
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

    /// Whether the scenario with this index had less time than is planned.
    pub fn was_brief(&self, index: usize) -> bool {
        self.before_brief.is_some_and(|first| index >= first)
    }

    /// Whether the first `planned` scenarios were observed.
    pub fn has_all_of(&self, planned: usize) -> bool {
        self.out_of_time.is_none() && self.killed.is_none() && self.observed.len() >= planned
    }
}

/// How many of the runs are excused.
fn excused(scenarios: &[Scenario], observed: &[Observed]) -> usize {
    let runs =
        scenarios.iter().zip(observed).filter_map(|(s, observed)| Some((s, observed.run()?)));
    runs.filter(|(scenario, run)| excuse(scenario, &run.trace).is_some()).count()
}
