//! The rules about randomness: every delay is drawn from the given generator, and is uniform over `0..=max_delay`.
//!
//! `seeds` holds the rules about what a seed decides, `draws` those about what is drawn from a generator, and
//! `uniform` those about how the delays of one `max_delay` are distributed, by the tests in `spread`. [`pooled`] compares
//! the delays of all runs together.
//!
//! All of them look at runs with a seeded generator, over many seeds. The thresholds are set so that a solution that
//! keeps the contract fails less than once in a billion checks. The seeds are fixed, so a verdict never changes.

use std::collections::BTreeSet;

use super::{WaitRun, WaitRuns};
use crate::contract::scenario::RngMode;
use crate::source::Source;
use crate::trace::SourceLocation;

#[cfg(test)]
pub(crate) use draws::one_draw;
pub use draws::{DRAWS_FROM_THE_GENERATOR, ONE_DRAW};
pub use pooled::POOLED;
#[cfg(test)]
pub(crate) use seeds::own_generators;
pub use seeds::{NEEDS_VARIED, OWN_GENERATORS, REPRODUCIBLE, VARIED, varied};
pub use uniform::{UNIFORM_SAMPLES, UNIFORM_TOGETHER, spread_of};

mod draws;
pub mod pooled;
mod seeds;
mod spread;
mod uniform;

/// The place where the source makes a generator of its own, as far as its text shows.
fn foreign_generator(source: &Source) -> Option<SourceLocation> {
    const MAKERS: [&str; 5] = ["seed_from_u64", "from_seed", "thread_rng", "from_os_rng", "SysRng"];
    source.path_into("rand").or_else(|| MAKERS.iter().find_map(|name| source.call_of(name)))
}

fn is_seeded(case: &WaitRun) -> bool {
    matches!(case.scenario.rng_mode, RngMode::Seeded(_))
}

/// The seeded runs that returned, each seed once: a run that is made again, or in another manner, tells nothing new about
/// chance.
pub fn each_seed_once<'a>(cases: &'a WaitRuns<'a>) -> impl Iterator<Item = &'a WaitRun<'a>> {
    let mut seen = BTreeSet::new();
    cases.runs.iter().filter(move |case| match &case.scenario.rng_mode {
        RngMode::Seeded(key) => case.returned().is_some() && seen.insert(*key),
        RngMode::Scripted(_) | RngMode::RawWords(_) => false,
    })
}
