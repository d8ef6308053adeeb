//! Task 3, `measure_time`: runs an async program to its end, and measures the time on the runtime's clock.

use std::time::Duration;

use super::waits::{Waits, drawn, many};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::manner::Manner;
use crate::contract::request::Depth;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::time;
use crate::rules::impression::{Impression, Impressions};
use crate::rules::{Check, Rule, WaitRun, WaitRuns, many::NO_NEEDLESS_SLEEP, prescribed, random};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

#[cfg(tokio_unstable)]
use crate::worker::prelude::*;
use arguments::{ALL_WAITS_OF_WAIT_N, WITH_THE_ARGUMENTS_GIVEN};
use runs_wait_n::{NO_OWN_TASK, RUNS_WAIT_N};
use value::{THE_TIME_THAT_PASSED, ZERO_FOR_NONE, close};

mod arguments;
mod runs_wait_n;
#[cfg(test)]
mod tests;
mod value;

/// The task.
pub static TASK: Task = Task::of::<MeasureTime>();

/// Its description.
pub static INFO: TaskInfo = TaskInfo {
    number: 3,
    name: "measure-runtime",
    title: "Run it, and time it",
    concept: "runtimes, block_on, clocks",
    points: 15,
    function: "measure_time",
    signature: "pub fn measure_time<R: Rng + SeedableRng + Send + 'static>(runtime: &Runtime, rng: &mut R, n: usize, max_delay: Duration) -> Duration",
    adapter: "measure_runtime::measure_time",
    dependencies: &[&super::wait_n::INFO, &super::wait_random::INFO],
    counts_tasks: false,
    takes_n: true,
};

struct MeasureTime;

/// How many coroutines wait on a machine that is late.
const LATE_SIZES: [usize; 12] = [1, 4, 60, 2, 5, 1, 9, 3, 17, 7, 6, 30];

impl Waits for MeasureTime {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] = &[&RULES];

    fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
        let mut further = many::recorded(seed);
        further.extend(many::statistics(seed));
        further.extend(drawn::many(seed, depth));
        further.extend(drawn::manners(seed, &[1, 3, 30], &[Manner::AfterAnother]));
        let crowds = drawn::crowds(seed);
        let elsewhere = drawn::elsewhere(&[further.as_slice(), &crowds].concat());
        further.extend(crowds);
        // runs that take a little longer than their delays reveal a solution that computes the time instead of
        // measuring it
        let late = drawn::late(seed, &LATE_SIZES, drawn::LATE_BY_ODD);
        further.extend(late.into_iter().map(|scenario| scenario.recorded()));
        Plan { public: many::public(), further, elsewhere }
    }

    fn impression(case: &WaitRun) -> Impression {
        value::impression(case)
    }

    fn expected_return(scenario: &WaitScenario, elapsed: Duration) -> Option<Vec<Duration>> {
        Some(vec![mean(elapsed, scenario)])
    }

    /// The contract allows a rounded quotient, so a value that is close enough stands for the exact one.
    fn normalized_return(
        returned: Vec<Duration>,
        scenario: &WaitScenario,
        elapsed: Duration,
    ) -> Vec<Duration> {
        let exact = mean(elapsed, scenario);
        let is_close = matches!(returned.as_slice(), [value] if close(*value, exact));
        if is_close { vec![exact] } else { returned }
    }
}

/// The time that `wait_n` takes, divided by n. With n = 0 that time is zero, and so is the result.
fn mean(elapsed: Duration, scenario: &WaitScenario) -> Duration {
    elapsed / (scenario.input.n as u32).max(1)
}

/// The student's function, as the worker calls it.
#[cfg(tokio_unstable)]
pub fn subject(f: fn(&Runtime, &mut Generator, usize, Duration) -> Duration) -> Subject {
    Subject::of_sync("measure_time", Role::Forks, move |runtime, mut rng, input: WaitInput| {
        Durations(vec![f(runtime, &mut rng, input.n, input.max_delay)])
    })
}

const RULES: [Rule<WaitInput>; 18] = [
    Rule::ENDS,
    Rule::LEAVES_THE_CLOCK_ALONE,
    Rule::STAYS_ON_ITS_RUNTIME,
    RUNS_WAIT_N,
    WITH_THE_ARGUMENTS_GIVEN,
    ALL_WAITS_OF_WAIT_N,
    THE_TIME_THAT_PASSED,
    ZERO_FOR_NONE,
    Rule::LEAVES_NOTHING_RUNNING,
    Rule::NEVER_BLOCKS,
    random::REPRODUCIBLE,
    VARIED,
    random::DRAWS_FROM_THE_GENERATOR,
    NO_NEEDLESS_SLEEP,
    Rule::NO_BLOCKING_THREAD,
    NO_OWN_TASK,
    AS_PRESCRIBED,
    Rule::CALLS_STAND_ALONE,
];

/// The rule of other tasks, for the time that passes.
const AS_PRESCRIBED: Rule<WaitInput> = Rule {
    codes: &[Code::DependencyNotRun, Code::WrongTime],
    check: Check::All(prescribed::NEEDS_SCRIPTED, as_prescribed),
    ..prescribed::AS_PRESCRIBED
};

fn as_prescribed(cases: &WaitRuns) -> Option<Diagnosis> {
    if !cases.complete {
        return None;
    }
    let impressions = Impressions::of(&cases.runs, value::impression);
    let unlike: Vec<&WaitRun> =
        impressions.unlike_script().filter(|case| case.is_plain()).collect();
    let takes_time = |case: &&&WaitRun| !case.elapsed().is_zero();
    let case = unlike.iter().find(takes_time).or(unlike.first())?;
    let longest = prescribed::longest(case)?;
    let place = cases.source.call_of("wait_n");
    if case.elapsed().is_zero() {
        let text = format!(
            "The longest delay of this run is {}, but no time passed: `wait_n` was not run to its end.",
            time(longest)
        );
        return Some(case.broken(Code::DependencyNotRun, text).at(place));
    }
    let text = format!(
        "The longest delay of this run is {}, but {} passed. With other arguments, the time is as long as the longest delay. Pass the n and the `max_delay` that you are given to `wait_n`, whatever they are.",
        time(longest),
        time(case.elapsed())
    );
    Some(case.broken(Code::WrongTime, text).at(place))
}

/// The rule of other tasks, without delays that are all zero, which another rule of this task reports.
const VARIED: Rule<WaitInput> = Rule {
    check: Check::All(random::NEEDS_VARIED, |cases| {
        random::varied(cases).filter(|found| found.code != Code::NoSleep)
    }),
    ..random::VARIED
};
