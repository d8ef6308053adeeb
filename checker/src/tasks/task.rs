//! A task without its types: what the judge, and whoever shows tasks, see of a [`Contract`].

use std::marker::PhantomData;
use std::ops::Deref;

use super::{Contract, Plan, by_name};
use crate::contract::request::Arguments;
use crate::contract::scenario::{Sample, Scenario};
use crate::contract::{Input, TaskInfo};
use crate::rules::dependency::Dependency;
use crate::rules::{AllRuns, Declared, Findings, Rule, RunView, blocks};
use crate::source::Source;
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{Run, Trace};
use crate::verdict::Diagnosis;

/// A task of the course, and how it is judged.
pub struct Task {
    pub info: &'static TaskInfo,
    contract: &'static dyn Erased,
}

/// A task is what its description says, and more.
impl Deref for Task {
    type Target = TaskInfo;

    fn deref(&self) -> &TaskInfo {
        self.info
    }
}

/// What was recorded of a task, and what else its rules look at.
pub struct RunSet<'a> {
    /// All scenarios that are planned, whether they were run yet or not.
    pub planned: &'a [Scenario],
    /// Whether all of them were run.
    pub complete: bool,
    /// Recorded runs, each with the index of its scenario.
    pub runs: Vec<(usize, &'a Run)>,
    /// Samples, each with the index of its scenario.
    pub samples: Vec<(usize, &'a [Sample])>,
    pub source: &'a Source,
    pub dependency: &'a Dependency,
}

impl Task {
    /// The task that a contract describes.
    pub const fn of<C: Contract>() -> Self {
        Self { info: C::INFO, contract: &Of::<C>(PhantomData) }
    }

    /// The tasks it builds on, nearest first.
    pub fn dependency_tasks(&self) -> impl Iterator<Item = &'static Task> {
        self.dependencies.iter().filter_map(|info| by_name(info.name))
    }

    /// The scenarios it is judged in.
    pub fn plan(&self, seed: u64) -> Plan<serde_json::Value> {
        self.contract.plan(seed)
    }

    /// Runs of the dependency's function, by itself, which show where it makes its waits.
    pub fn dependency_scenarios(&self) -> Vec<Scenario> {
        self.contract.dependency_plan()
    }

    /// The scenario that `arguments` describe, if the function takes such arguments.
    pub fn chosen(&self, arguments: &Arguments) -> Option<Scenario> {
        self.contract.chosen(arguments)
    }

    /// What is declared of its rules.
    pub fn rules(&self) -> Vec<Declared> {
        self.contract.rules()
    }

    /// What all its rules find.
    pub fn judge(&self, runs: &RunSet) -> Findings {
        self.contract.judge(runs)
    }

    /// How one run ended: what the rule for every program finds.
    pub fn ending(&self, scenario: &Scenario, run: &Run, source: &Source) -> Findings {
        self.contract.ending(scenario, run, source)
    }

    /// The diagnosis of a thread that was held in this run.
    pub fn blocks(&self, scenario: &Scenario, run: &Run, source: &Source) -> Diagnosis {
        self.contract.blocks(scenario, run, source)
    }

    /// Rules that would have too little to judge by in the scenarios made from `seed`, in words. They would never find
    /// anything: an error of the course.
    pub fn short_of_runs(&self, seed: u64) -> Vec<String> {
        let (planned, source) = (self.plan(seed).all(), Source::default());
        let runs = RunSet {
            planned: &planned,
            complete: true,
            runs: Vec::new(),
            samples: Vec::new(),
            source: &source,
            dependency: &Dependency::default(),
        };
        self.judge(&runs).course_errors
    }

    /// What a right solution's run looks like, where the scenario decides that.
    pub fn expected(&self, scenario: &Scenario) -> Option<NormalizedTrace> {
        self.contract.expected(scenario)
    }

    /// What a run of it looks like.
    pub fn normalized(&self, trace: &Trace, scenario: &Scenario) -> NormalizedTrace {
        self.contract.normalized(trace, scenario)
    }

    /// A run of it as it is drawn. `blocking`: whether it shows for how long rows held the thread.
    pub fn timeline(&self, run: &Run, scenario: &Scenario, blocking: bool) -> Timeline {
        self.contract.timeline(run, scenario, blocking)
    }

    /// The call as a person writes it.
    pub fn call(&self, scenario: &Scenario) -> String {
        self.contract.call(scenario)
    }

    /// The first line of a snapshot.
    pub fn title(&self, scenario: &Scenario) -> String {
        self.contract.title(scenario)
    }
}

