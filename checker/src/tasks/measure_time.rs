//! Task 3, `measure_time`: runs an async program to its end, and measures the time on the runtime's clock.

use std::time::Duration;

use super::waits::{Waits, further_seed, many};
use super::{Plan, Task};
use crate::contract::TaskInfo;
use crate::contract::scenario::RngMode;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::format::{count, time};
use crate::rules::{
    Check, Needs, Rule, WaitRun, WaitRuns, blocks, chance::too_many, many::NO_NEEDLESS_SLEEP,
    random,
};
use crate::trace::Wait;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

#[cfg(tokio_unstable)]
use crate::worker::prelude::*;
use value::{THE_TIME_THAT_PASSED, ZERO_FOR_NONE, close, value};

mod value;

pub static TASK: Task = Task::of::<MeasureTime>();

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

impl Waits for MeasureTime {
    const INFO: &'static TaskInfo = &INFO;

    const RULES: &'static [&'static [Rule<WaitInput>]] = &[&RULES];

    fn plan(seed: u64) -> Plan<WaitInput> {
        let mut further = many::further(seed);
        // runs that take a little longer than their delays reveal a solution that computes the time instead of measuring it
        further.extend(
            (0..3).map(|i| WaitScenario::seeded(further_seed(seed, i), 4, 300).with_late_timer()),
        );
        Plan { public: many::public(), further }
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

/// The rule of other tasks, without delays that are all zero, which another rule of this task reports.
const VARIED: Rule<WaitInput> = Rule {
    check: Check::All(random::NEEDS_VARIED, |cases| {
        random::varied(cases).filter(|found| found.code != Code::NoSleep)
    }),
    ..random::VARIED
};

const RULES: [Rule<WaitInput>; 16] = [
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
];

pub const RUNS_WAIT_N: Rule<WaitInput> = Rule {
    name: "runs_wait_n",
    asks: "The function runs `wait_n` to its end, and waits for nothing else.",
    codes: &[Code::DependencyBypassed, Code::DependencyNotRun, Code::WrongTime, Code::Blocking],
    silenced_by: &[],
    check: Check::Run(runs_wait_n),
};

fn runs_wait_n(case: &WaitRun) -> Option<Diagnosis> {
    if !case.scenario.timer_delay.is_zero() {
        // with late timers, a sleep of length zero after `wait_n` takes time, too, because it ends at the next tick
        return None;
    }
    let place =
        case.source.call_of("wait_n").or_else(|| case.source.definition_of(case.task.function));
    if !case.source.mentions("wait_n") {
        let text = "`wait_n` is never called: measure_time must call it.";
        return Some(case.broken(Code::DependencyBypassed, text).at(place));
    }
    let waits = case.done_by_dependency();
    if !case.cut_short().is_empty() {
        let text = format!(
            "It returned after {}, while a wait was still running: `wait_n` was not run to its end.",
            time(case.elapsed())
        );
        return Some(case.broken(Code::DependencyNotRun, text).at(place));
    }
    let nothing_to_wait_for = case.made_by_dependency() > 0 && !case.needs_some_time();
    if let Some(own) = case.done().next().filter(|_| waits.is_empty() && !nothing_to_wait_for) {
        let text = "None of its waits comes from `wait_n`: it makes sleeps of its own. Call `wait_n` instead.";
        return Some(case.broken(Code::DependencyBypassed, text).at(Some(own.place.clone())));
    }
    let starts = waits.iter().filter_map(|wait| wait.span).map(|(from, _)| from);
    let n = case.scenario.input.n;
    if (2..=n).contains(&waits.len())
        && !case.dependency.may_wait_several_times()
        && starts.clone().all(|from| starts.clone().filter(|other| *other == from).count() == 1)
    {
        let text = format!(
            "Its {} run one after another. Run `wait_n` once, for all {n} of them.",
            count(waits.len(), "wait")
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let last =
        waits.iter().filter_map(|wait| wait.span).map(|(_, to)| to).max().unwrap_or_default();
    if !waits.is_empty() && case.elapsed() > last {
        let text = format!(
            "`wait_n` was done after {}, but it returned only after {}: something else waits, too.",
            time(last),
            time(case.elapsed())
        );
        let own = case.done().find(|wait| case.is_own(&wait.place)).map(|wait| wait.place.clone());
        return Some(case.broken(Code::WrongTime, text).at(own.or(place)));
    }
    // `wait_n` draws bytes when it makes its first generator
    let nothing_drawn =
        n > 1 && case.trace().draws().next().is_none() && case.all_zero_is_rarer_than(3.5);
    if !case.elapsed().is_zero() || !nothing_drawn && !case.needs_some_time() {
        return None;
    }
    let longest =
        case.scenario.delays().and_then(|delays| delays.into_iter().max()).unwrap_or_default();
    if case.held_the_thread(longest) {
        return Some(blocks(case));
    }
    let why = if case.trace().draws().next().is_some() {
        "either `wait_n` was not run to its end, or it got another n or `max_delay`"
    } else {
        "`wait_n` was never run to its end"
    };
    let text = format!(
        "It returned {} at once: no time passed on the runtime's clock, so {why}.",
        time(value(case)?)
    );
    Some(case.broken(Code::DependencyNotRun, text).at(place))
}

pub const WITH_THE_ARGUMENTS_GIVEN: Rule<WaitInput> = Rule {
    name: "with_the_arguments_given",
    asks: "The function runs `wait_n` once, with the n and the `max_delay` that it is given.",
    codes: &[Code::WrongTime],
    silenced_by: &[],
    check: Check::Run(with_the_arguments_given),
};

/// Checks the arguments, as far as a single run shows them.
fn with_the_arguments_given(case: &WaitRun) -> Option<Diagnosis> {
    let (waits, n, place) =
        (case.done_by_dependency(), case.scenario.input.n, case.source.call_of("wait_n"));
    // with late timers, a wait may end after `max_delay`
    let too_long =
        |wait: &&&Wait| case.scenario.timer_delay.is_zero() && wait.length() > case.max_delay();
    if let Some(long) = waits.iter().find(too_long) {
        let text = format!(
            "One of the waits of `wait_n` takes {}, but `max_delay` is {}. Pass the `max_delay` that you are given to `wait_n`.",
            time(long.length()),
            time(case.max_delay())
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let dependency = case.dependency;
    if n == 0 {
        // there is nothing to wait for, and another rule reports what happens then
        return None;
    }
    if !dependency.waits_once()
        || !dependency.takes_what_is_prescribed()
        || case.elapsed().is_zero()
    {
        return None;
    }
    // a delay of zero makes no wait
    let zeros = n as f64 / (case.max_delay().as_millis() as f64 + 1.0);
    let text = if waits.len() > n {
        format!("For n = {n} there were {}", count(waits.len(), "wait"))
    } else if too_many(n - waits.len(), zeros) {
        format!("For n = {n} there were only {}", count(waits.len(), "wait"))
    } else {
        return None;
    };
    let text =
        format!("{text}. Run `wait_n` once, with the n and the `max_delay` that you are given.");
    Some(case.broken(Code::WrongTime, text).at(place))
}

/// How many runs with n of at least 2 show whether all waits come from one `wait_n` of n.
const SEVERAL: usize = 10;
/// How many runs with n = 1 are needed for that.
const SINGLES: usize = 3;

/// What the rule `all_waits_of_wait_n` needs: enough runs with the same `max_delay`, for n = 1 and for larger n.
const NEEDS_ALL_WAITS: Needs<WaitInput> = Needs {
    has: |planned| {
        let of = |fits: fn(usize) -> bool| {
            let long =
                |s: &&&WaitScenario| s.input.max_delay == Duration::from_secs(5) && fits(s.input.n);
            planned.iter().filter(long).count()
        };
        if of(|n| n == 1) < SINGLES { 0 } else { of(|n| n >= 2) }
    },
    least: SEVERAL,
};

pub const ALL_WAITS_OF_WAIT_N: Rule<WaitInput> = Rule {
    name: "all_waits_of_wait_n",
    asks: "Over many runs, all waits come from one `wait_n` with the given n, and every delay is equally frequent.",
    codes: &[Code::WrongTime, Code::DependencyNotRun],
    silenced_by: &[],
    check: Check::All(NEEDS_ALL_WAITS, all_waits_of_wait_n),
};

fn all_waits_of_wait_n(cases: &WaitRuns) -> Option<Diagnosis> {
    let long = |case: &&WaitRun| {
        case.scenario.input.n >= 2
            && case.max_delay() == Duration::from_secs(5)
            && is_known_whole(case)
    };
    let runs: Vec<&WaitRun> = cases.runs.iter().filter(long).collect();
    let place = cases.source.call_of("wait_n");
    let few = |case: &&&WaitRun| case.done_by_dependency().len() < case.scenario.input.n;
    if let Some(case) = runs
        .iter()
        .find(few)
        .filter(|_| runs.len() >= SEVERAL && runs.iter().filter(few).count() * 2 > runs.len())
    {
        let text = format!(
            "For n = {} there were only {}. Run `wait_n` with the n that you are given.",
            case.scenario.input.n,
            count(case.done_by_dependency().len(), "wait")
        );
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    let single = |case: &&WaitRun| {
        let returned = case.returned().is_some();
        returned && case.scenario.input.n == 1 && case.max_delay() == Duration::from_secs(5)
    };
    let singles = || cases.runs.iter().filter(single);
    if singles().count() >= SINGLES && singles().all(|case| case.elapsed().is_zero()) {
        let text = "For n = 1 no time passes, so `wait_n` is not run to its end there.";
        return Some(singles().next()?.broken(Code::DependencyNotRun, text).at(place));
    }
    let many = || runs.iter().filter(|case| case.scenario.input.n >= 5);
    // if a wait consists of several sleeps, these may all begin together
    let again = |case: &&&WaitRun| {
        case.scenario.input.n >= 5
            && !case.dependency.may_wait_several_times()
            && begins_again(case)
    };
    if let Some(case) =
        runs.iter().find(again).filter(|_| runs.iter().filter(again).count() * 2 > many().count())
    {
        let text = "After all its waits were done, others began. Run `wait_n` only once.";
        return Some(case.broken(Code::WrongTime, text).at(place));
    }
    // the large `max_delay` shows a cap, and the small one shows an end that is left out
    let maxima = [5000, 86_400_000, 4].map(Duration::from_millis);
    let waits_once = cases.runs.first().is_some_and(|case| case.dependency.waits_once());
    maxima.into_iter().filter(|max| waits_once || max.as_secs() > 0).find_map(|max_delay| {
        let whole = |case: &&WaitRun| {
            let plain = matches!(case.scenario.rng_mode, RngMode::Seeded(_));
            let waits_of_n = || case.done_by_dependency().len() <= case.scenario.input.n;
            plain && case.max_delay() == max_delay && is_known_whole(case) && waits_of_n()
        };
        let runs: Vec<&WaitRun> = cases.runs.iter().filter(whole).collect();
        let lengths = runs.iter().flat_map(|case| {
            let waits = case.done_by_dependency().into_iter().map(|wait| wait.length());
            // a delay of zero makes no wait
            let zeros = if waits_once { case.scenario.input.n } else { 0 };
            let zeros = std::iter::repeat_n(Duration::ZERO, zeros.saturating_sub(waits.len()));
            waits.chain(zeros)
        });
        let (_, text) = random::spread_of(&lengths.collect::<Vec<_>>(), max_delay)?;
        let text = format!("`wait_n` was not run with the `max_delay` that you are given. {text}");
        Some(runs.first()?.broken(Code::WrongTime, text).at(place.clone()))
    })
}

/// Whether it returned, and all of its waits are recorded.
fn is_known_whole(case: &WaitRun) -> bool {
    case.returned().is_some() && !case.trace().truncated
}

/// Whether n waits begin together, after all earlier ones are done.
fn begins_again(case: &WaitRun) -> bool {
    let spans: Vec<_> = case.done_by_dependency().iter().filter_map(|wait| wait.span).collect();
    spans.iter().any(|(begin, _)| {
        let together = spans.iter().filter(|(from, _)| from == begin).count();
        let under_way = spans.iter().any(|(from, to)| from < begin && to > begin);
        let earlier = spans.iter().any(|(from, _)| from < begin);
        earlier && together >= case.scenario.input.n && !under_way
    })
}

pub const NO_OWN_TASK: Rule<WaitInput> = Rule {
    name: "no_own_task",
    asks: "The function spawns no task to run `wait_n`.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(no_own_task),
};

fn no_own_task(case: &WaitRun) -> Option<Diagnosis> {
    let (_, _, place) = *case.spawns_in_own_files().first()?;
    let text = "It spawns a task, but `block_on` can run the coroutine itself.";
    Some(case.broken(Code::NeedlessTask, text).at(Some(place.clone())))
}

#[cfg(test)]
mod tests;
