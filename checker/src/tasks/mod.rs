//! The tasks, one file each: what a task is, its scenarios, and its rules; and the course, which is all of them in order.
//!
//! In: the single rules. Out: [`TASKS`].

use std::ops::Deref;
use std::time::Duration;

use crate::contract::TaskInfo;
use crate::contract::scenario::Scenario;
use crate::rules::{AllRuns, Findings, LISTED_IN_NO_TIME, Rule};
use crate::source::Source;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::Trace;

pub use course::{by_function, by_name, find, nearest};

mod course;

pub mod measure_time;
pub mod task_wait_n;
pub mod task_wait_random;
pub mod wait_n;
pub mod wait_random;

/// All tasks, in teaching order; each stands in a file of its own.
pub const TASKS: [&Task; 5] = [
    &wait_random::TASK,
    &wait_n::TASK,
    &measure_time::TASK,
    &task_wait_random::TASK,
    &task_wait_n::TASK,
];

/// A task, and how it is judged.
pub struct Task {
    pub info: &'static TaskInfo,
    /// What the contract asks for. (Findings are told of in the order of their codes, whatever the order here.)
    rules: &'static [&'static [&'static Rule]],
    plan: fn(seed: u64) -> Plan,
    /// What its picture has that differs from waiting n delays at once and returning them in order.
    shape: fn(&mut NormalizedTrace, &Scenario),
    /// What is made alike in a picture that was seen, because the contract leaves it open.
    even_out: fn(&mut NormalizedTrace, &Scenario),
}

/// A task is what its description says, and rules besides.
impl Deref for Task {
    type Target = TaskInfo;

    fn deref(&self) -> &TaskInfo {
        self.info
    }
}

impl Task {
    /// A task that waits n delays at once and returns them in order.
    const fn new(
        info: &'static TaskInfo,
        plan: fn(u64) -> Plan,
        rules: &'static [&'static [&'static Rule]],
    ) -> Self {
        Self { info, rules, plan, shape: |_, _| {}, even_out: |_, _| {} }
    }

    /// The same with a picture that differs from that.
    const fn shaped(self, shape: fn(&mut NormalizedTrace, &Scenario)) -> Self {
        Self { shape, ..self }
    }

    /// The same for a contract that leaves something open that a picture shows.
    const fn evened_out(self, even_out: fn(&mut NormalizedTrace, &Scenario)) -> Self {
        Self { even_out, ..self }
    }
}

/// The scenarios of one task.
pub struct Plan {
    /// Few, each with a reviewed snapshot; all in scripted mode.
    pub public: Vec<Scenario>,
    /// Many, made from the seed of the check; judged by rules, and in scripted mode against the expected picture.
    pub further: Vec<Scenario>,
}

impl Plan {
    /// All of them, the public ones first. Long runs are last: one that a limit ends has no other runs behind it that would
    /// not be made.
    pub fn all(self) -> Vec<Scenario> {
        let (long, short): (Vec<_>, Vec<_>) = self.further.into_iter().partition(Scenario::is_long);
        [self.public, short, long].concat()
    }
}

impl Task {
    /// The tasks it builds on, nearest first.
    pub fn upstream(&self) -> impl Iterator<Item = &'static Task> {
        self.dependencies.iter().filter_map(|info| by_name(info.name))
    }

    /// The scenarios it is judged in.
    pub fn plan(&self, seed: u64) -> Plan {
        (self.plan)(seed)
    }

    /// Runs of the function of the task before, by itself, which show where it makes its waits.
    pub fn scenarios_before(&self) -> Vec<Scenario> {
        if self.dependencies.is_empty() {
            return Vec::new();
        }
        let zero = Scenario::scripted("no-delay", 0, &[0; 4]);
        let few = Scenario::scripted("mixed", 50, &[40, 10, 30, 20]);
        let long = [1000, 5000, DAY].map(|max| Scenario::scripted_by_seed(0, 5, max));
        [zero, few].into_iter().chain(long).map(Scenario::of_task_before).collect()
    }

    /// Its rules.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied().flatten().copied()
    }

    /// What its rules find.
    pub fn judge(&self, cases: &AllRuns) -> Findings {
        Findings::of(self.rules(), cases)
    }

    /// Rules that would have too little to judge by in the scenarios made from `seed`, in words. They would never find
    /// anything: an error of the course.
    pub fn short_of_runs(&self, seed: u64) -> Vec<String> {
        let scenarios = self.plan(seed).all();
        let source = Source::default();
        let planned = scenarios.iter().collect();
        let cases = AllRuns { planned, complete: true, ..AllRuns::none(self.info, &source) };
        self.judge(&cases).course_errors
    }

