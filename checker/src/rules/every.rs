//! The rules that every task has.

use std::time::Duration;

use super::{AllRuns, Check, Needs, Rule, RunView};
use crate::contract::Input;
use crate::contract::scenario::{RngMode, Scenario};
use crate::format;
use crate::trace::{EventKind, TaskId, Wait};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

impl<I: Input> Rule<I> {
    pub const ENDS: Self = Self {
        name: "ends",
        asks: "The function returns within its limits.",
        codes: &[
            Code::Exit,
            Code::Crash,
            Code::OutputLimit,
            Code::EndlessLoop,
            Code::BlockedForever,
            Code::TooSlow,
            Code::NeverEnds,
            Code::Deadlock,
            Code::Todo,
            Code::NestedRuntime,
            Code::ReturnedEarly,
            Code::OwnRuntime,
            Code::Blocking,
            Code::BoundExcluded,
            Code::ValueMismatch,
            Code::Zero,
            Code::Panic,
        ],
        silenced_by: &[],
        check: Check::Ends,
    };
}

impl<I: Input> Rule<I> {
    pub const LEAVES_THE_CLOCK_ALONE: Self = Self {
        name: "leaves_the_clock_alone",
        asks: "Nobody moves the clock by hand.",
        codes: &[Code::Clock],
        silenced_by: &[],
        // a clock that is moved by hand is always noted
        check: Check::Result(leaves_the_clock_alone),
    };
}

pub(crate) fn leaves_the_clock_alone<I: Input>(case: &RunView<I>) -> Option<Diagnosis> {
    let moved = case.trace().events.iter().find_map(|event| match event.what {
        EventKind::ClockMoved { to } => Some(to),
        _ => None,
    })?;
    let place = ["advance", "resume", "pause"].iter().find_map(|name| case.source.call_of(name));
    let text = format!(
        "The clock moved on to {} although the program was not waiting: somebody moved it by hand.",
        format::time(moved)
    );
    Some(case.broken(Code::Clock, text).at(place))
}

impl<I: Input> Rule<I> {
    pub const STAYS_ON_ITS_RUNTIME: Self = Self {
        name: "stays_on_its_runtime",
        asks: "All waits use the runtime that the function runs on, or that it is given.",
        codes: &[Code::OwnRuntime],
        silenced_by: &[],
        check: Check::Run(stays_on_its_runtime),
    };
}

pub(crate) fn stays_on_its_runtime<I: Input>(case: &RunView<I>) -> Option<Diagnosis> {
    let place = case.trace().events.iter().find_map(|event| match &event.what {
        EventKind::Elsewhere { place } => Some(place.clone()),
        _ => None,
    })?;
    let own =
        case.source.call_of("Runtime").or_else(|| case.source.call_of("block_on")).unwrap_or(place);
    let text = "It waited on another runtime than the current one, and that runtime has a clock of its own. Use the runtime that is there already.";
    Some(case.broken(Code::OwnRuntime, text).at(Some(own)))
}

impl<I: Input> Rule<I> {
    pub const NO_BLOCKING_THREAD: Self = Self {
        name: "no_blocking_thread",
        asks: "No thread of the blocking pool is needed.",
        codes: &[Code::NeedlessTask],
        silenced_by: &[],
        check: Check::Run(no_blocking_thread),
    };
}

pub(crate) fn no_blocking_thread<I: Input>(case: &RunView<I>) -> Option<Diagnosis> {
    let text = "It moves work to a thread of the blocking pool. That is not needed here.";
    case.used_a_blocking_thread()
        .then(|| case.broken(Code::NeedlessTask, text).at(case.source.call_of("spawn_blocking")))
}

impl<I: Input> Rule<I> {
    pub const LEAVES_NOTHING_RUNNING: Self = Self {
        name: "leaves_nothing_running",
        asks: "When the function has returned, no task or thread that it has started is still running.",
        codes: &[Code::LeftoverTasks, Code::LeftoverThreads],
        silenced_by: &[],
        check: Check::Result(leaves_nothing_running),
    };
}

pub(crate) fn leaves_nothing_running<I: Input>(case: &RunView<I>) -> Option<Diagnosis> {
    let trace = case.trace();
    if trace.leftover_tasks > 0 {
        let ended: Vec<TaskId> = trace
            .events
            .iter()
            .filter_map(|event| match event.what {
                EventKind::Ended { task } => Some(task),
                _ => None,
            })
            .collect();
        let place = trace
            .spawns()
            .find(|(task, ..)| !ended.contains(task))
            .map(|(_, _, place)| place.clone());
        let tasks = format::count(trace.leftover_tasks, "task");
        let verb = if trace.leftover_tasks == 1 { "was" } else { "were" };
        let mut text = format!(
            "{tasks} that it started {verb} still alive after {} had returned.",
            case.task.function
        );
        let waits_on =
            |wait: &Wait| !wait.done && !wait.task.is_caller() && !case.is_own(&wait.place);
        let one_call = case.scenario.budget.futures == 1 && case.task.returns_a_handle();
        if one_call && case.waits.iter().any(waits_on) {
            text.push_str(" The handle that it returned belongs to another task.");
        }
        return Some(case.broken(Code::LeftoverTasks, text).at(place));
    }
    if trace.leftover_threads > 0 {
        let threads = format::count(trace.leftover_threads, "thread");
        let text = format!(
            "{threads} that it started still ran after {} had returned.",
            case.task.function
        );
        return Some(case.broken(Code::LeftoverThreads, text).at(case.source.call_of("spawn")));
    }
    None
}

