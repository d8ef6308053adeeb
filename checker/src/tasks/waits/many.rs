//! Scenarios and rules for a function that does n waits at the same time.

use super::*;
use crate::rules::{Rule, many, random};
#[cfg(tokio_unstable)]
use crate::worker::prelude::*;

/// The rules that these tasks share.
pub const RULES: [Rule<WaitInput>; 24] = [
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
    random::DRAWS_FROM_THE_GENERATOR,
    many::NO_NEEDLESS_SLEEP,
    random::ONE_DRAW,
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

/// The further scenarios, made from the seed of the check.
pub fn further(seed: u64) -> Vec<WaitScenario> {
    let seeds = || (0..FURTHER_SEEDS).map(|i| further_seed(seed, i));
    let maxima = [10, 50, 1000, 5000];
    let sizes = [10, 1, 10, 2, 10, 3, 10, 5, 10, 17];
    let mut further: Vec<WaitScenario> = seeds()
        .zip(sizes.iter().cycle())
        .map(|(seed, n)| WaitScenario::seeded(seed, *n, 5000))
        .collect();
    further.extend(further[..3].to_vec().iter().map(WaitScenario::again));
    further.extend(WaitScenario::which_draws_matter(5000));
    // so few values that both ends must occur
    further.extend(seeds().take(40).map(|seed| WaitScenario::seeded(seed, 14, 4)));
    further.extend(seeds().enumerate().map(|(i, seed)| {
        WaitScenario::scripted_by_seed(seed, 1 + i % 12, maxima[i % maxima.len()])
    }));
    // many waits that end in one instant
    further.push(WaitScenario::scripted("crowd", 50, &[20; 40]));
    further.push(WaitScenario::scripted("crowd-no-delay", 0, &[0; 40]));
    // an n that nobody can foresee, and an n above any plausible limit on concurrency
    further.extend(
        seeds().take(5).map(|seed| WaitScenario::scripted_by_seed(seed, any_size(seed), 1000)),
    );
    further.push(WaitScenario::scripted_by_seed(further_seed(seed, 0), crowd(seed), 500));
    // seeded delays, so that a wait in spite of n = 0 shows
    further.extend(seeds().take(3).map(|seed| WaitScenario::seeded(seed, 0, 5000)));
    further.extend(seeds().take(OF_MINUTES).map(|s| WaitScenario::seeded(s, 2, minutes(s))));
    further.extend(seeds().take(15).map(|seed| WaitScenario::seeded(seed, 20, DAY)));
    further
}

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
        Box::pin(async move { Durations(f(&mut rng, input.n, input.max_delay).await) })
    })
}
