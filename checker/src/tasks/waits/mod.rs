//! What the functions of part one have in common: parts of their scenarios, their rules and their runs.

use std::time::Duration;

use super::{Contract, Plan};
use crate::contract::request::{Arguments, Depth};
use crate::contract::scenario::Scenario;
use crate::contract::waits::{Durations, WaitInput, WaitScenario};
use crate::contract::{Input, Output, Returned, TaskInfo};
use crate::format::times;
use crate::rules::impression::{self, Impression, Impressions};
use crate::rules::{LISTED_IN_NO_TIME, Rule, WaitRun};
use crate::timeline::Timeline;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{Run, Trace};

pub mod drawn;
pub mod many;
pub mod one;

/// A task of part one. By default, its function waits for n delays at the same time, and returns them in ascending
/// order.
pub trait Waits: 'static {
    const INFO: &'static TaskInfo;

    /// See [`Contract::RULES`].
    const RULES: &'static [&'static [Rule<WaitInput>]];

    /// See [`Contract::plan`].
    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput>;

    /// What a run tells by its result and its time.
    fn impression(case: &WaitRun) -> Impression {
        impression::of_delays(case)
    }

    /// What a right solution returns in a run that takes `elapsed`; `None` if the scenario prescribes no delays.
    fn expected_return(scenario: &WaitScenario, elapsed: Duration) -> Option<Vec<Duration>> {
        let _ = elapsed;
        let mut delays = scenario.delays()?;
        delays.sort();
        Some(delays)
    }

    /// The value that stands for `returned` in a normalized trace, if the contract allows several values.
    fn normalized_return(
        returned: Vec<Duration>,
        scenario: &WaitScenario,
        elapsed: Duration,
    ) -> Vec<Duration> {
        let _ = (scenario, elapsed);
        returned
    }
}

impl<T: Waits> Contract for T {
    type Input = WaitInput;

    const INFO: &'static TaskInfo = T::INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] = T::RULES;

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        T::plan(seed, depth)
    }

    fn suspects(runs: &[WaitRun]) -> Vec<usize> {
        Impressions::of(runs, T::impression).suspects()
    }

    fn expected(scenario: &WaitScenario) -> Option<NormalizedTrace> {
        if !scenario.timer_delay.is_zero() {
            // the waits take longer then
            return None;
        }
        let concurrent = NormalizedTrace::concurrent(&scenario.delays()?, T::INFO.counts_tasks);
        let returned = T::expected_return(scenario, concurrent.elapsed).map(Returned::Durations);
        Some(NormalizedTrace { returned, ..concurrent })
    }

    fn normalized(trace: &Trace, scenario: &WaitScenario) -> NormalizedTrace {
        let returned = trace.output().map(|Durations(returned)| {
            Returned::Durations(T::normalized_return(returned, scenario, trace.elapsed))
        });
        let delays = scenario.delays();
        NormalizedTrace::of_waits(trace, returned, delays.as_deref(), T::INFO.counts_tasks)
    }

    fn timeline(run: &Run, scenario: &WaitScenario, blocking: bool) -> Timeline {
        let returned = run.trace.output::<Durations>().map(|durations| durations.shown());
        Timeline::of_waits(run, returned, scenario.input.n, blocking)
    }

    /// The call, and the prescribed delays.
    fn title(scenario: &WaitScenario) -> String {
        let call = scenario.input.call(T::INFO);
        match scenario.delays() {
            Some(delays) => format!("{call}, delays of {}", times(&delays)),
            None => call,
        }
    }

    fn chosen(arguments: &Arguments) -> Option<WaitScenario> {
        let max_delay_ms = u64::try_from(arguments.max_delay.as_millis()).unwrap_or(u64::MAX);
        let prescribed = arguments.prescribed;
        let make = if prescribed { WaitScenario::scripted_by_seed } else { WaitScenario::seeded };
        Some(make(arguments.seed, arguments.n, max_delay_ms))
    }

    fn dependency_plan() -> Vec<Scenario> {
        if T::INFO.dependencies.is_empty() {
            return Vec::new();
        }
        let zero = WaitScenario::scripted("no-delay", 0, &[0; 4]);
        let few = WaitScenario::scripted("mixed", 50, &[40, 10, 30, 20]);
        let long = [1000, 5000, DAY].map(|max| WaitScenario::scripted_by_seed(0, 5, max));
        let all = [zero, few].into_iter().chain(long);
        all.map(|scenario| scenario.of_dependency().erased()).collect()
    }
}

/// A day in milliseconds, the longest `max_delay` of the contract.
pub const DAY: u64 = 86_400_000;

/// A `max_delay` of one minute to one hour, in milliseconds, on a logarithmic scale. It is not a round number, and
/// nobody can foresee it without the seed. Fewer excuses hold for it than for a day.
fn minutes(seed: u64) -> u64 {
    let least = Duration::from_secs(60).as_millis() as f64;
    let times = LISTED_IN_NO_TIME.as_millis() as f64 / least;
    let at = unforeseeable(seed, 16) as f64 / f64::from(1 << 16);
    (least * times.powf(at)) as u64 | 1
}

/// How many runs have such a `max_delay`.
const OF_MINUTES: usize = 2;

/// Seeds whose runs have reviewed snapshots.
const PUBLIC_SEEDS: [u64; 3] = [1, 2, 3];

/// How many further seeds a task is judged on, in each mode of the generator.
const FURTHER_SEEDS: u64 = 50;

/// A number of futures, from 1026 to 1153: more than any plausible limit on concurrency.
fn crowd(seed: u64) -> usize {
    1026 + unforeseeable(seed, 7)
}

/// A number with so many bits. Nobody can foresee it without the seed.
fn unforeseeable(seed: u64, bits: u32) -> usize {
    (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// The i-th seed that is made from the seed of a check. It is never one of the public seeds.
pub fn further_seed(seed: u64, i: u64) -> u64 {
    1_000_000 + seed.wrapping_mul(1000).wrapping_add(i)
}