/// A group of runs that need about the same time on the real clock.
struct Comparable {
    /// The longest wait that the contract allows in them, in virtual time.
    longest_wait: Duration,
    /// The most futures that one of them may have.
    most: usize,
    /// The real time that the quickest of them may take. A solution may draw from a list of all delays, which takes
    /// some time if the range is large. So the limit is higher there.
    limit: Duration,
}

const COMPARABLE: [Comparable; 2] = [
    Comparable {
        longest_wait: Duration::from_millis(50),
        most: 12,
        limit: Duration::from_millis(1),
    },
    Comparable { longest_wait: Duration::from_secs(5), most: 2, limit: Duration::from_millis(8) },
];

impl Comparable {
    /// How many runs are needed: in fewer runs, the machine may have been busy each time.
    const LEAST: usize = 5;

    fn has<I>(&self, scenario: &Scenario<I>) -> bool {
        scenario.calls == 1
            && (1..=self.most).contains(&scenario.budget.futures)
            && scenario.budget.longest_wait == self.longest_wait
    }

    /// Whether a run that takes `elapsed` of virtual time is one of them. A run with short waits tells nothing, because
    /// a solution that blocks instead of waiting blocks only briefly there.
    fn is_waited_for(&self, elapsed: Duration) -> bool {
        elapsed * 5 >= self.longest_wait
    }

    /// Whether a run of this scenario will be one of them, as far as the scenario prescribes its delays.
    fn will_have<I>(&self, scenario: &Scenario<I>) -> bool {
        let longest = match &scenario.rng_mode {
            RngMode::Scripted(script) => script.longest(),
            RngMode::Seeded(_) | RngMode::RawWords(_) => None,
        };
        self.has(scenario) && longest.is_none_or(|longest| self.is_waited_for(longest))
    }
}

/// What the rule `never_blocks` needs: enough runs in each of the two groups.
const fn needs_never_blocks<I>() -> Needs<I> {
    Needs {
        has: |planned| {
            let of = |kind: &Comparable| planned.iter().filter(|s| kind.will_have(s)).count();
            COMPARABLE.iter().map(of).min().unwrap_or_default()
        },
        least: Comparable::LEAST,
    }
}

impl<I: Input> Rule<I> {
    pub const NEVER_BLOCKS: Self = Self {
        name: "never_blocks",
        asks: "The function never blocks its thread.",
        codes: &[Code::Blocking],
        silenced_by: &[],
        check: Check::All(needs_never_blocks(), never_blocks),
    };
}

/// Looks at the quickest of many comparable runs. If one run is slow, the machine may be the cause. If even the
/// quickest is slow, the cause is the solution.
pub(crate) fn never_blocks<I: Input>(cases: &AllRuns<I>) -> Option<Diagnosis> {
    COMPARABLE.iter().find_map(|kind| {
        let comparable = |case: &&RunView<I>| {
            case.trace().has_returned()
                && kind.has(case.scenario)
                && kind.is_waited_for(case.elapsed())
        };
        let runs: Vec<&RunView<I>> = cases.runs.iter().filter(comparable).collect();
        let quickest = runs.iter().min_by_key(|case| case.run.wall.running)?;
        // each wake-up takes some real time
        let limit = kind.limit + Duration::from_micros(20) * quickest.waits.len() as u32;
        let blocks_each_time = quickest.run.wall.running >= limit;
        (runs.len() >= Comparable::LEAST && blocks_each_time).then(|| blocks(quickest))
    })
}

/// The diagnosis of a run that held its thread, or moved its wait to a thread that blocks.
pub fn blocks<I: Input>(case: &RunView<I>) -> Diagnosis {
    let held = format::time(Duration::from_millis(case.run.wall.running.as_millis() as u64));
    let function = case.task.function;
    let text = if case.used_a_blocking_thread() {
        format!(
            "{function} waits on a thread that blocks. That costs one thread for each wait, and the runtime can't see the wait."
        )
    } else {
        format!(
            "{function} held its thread for {held} of real time. In that time, no other coroutine can run."
        )
    };
    case.broken(Code::Blocking, text).at(case.source.call_of("sleep"))
}