/// A contract whose scenarios have JSON for arguments.
trait Erased: Sync {
    fn plan(&self, seed: u64) -> Plan<serde_json::Value>;
    fn dependency_plan(&self) -> Vec<Scenario>;
    fn chosen(&self, arguments: &Arguments) -> Option<Scenario>;
    fn rules(&self) -> Vec<Declared>;
    fn judge(&self, runs: &RunSet) -> Findings;
    fn ending(&self, scenario: &Scenario, run: &Run, source: &Source) -> Findings;
    fn blocks(&self, scenario: &Scenario, run: &Run, source: &Source) -> Diagnosis;
    fn expected(&self, scenario: &Scenario) -> Option<NormalizedTrace>;
    fn normalized(&self, trace: &Trace, scenario: &Scenario) -> NormalizedTrace;
    fn timeline(&self, run: &Run, scenario: &Scenario, blocking: bool) -> Timeline;
    fn call(&self, scenario: &Scenario) -> String;
    fn title(&self, scenario: &Scenario) -> String;
}

/// A contract, as a value.
struct Of<C>(PhantomData<fn() -> C>);

impl<C: Contract> Erased for Of<C> {
    fn plan(&self, seed: u64) -> Plan<serde_json::Value> {
        let Plan { public, further } = C::plan(seed);
        let erased = |all: Vec<Scenario<C::Input>>| all.iter().map(Scenario::erased).collect();
        Plan { public: erased(public), further: erased(further) }
    }

    fn dependency_plan(&self) -> Vec<Scenario> {
        C::dependency_plan()
    }

    fn chosen(&self, arguments: &Arguments) -> Option<Scenario> {
        C::chosen(arguments).map(|scenario| scenario.erased())
    }

    fn rules(&self) -> Vec<Declared> {
        rules::<C>().map(Rule::declared).collect()
    }

    fn judge(&self, runs: &RunSet) -> Findings {
        let planned: Vec<Scenario<C::Input>> = runs.planned.iter().map(Scenario::typed).collect();
        let view = |&(index, run): &(usize, _)| RunView {
            index,
            ..view::<C>(&planned[index], run, runs.source, runs.dependency)
        };
        let sample = |&(index, samples): &(usize, _)| (&planned[index], samples);
        let cases = AllRuns {
            task: C::INFO,
            planned: planned.iter().collect(),
            complete: runs.complete,
            runs: runs.runs.iter().map(view).collect(),
            samples: runs.samples.iter().map(sample).collect(),
            source: runs.source,
        };
        Findings::of(rules::<C>(), &cases)
    }

    fn ending(&self, scenario: &Scenario, run: &Run, source: &Source) -> Findings {
        let (scenario, dependency) = (scenario.typed(), Dependency::default());
        let runs = vec![view::<C>(&scenario, run, source, &dependency)];
        let cases = AllRuns { runs, ..AllRuns::none(C::INFO, source) };
        Findings::of([&Rule::ENDS].into_iter(), &cases)
    }

    fn blocks(&self, scenario: &Scenario, run: &Run, source: &Source) -> Diagnosis {
        blocks(&view::<C>(&scenario.typed(), run, source, &Dependency::default()))
    }

    fn expected(&self, scenario: &Scenario) -> Option<NormalizedTrace> {
        C::expected(&scenario.typed())
    }

    fn normalized(&self, trace: &Trace, scenario: &Scenario) -> NormalizedTrace {
        C::normalized(trace, &scenario.typed())
    }

    fn timeline(&self, run: &Run, scenario: &Scenario, blocking: bool) -> Timeline {
        C::timeline(run, &scenario.typed(), blocking)
    }

    fn call(&self, scenario: &Scenario) -> String {
        scenario.typed::<C::Input>().input.call(C::INFO)
    }

    fn title(&self, scenario: &Scenario) -> String {
        C::title(&scenario.typed())
    }
}

fn rules<C: Contract>() -> impl Iterator<Item = &'static Rule<C::Input>> {
    C::RULES.iter().copied().flatten()
}

/// One run, as the rules look at it.
fn view<'a, C: Contract>(
    scenario: &'a Scenario<C::Input>,
    run: &'a Run,
    source: &'a Source,
    dependency: &'a Dependency,
) -> RunView<'a, C::Input> {
    RunView::new(C::INFO, scenario, run, source, dependency, C::expected(scenario))
}