    /// The picture that a right solution gives in a scripted scenario.
    pub fn expected(&self, scenario: &Scenario) -> Option<NormalizedTrace> {
        let mut picture = NormalizedTrace::concurrent(&scenario.delays()?, self.counts_tasks);
        (self.shape)(&mut picture, scenario);
        Some(picture)
    }

    /// The picture of a run of it.
    pub fn picture(&self, trace: &Trace, scenario: &Scenario) -> NormalizedTrace {
        let mut picture =
            NormalizedTrace::of(trace, scenario.delays().as_deref(), self.counts_tasks);
        (self.even_out)(&mut picture, scenario);
        picture
    }
}

/// A day, the longest `max_delay` of the contract, in ms.
const DAY: u64 = 86_400_000;

/// A `max_delay` of one minute to one hour, in ms, on a logarithmic scale: no round number, and none that anybody can
/// foresee who does not know the seed. Fewer excuses hold for these than for a day.
fn minutes(seed: u64) -> u64 {
    let least = Duration::from_secs(60).as_millis() as f64;
    let times = LISTED_IN_NO_TIME.as_millis() as f64 / least;
    let at = chosen(seed, 16) as f64 / f64::from(1 << 16);
    (least * times.powf(at)) as u64 | 1
}

/// How many runs have such a `max_delay`.
const OF_MINUTES: usize = 2;

/// Seeds whose runs have reviewed snapshots.
const PUBLIC_SEEDS: [u64; 3] = [1, 2, 3];

/// How many seeds a task is judged on besides, in each mode.
const FURTHER_SEEDS: u64 = 50;

/// Scenarios and rules for a function that waits once.
mod one_wait {
    use super::*;
    use crate::rules::{every, random, single};

    pub static RULES: [&Rule; 18] = [
        &every::ENDS,
        &every::LEAVES_THE_CLOCK_ALONE,
        &every::STAYS_ON_ITS_RUNTIME,
        &single::SLEEPS,
        &single::WHOLE_MILLISECONDS,
        &single::TRUTHFUL,
        &single::BOUNDED,
        &single::ZERO_FOR_ZERO,
        &single::SIDE_BY_SIDE,
        &every::LEAVES_NOTHING_RUNNING,
        &every::NEVER_BLOCKS,
        &random::REPRODUCIBLE,
        &random::VARIED,
        &random::UNIFORM_SAMPLES,
        &random::DRAWS_FROM_THE_GENERATOR,
        &single::ONE_SLEEP,
        &random::ONE_DRAW,
        &every::NO_BLOCKING_THREAD,
    ];

    pub fn public() -> Vec<Scenario> {
        let mut public = vec![
            Scenario::scripted("middle", 50, &[30]),
            Scenario::scripted("longest", 50, &[50]),
            Scenario::scripted("shortest", 50, &[0]),
            Scenario::scripted("zero", 0, &[0]),
        ];
        public.extend(PUBLIC_SEEDS.map(|seed| Scenario::scripted_by_seed(seed, 1, 5000)));
        public
    }

    pub fn further(seed: u64) -> Vec<Scenario> {
        let seeds = || (0..FURTHER_SEEDS).map(|i| further_seed(seed, i));
        let maxima = [1, 10, 50, 1000, 5000];
        let mut further: Vec<Scenario> =
            seeds().map(|seed| Scenario::seeded(seed, 1, 5000)).collect();
        further.extend(further[..3].to_vec().iter().map(Scenario::again));
        further.push(Scenario::scripted("together", 50, &[40, 10, 30, 20]));
        // more at once than any limit that looks large
        further.push(Scenario::seeded(further_seed(seed, 0), crowd(seed), 50));
        further.extend(Scenario::which_draws_matter(5000));
        // numbers that are too large for some types (their spread is for the samples to tell)
        further.extend(seeds().take(OF_MINUTES).map(|s| Scenario::seeded(s, 1, minutes(s))));
        further.extend(seeds().take(4).map(|seed| Scenario::seeded(seed, 1, DAY)));
        further.extend(
            seeds()
                .zip(maxima.iter().cycle())
                .map(|(seed, max)| Scenario::scripted_by_seed(seed, 1, *max)),
        );
        further
    }

    pub fn samples(seed: u64) -> Vec<Scenario> {
        // the largest first: what is wrong everywhere is said of it
        [(5000, 800), (200, 800), (300, 300), (4, 2000), (1, 600), (DAY, 400)]
            .map(|(max, calls)| Scenario::sampled(further_seed(seed, max), max, calls))
            .to_vec()
    }
}

