//! Scenarios and rules for a function that does n waits at the same time.

use super::*;
use crate::contract::manner::Manner;
use crate::rules::{Rule, calls, many, prescribed, random};
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The rules that these tasks share.
pub const RULES: [Rule<WaitInput>; 28] = [
    Rule::ENDS,
    Rule::LEAVES_THE_CLOCK_ALONE,
    Rule::STAYS_ON_ITS_RUNTIME,
    many::WAITS_THROUGH_DEPENDENCY,
    many::CONCURRENT,
    many::WAITS_FOR_THE_LAST,
    many::AS_LONG_AS_THE_LONGEST,
    many::COMPLETE,
    many::NOTHING_TAKES_NO_TIME,
    many::TRUTHFUL,
    many::NO_MORE_THAN_N,
    many::BOUNDED,
    many::ASCENDING,
    Rule::LEAVES_NOTHING_RUNNING,
    Rule::NEVER_BLOCKS,
    random::OWN_GENERATORS,
    random::REPRODUCIBLE,
    random::VARIED,
    random::UNIFORM_TOGETHER,
    random::POOLED,
    random::DRAWS_FROM_THE_GENERATOR,
    many::NO_NEEDLESS_SLEEP,
    random::ONE_DRAW,
    prescribed::AS_PRESCRIBED,
    Rule::CALLS_STAND_ALONE,
    calls::RIGHT_ON_A_LATE_MACHINE,
    Rule::NO_BLOCKING_THREAD,
    many::NOT_SORTED,
];

/// The public scenarios, which have snapshots.
pub fn public() -> Vec<WaitScenario> {
    let mut public = vec![
        WaitScenario::scripted("mixed", 50, &[40, 10, 30, 20]),
        WaitScenario::scripted("equal", 50, &[20, 10, 20, 20, 10]),
        WaitScenario::scripted("bounds", 50, &[50, 0, 50]),
        WaitScenario::scripted("one", 50, &[30]),
        WaitScenario::scripted("all-zero", 50, &[0, 0, 0]),
        WaitScenario::scripted("no-delay", 0, &[0, 0, 0]),
        WaitScenario::scripted("none", 50, &[]),
    ];
    public.extend(PUBLIC_SEEDS.map(|seed| WaitScenario::scripted_by_seed(seed, 5, 5000)));
    public
}

/// The scenarios.
pub fn plan(seed: u64, depth: Depth) -> Plan<WaitInput> {
    let mut further = recorded(seed);
    further.extend(statistics(seed));
    further.extend(drawn::many(seed, depth));
    further.extend(drawn::manners(seed, &[1, 3, 30], &Manner::OTHERS));
    further.extend(drawn::late(seed, &[1, 4, 60, 2], drawn::LATE_BY_WHOLE));
    let crowds = drawn::crowds(seed);
    let elsewhere = drawn::elsewhere(&[further.as_slice(), &crowds].concat());
    further.extend(crowds);
    Plan { public: public(), further, elsewhere }
}

/// The seeds of the further scenarios.
fn seeds(seed: u64) -> impl Iterator<Item = u64> + Clone {
    (0..FURTHER_SEEDS).map(move |i| further_seed(seed, i))
}

/// Sizes of seeded runs, with a size of ten between any other two.
const SIZES: [usize; 10] = [10, 1, 10, 2, 10, 3, 10, 5, 10, 17];

/// Runs with their events, of all kinds.
pub fn recorded(seed: u64) -> Vec<WaitScenario> {
    let maxima = [10, 50, 1000, 5000];
    let mut further: Vec<WaitScenario> = seeds(seed)
        .zip(SIZES.iter().cycle())
        .take(RECORDED)
        .map(|(seed, n)| WaitScenario::seeded(seed, *n, 5000))
        .collect();
    further.extend(further[..3].to_vec().iter().map(WaitScenario::again));
    further.extend(WaitScenario::which_draws_matter(5000));
    further.extend(seeds(seed).take(8).map(|seed| WaitScenario::seeded(seed, 14, 4)));
    further.extend(seeds(seed).take(12).enumerate().map(|(i, seed)| {
        WaitScenario::scripted_by_seed(seed, 1 + i % 12, maxima[i % maxima.len()])
    }));
    // many waits that end in one instant
    further.push(WaitScenario::scripted("crowd", 50, &[20; 40]));
    further.push(WaitScenario::scripted("crowd-no-delay", 0, &[0; 40]));
    // an n that nobody can foresee, and an n above any plausible limit on concurrency
    further.extend(
        seeds(seed)
            .skip(12)
            .take(2)
            .map(|seed| WaitScenario::scripted_by_seed(seed, any_size(seed), 1000)),
    );
    let crowd = WaitScenario::scripted_by_seed(further_seed(seed, 14), crowd(seed), 150);
    further.push(crowd.unrecorded());
    // seeded delays, so that a wait in spite of n = 0 shows
    further.extend(seeds(seed).take(3).map(|seed| WaitScenario::seeded(seed, 0, 5000)));
    further.extend(seeds(seed).take(OF_MINUTES).map(|s| WaitScenario::seeded(s, 2, minutes(s))));
    further.extend(seeds(seed).take(6).map(|seed| WaitScenario::seeded(seed, 20, DAY)));
    further
}

/// Seeded runs without events, for the rules about all runs together.
pub fn statistics(seed: u64) -> Vec<WaitScenario> {
    let mut runs: Vec<WaitScenario> = seeds(seed)
        .zip(SIZES.iter().cycle())
        .skip(RECORDED)
        .map(|(seed, n)| WaitScenario::seeded(seed, *n, 5000))
        .collect();
    // so few values that both ends must occur
    runs.extend(seeds(seed).take(40).skip(8).map(|seed| WaitScenario::seeded(seed, 14, 4)));
    runs.extend(seeds(seed).take(15).skip(6).map(|seed| WaitScenario::seeded(seed, 20, DAY)));
    runs.into_iter().map(WaitScenario::unrecorded).collect()
}

/// How many of the seeded runs with the most usual arguments are recorded.
const RECORDED: usize = 24;

/// A number of futures, from 13 to 140.
fn any_size(seed: u64) -> usize {
    13 + unforeseeable(seed, 7)
}

/// A student's function that does n waits.
#[cfg(tokio_unstable)]
pub type Function = for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>;

/// Such a function, as the worker calls it.
#[cfg(tokio_unstable)]
pub fn subject(function: &'static str, f: Function) -> Subject {
    Subject::of_async(function, Role::Forks, move |mut rng, input: WaitInput| {
        Box::pin(async move { Durations(awaited(f(&mut rng, input.n, input.max_delay)).await) })
    })
}
