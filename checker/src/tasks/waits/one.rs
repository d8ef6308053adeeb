//! Scenarios and rules for a function that waits once.

use super::*;
use crate::contract::manner::Manner;
use crate::rules::{Rule, calls, prescribed, random, single};

/// The rules that these tasks share.
pub const RULES: [Rule<WaitInput>; 22] = [
    Rule::ENDS,
    Rule::LEAVES_THE_CLOCK_ALONE,
    Rule::STAYS_ON_ITS_RUNTIME,
    single::SLEEPS,
    single::WHOLE_MILLISECONDS,
    single::TRUTHFUL,
    single::BOUNDED,
    single::ZERO_FOR_ZERO,
    single::SIDE_BY_SIDE,
    Rule::LEAVES_NOTHING_RUNNING,
    Rule::NEVER_BLOCKS,
    random::REPRODUCIBLE,
    random::VARIED,
    random::UNIFORM_SAMPLES,
    random::POOLED,
    random::DRAWS_FROM_THE_GENERATOR,
    single::ONE_SLEEP,
    random::ONE_DRAW,
    prescribed::AS_PRESCRIBED,
    Rule::CALLS_STAND_ALONE,
    calls::RIGHT_ON_A_LATE_MACHINE,
    Rule::NO_BLOCKING_THREAD,
];

/// The public scenarios, which have snapshots.
pub fn public() -> Vec<WaitScenario> {
    let mut public = vec![
        WaitScenario::scripted("middle", 50, &[30]),
        WaitScenario::scripted("longest", 50, &[50]),
        WaitScenario::scripted("shortest", 50, &[0]),
        WaitScenario::scripted("zero", 0, &[0]),
    ];
    public.extend(PUBLIC_SEEDS.map(|seed| WaitScenario::scripted_by_seed(seed, 1, 5000)));
    public
}

/// The scenarios. `manners`: those in which it is called, besides a call alone.
pub fn plan(seed: u64, depth: Depth, manners: &[Manner]) -> Plan<WaitInput> {
    let mut further = recorded(seed);
    further
        .extend(seeds(seed).skip(RECORDED).map(|s| WaitScenario::seeded(s, 1, 5000).unrecorded()));
    further.extend(drawn::one(seed, depth));
    further.extend(drawn::manners(seed, &[1, 3], manners));
    further.extend(drawn::late(seed, &[1, 1, 3, 1], drawn::LATE_BY_WHOLE));
    let elsewhere = drawn::elsewhere(&further);
    further.extend(samples(seed));
    Plan { public: public(), further, elsewhere }
}

/// The seeds of the further scenarios.
fn seeds(seed: u64) -> impl Iterator<Item = u64> + Clone {
    (0..FURTHER_SEEDS).map(move |i| further_seed(seed, i))
}

/// How many of the seeded runs with the most usual arguments are recorded.
const RECORDED: usize = 12;

/// Runs with their events, of all kinds.
fn recorded(seed: u64) -> Vec<WaitScenario> {
    let maxima = [1, 10, 50, 1000, 5000];
    let mut further: Vec<WaitScenario> =
        seeds(seed).take(RECORDED).map(|seed| WaitScenario::seeded(seed, 1, 5000)).collect();
    further.extend(further[..3].to_vec().iter().map(WaitScenario::again));
    further.push(WaitScenario::scripted("together", 50, &[40, 10, 30, 20]));
    // more calls at the same time than any plausible limit on concurrency
    further.push(WaitScenario::seeded(further_seed(seed, 0), crowd(seed), 50).unrecorded());
    further.extend(WaitScenario::which_draws_matter(5000));
    // numbers that are too large for some types (the samples test their distribution)
    further.extend(seeds(seed).take(OF_MINUTES).map(|s| WaitScenario::seeded(s, 1, minutes(s))));
    further.extend(seeds(seed).take(2).map(|seed| WaitScenario::seeded(seed, 1, DAY)));
    further.extend(
        seeds(seed)
            .take(15)
            .zip(maxima.iter().cycle())
            .map(|(seed, max)| WaitScenario::scripted_by_seed(seed, 1, *max)),
    );
    further
}

/// The samples, made from the seed of the check.
pub fn samples(seed: u64) -> Vec<WaitScenario> {
    // the largest range first, so that a general mistake is reported for it
    [(5000, 800), (200, 800), (300, 300), (4, 2000), (1, 600), (DAY, 400)]
        .map(|(max, calls)| WaitScenario::sampled(further_seed(seed, max), max, calls))
        .to_vec()
}