/// Scenarios and rules for a function that waits n times at once.
mod many_waits {
    use super::*;
    use crate::rules::{every, many, random};

    pub static RULES: [&Rule; 24] = [
        &every::ENDS,
        &every::LEAVES_THE_CLOCK_ALONE,
        &every::STAYS_ON_ITS_RUNTIME,
        &many::WAITS_THROUGH_UPSTREAM,
        &many::CONCURRENT,
        &many::WAITS_FOR_THE_LAST,
        &many::AS_LONG_AS_THE_LONGEST,
        &many::COMPLETE,
        &many::NOTHING_TAKES_NO_TIME,
        &many::TRUTHFUL,
        &many::NO_MORE_THAN_N,
        &many::BOUNDED,
        &many::ASCENDING,
        &every::LEAVES_NOTHING_RUNNING,
        &every::NEVER_BLOCKS,
        &random::OWN_GENERATORS,
        &random::REPRODUCIBLE,
        &random::VARIED,
        &random::UNIFORM_TOGETHER,
        &random::DRAWS_FROM_THE_GENERATOR,
        &many::NO_NEEDLESS_SLEEP,
        &random::ONE_DRAW,
        &every::NO_BLOCKING_THREAD,
        &many::NOT_SORTED,
    ];

    pub fn public() -> Vec<Scenario> {
        let mut public = vec![
            Scenario::scripted("mixed", 50, &[40, 10, 30, 20]),
            Scenario::scripted("equal", 50, &[20, 10, 20, 20, 10]),
            Scenario::scripted("bounds", 50, &[50, 0, 50]),
            Scenario::scripted("one", 50, &[30]),
            Scenario::scripted("all-zero", 50, &[0, 0, 0]),
            Scenario::scripted("no-delay", 0, &[0, 0, 0]),
            Scenario::scripted("none", 50, &[]),
        ];
        public.extend(PUBLIC_SEEDS.map(|seed| Scenario::scripted_by_seed(seed, 5, 5000)));
        public
    }

    pub fn further(seed: u64) -> Vec<Scenario> {
        let seeds = || (0..FURTHER_SEEDS).map(|i| further_seed(seed, i));
        let maxima = [10, 50, 1000, 5000];
        let sizes = [10, 1, 10, 2, 10, 3, 10, 5, 10, 17];
        let mut further: Vec<Scenario> = seeds()
            .zip(sizes.iter().cycle())
            .map(|(seed, n)| Scenario::seeded(seed, *n, 5000))
            .collect();
        further.extend(further[..3].to_vec().iter().map(Scenario::again));
        further.extend(Scenario::which_draws_matter(5000));
        // so few values that both ends must come
        further.extend(seeds().take(40).map(|seed| Scenario::seeded(seed, 14, 4)));
        further.extend(seeds().enumerate().map(|(i, seed)| {
            Scenario::scripted_by_seed(seed, 1 + i % 12, maxima[i % maxima.len()])
        }));
        // many that are done in one instant
        further.push(Scenario::scripted("crowd", 50, &[20; 40]));
        further.push(Scenario::scripted("crowd-no-delay", 0, &[0; 40]));
        // as many as nobody can foresee, and more than any limit that looks large
        further.extend(
            seeds().take(5).map(|seed| Scenario::scripted_by_seed(seed, any_size(seed), 1000)),
        );
        further.push(Scenario::scripted_by_seed(further_seed(seed, 0), crowd(seed), 500));
        // whoever waits for one all the same is seen to wait
        further.extend(seeds().take(3).map(|seed| Scenario::seeded(seed, 0, 5000)));
        further.extend(seeds().take(OF_MINUTES).map(|s| Scenario::seeded(s, 2, minutes(s))));
        further.extend(seeds().take(15).map(|seed| Scenario::seeded(seed, 20, DAY)));
        further
    }

    /// A number of coroutines of 13 to 140.
    fn any_size(seed: u64) -> usize {
        13 + chosen(seed, 7)
    }
}

/// A number of coroutines of 1026 to 1153.
fn crowd(seed: u64) -> usize {
    1026 + chosen(seed, 7)
}

/// A number of so many bits that nobody can foresee who does not know the seed.
fn chosen(seed: u64, bits: u32) -> usize {
    (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// The i-th seed made from the seed of a check; never one of the public ones.
fn further_seed(seed: u64, i: u64) -> u64 {
    1_000_000 + seed.wrapping_mul(1000).wrapping_add(i)
}
