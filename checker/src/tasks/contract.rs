//! A task as a typed contract.

use crate::contract::request::Arguments;
use crate::contract::scenario::Scenario;
use crate::contract::{Input, TaskInfo};
use crate::rules::Rule;
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{Run, Trace};

/// What a task's file states: what its function is given and returns, the runs that it is judged by, what a right run looks
/// like, and the rules.
pub trait Contract: 'static {
    /// The arguments of one call; what it returns and what it may need belong to them.
    type Input: Input;

    const INFO: &'static TaskInfo;

    /// What the contract asks for. (Findings are told in the order of their codes, whatever the order here.)
    const RULES: &'static [&'static [Rule<Self::Input>]];

    /// The runs that it is judged by.
    fn plan(seed: u64) -> Plan<Self::Input>;

    /// What a right solution's run looks like, where the scenario decides that.
    fn expected(scenario: &Scenario<Self::Input>) -> Option<NormalizedTrace>;

    /// What a run looks like. What the contract leaves open is left out.
    fn normalized(trace: &Trace, scenario: &Scenario<Self::Input>) -> NormalizedTrace;

    /// A run as it is drawn beside a diagnosis. `blocking`: whether it shows for how long rows held the thread.
    fn timeline(run: &Run, scenario: &Scenario<Self::Input>, blocking: bool) -> Timeline;

    /// The call, and what else a person has to know of the scenario: the first line of a snapshot.
    fn title(scenario: &Scenario<Self::Input>) -> String {
        scenario.input.call(Self::INFO)
    }

    /// The scenario that somebody has put together on the command line, if the function takes such arguments.
    fn chosen(arguments: &Arguments) -> Option<Scenario<Self::Input>> {
        let _ = arguments;
        None
    }

    /// Runs of the function that it builds on, by itself, which show where that makes its waits.
    fn dependency_plan() -> Vec<Scenario> {
        Vec::new()
    }
}

/// The scenarios of one task.
pub struct Plan<I> {
    /// Few, each with a reviewed snapshot; [`Contract::expected`] knows what each of them looks like.
    pub public: Vec<Scenario<I>>,
    /// Many, made from the seed of the check. They are judged by rules.
    pub further: Vec<Scenario<I>>,
}

impl<I: Clone> Plan<I> {
    /// All of them, the public ones first. Long runs are last: one that a limit ends has no other runs behind it that would
    /// not be made.
    pub fn all(self) -> Vec<Scenario<I>> {
        let (long, short): (Vec<_>, Vec<_>) = self.further.into_iter().partition(Scenario::is_long);
        [self.public, short, long].concat()
    }
}
