//! A task without its types. The rest of the checker sees a [`Contract`] in this form.

use std::marker::PhantomData;
use std::ops::Deref;

use super::{Contract, Plan, by_name};
use crate::contract::TaskInfo;
use crate::contract::request::{Arguments, Depth};
use crate::contract::scenario::{Sample, Scenario};
use crate::rules::dependency::Dependency;
use crate::rules::{AllRuns, Declared, Findings, Rule, RunView, blocks};
use crate::source::Source;
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{Run, Trace};
use crate::verdict::Diagnosis;

/// A task of the course: its description, its scenarios and its rules.
pub struct Task {
    /// The description.
    pub info: &'static TaskInfo,
    contract: &'static dyn Erased,
}

/// Gives access to the fields of the description: `task.number`.
impl Deref for Task {
    type Target = TaskInfo;

    fn deref(&self) -> &TaskInfo {
        self.info
    }
}

/// All recordings of a task, and what else its rules look at.
pub struct RunSet<'a> {
    /// All planned scenarios, including those that were not run yet.
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
    /// The task of a contract.
    pub const fn of<C: Contract>() -> Self {
        Self { info: C::INFO, contract: &Of::<C>(PhantomData) }
    }

    /// The tasks that it builds on, the nearest first.
    pub fn dependency_tasks(&self) -> impl Iterator<Item = &'static Task> {
        self.dependencies.iter().filter_map(|info| by_name(info.name))
    }

    /// The scenarios that it is judged in. The further ones are made from `seed`.
    pub fn plan(&self, seed: u64, depth: Depth) -> Plan<serde_json::Value> {
        self.contract.plan(seed, depth)
    }

    /// Scenarios that run the dependency's function by itself, to find out where it makes its waits. Empty if there is
    /// no dependency.
    pub fn dependency_scenarios(&self) -> Vec<Scenario> {
        self.contract.dependency_plan()
    }

    /// The scenario that `arguments` describe; `None` if the function takes other arguments.
    pub fn chosen(&self, arguments: &Arguments) -> Option<Scenario> {
        self.contract.chosen(arguments)
    }

    /// The declarations of its rules.
    pub fn rules(&self) -> Vec<Declared> {
        self.contract.rules()
    }

    /// Applies all of its rules to the runs.
    pub fn judge(&self, runs: &RunSet) -> Findings {
        self.contract.judge(runs)
    }

    /// Applies only the rule about how a run ends.
    pub fn ending(&self, scenario: &Scenario, run: &Run, source: &Source) -> Findings {
        self.contract.ending(scenario, run, source)
    }

    /// The diagnosis that this run held its thread.
    pub fn blocks(&self, scenario: &Scenario, run: &Run, source: &Source) -> Diagnosis {
        self.contract.blocks(scenario, run, source)
    }

    /// The rules that can use too few of the scenarios made from `seed`, in words. Such a rule would never find
    /// anything, which is an error of the course.
    pub fn short_of_runs(&self, seed: u64, depth: Depth) -> Vec<String> {
        let (planned, source) = (self.plan(seed, depth).all(), Source::default());
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

    /// The normalized trace of a right solution; `None` if the scenario does not determine it.
    pub fn expected(&self, scenario: &Scenario) -> Option<NormalizedTrace> {
        self.contract.expected(scenario)
    }

    /// The normalized trace of a run.
    pub fn normalized(&self, trace: &Trace, scenario: &Scenario) -> NormalizedTrace {
        self.contract.normalized(trace, scenario)
    }

    /// The drawing of a run. `blocking`: whether it shows for how long each row held the thread.
    pub fn timeline(&self, run: &Run, scenario: &Scenario, blocking: bool) -> Timeline {
        self.contract.timeline(run, scenario, blocking)
    }

    /// The call as a person writes it.
    pub fn call(&self, scenario: &Scenario) -> String {
        self.contract.call(scenario)
    }

    /// The first line of a snapshot: the call, and what else identifies the scenario.
    pub fn title(&self, scenario: &Scenario) -> String {
        self.contract.title(scenario)
    }
}

/// A contract whose arguments and results are JSON, so that contracts of different types can stand in one list.
trait Erased: Sync {
    fn plan(&self, seed: u64, depth: Depth) -> Plan<serde_json::Value>;
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

/// The contract `C`, as a value.
struct Of<C>(PhantomData<fn() -> C>);

impl<C: Contract> Erased for Of<C> {
    fn plan(&self, seed: u64, depth: Depth) -> Plan<serde_json::Value> {
        let Plan { public, further, elsewhere } = C::plan(seed, depth);
        let erased = |all: Vec<Scenario<C::Input>>| all.iter().map(Scenario::erased).collect();
        Plan { public: erased(public), further: erased(further), elsewhere: erased(elsewhere) }
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
        let view = |&(index, run): &(usize, _)| {
            view::<C>(&planned[index], run, runs.source, runs.dependency).in_plan(index)
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
        let mut findings = Findings::of(rules::<C>(), &cases);
        findings.suspects = C::suspects(&cases.runs);
        findings
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
        scenario.typed::<C::Input>().call(C::INFO)
    }

    fn title(&self, scenario: &Scenario) -> String {
        C::title(&scenario.typed())
    }
}

fn rules<C: Contract>() -> impl Iterator<Item = &'static Rule<C::Input>> {
    C::RULES.iter().copied().flatten()
}

/// The view of one run for the rules.
fn view<'a, C: Contract>(
    scenario: &'a Scenario<C::Input>,
    run: &'a Run,
    source: &'a Source,
    dependency: &'a Dependency,
) -> RunView<'a, C::Input> {
    let expected = if scenario.recorded { C::expected(scenario) } else { None };
    RunView::new(C::INFO, scenario, run, source, dependency, expected)
}
