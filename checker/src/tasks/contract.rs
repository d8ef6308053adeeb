//! A task as a typed contract: what each task's file must state.

use crate::contract::request::{Arguments, Depth};
use crate::contract::scenario::Scenario;
use crate::contract::{Input, TaskInfo};
use crate::rules::{Rule, RunView};
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{Run, Trace};

/// What a task's file states: the arguments and the result of its function, its scenarios, what a right run looks like,
/// and its rules.
pub trait Contract: 'static {
    /// The arguments of one call. Their type also fixes the type of the result, and the budget of a run.
    type Input: Input;

    const INFO: &'static TaskInfo;

    /// The rules, in any order: findings are shown in the order of their codes.
    const RULES: &'static [&'static [Rule<Self::Input>]];

    /// The scenarios that it is judged in. The further ones are drawn from `seed`.
    fn plan(seed: u64, depth: Depth) -> Plan<Self::Input>;

    /// The normalized trace of a right solution; `None` if the scenario does not determine it.
    fn expected(scenario: &Scenario<Self::Input>) -> Option<NormalizedTrace>;

    /// The normalized trace of a run: only what the contract fixes.
    fn normalized(trace: &Trace, scenario: &Scenario<Self::Input>) -> NormalizedTrace;

    /// The indices of runs without events whose events must be known to judge them. They are made again, and recorded.
    fn suspects(runs: &[RunView<Self::Input>]) -> Vec<usize> {
        let ended = |case: &&RunView<Self::Input>| {
            !case.is_recorded() && case.is_plain() && !case.trace().has_returned()
        };
        runs.iter().filter(ended).map(|case| case.index).collect()
    }

    /// The drawing of a run beside a diagnosis. `blocking`: whether it shows for how long each row held the thread.
    fn timeline(run: &Run, scenario: &Scenario<Self::Input>, blocking: bool) -> Timeline;

    /// The first line of a snapshot: the call, and what else identifies the scenario.
    fn title(scenario: &Scenario<Self::Input>) -> String {
        scenario.input.call(Self::INFO)
    }

    /// The scenario for arguments from the command line; `None` if the function takes other arguments.
    fn chosen(arguments: &Arguments) -> Option<Scenario<Self::Input>> {
        let _ = arguments;
        None
    }

    /// Scenarios that run the dependency's function by itself, to find out where it makes its waits.
    fn dependency_plan() -> Vec<Scenario> {
        Vec::new()
    }
}

/// The scenarios of one task.
pub struct Plan<I> {
    /// A few, each with a reviewed snapshot. [`Contract::expected`] has the normalized trace of each.
    pub public: Vec<Scenario<I>>,
    /// Many, drawn from the seed of the check. Only rules judge them.
    pub further: Vec<Scenario<I>>,
    /// Some of the others once more, in another process. They must give the same results there.
    pub elsewhere: Vec<Scenario<I>>,
}

impl<I: Clone> Plan<I> {
    /// All of them, the public ones first, and of the further ones, the longest last. If a limit ends a long run, no other
    /// run after it is lost.
    pub fn all(self) -> Vec<Scenario<I>> {
        let (mut long, short): (Vec<_>, Vec<_>) =
            self.further.into_iter().partition(Scenario::is_long);
        long.sort_by_key(|scenario| scenario.budget.longest_wait);
        [self.public, short, long, self.elsewhere].concat()
    }
}
