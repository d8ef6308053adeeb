//! A mutant: the reference solution of a task with a fault that shows in a region.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use checker::tasks::{TASKS, Task};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::faults::{self, Fault, HELPERS, Wrong};
use super::place;
use super::region::{Region, Size};

/// A mutant.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Its number among all.
    pub number: usize,
    pub size: Size,
    pub fault: Fault,
    pub region: Region,
    /// Whether only the coroutine in the middle is wrong.
    only_one: bool,
}

/// How often a region is drawn before another fault is tried.
const TRIES: usize = 50;

/// Draws `count` mutants with regions of each size, spread over all tasks and all kinds of faults. With `only`, the faults
/// whose name contains it. There may be fewer, if no fault fits into regions of a size.
pub fn draw(count: usize, seed: u64, only: Option<&str>) -> Vec<Mutant> {
    let wanted = |fault: &Fault| only.is_none_or(|text| fault.name().contains(text));
    let faults: Vec<Fault> = faults::all().into_iter().filter(wanted).collect();
    let mut mutants = Vec::new();
    for (stream, size) in Size::ALL.into_iter().enumerate() {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream as u64);
        for (fault, region) in of_size(&mut rng, size, count, &faults) {
            let only_one = match fault.wrong {
                Wrong::All => false,
                Wrong::One => true,
                Wrong::AllOrOne => rng.random_bool(0.5),
            };
            mutants.push(Mutant { number: mutants.len(), size, fault, region, only_one });
        }
    }
    mutants
}

/// Faults with regions of this size. The tasks take turns, and so do the faults of each of them.
fn of_size(
    rng: &mut ChaCha8Rng,
    size: Size,
    count: usize,
    faults: &[Fault],
) -> Vec<(Fault, Region)> {
    let mut by_task: BTreeMap<usize, Vec<&Fault>> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| size != Size::OneN || fault.bounds.n.is_some()) {
        by_task.entry(fault.task).or_default().push(fault);
    }
    let mut turns: Vec<Vec<&Fault>> = by_task.into_values().collect();
    turns.iter_mut().for_each(|faults| faults.shuffle(rng));
    let mut drawn = Vec::new();
    let (mut turn, mut in_vain) = (0, 0);
    while drawn.len() < count && !turns.is_empty() && in_vain < faults.len() + turns.len() {
        let of_task = &turns[turn % turns.len()];
        let fault = of_task[turn / turns.len() % of_task.len()];
        turn += 1;
        match region(rng, size, fault) {
            Some(region) => {
                drawn.push((fault.clone(), region));
                in_vain = 0;
            }
            None => in_vain += 1,
        }
    }
    drawn
}

fn region(rng: &mut ChaCha8Rng, size: Size, fault: &Fault) -> Option<Region> {
    let kinds = fault.kinds_of_regions();
    (0..TRIES).find_map(|_| {
        let by = *kinds.choose(rng)?;
        place::region(rng, size, by, fault.bounds)
    })
}

impl Mutant {
    pub fn task(&self) -> &'static Task {
        TASKS[self.fault.task - 1]
    }

    /// The name of its crate.
    pub fn name(&self) -> String {
        format!("mutant-{}", self.number)
    }

    /// The fault and the region in plain words.
    pub fn words(&self) -> String {
        let one = if self.only_one && self.region.within.is_none() {
            " (the coroutine in the middle)"
        } else {
            ""
        };
        format!("{}{one}: {}", self.fault.name(), self.region.words())
    }

    /// Its `lib.rs`, made from the reference solution.
    ///
    /// # Errors
    /// If the solution does not declare its function as the course does.
    pub fn source(&self, solution: &str) -> Result<String> {
        let task = self.task();
        let function = format!("fn {}<", task.function);
        ensure!(
            solution.matches(&function).count() == 1,
            "the solution of {} has no `{function}`, or several",
            task.name
        );
        let signature = |name: &str| {
            let signature = task.signature.replacen(&function, &format!("fn {name}<"), 1);
            signature.trim_start_matches("pub ").to_string()
        };
        let is_async = task.signature.contains("async fn");
        let call = |name: &str| {
            let arguments = match self.fault.task {
                1 | 4 => "rng, max_delay",
                3 => "runtime, rng, n, max_delay",
                _ => "rng, n, max_delay",
            };
            format!("{name}({arguments}){}", if is_async { ".await" } else { "" })
        };
        let within = self.region.condition_within();
        let wrong = within.as_deref().unwrap_or(if self.only_one { "k == n / 2" } else { "true" });
        let faulty = self.fault.body.replace("WRONG", wrong);
        let max_ms = "let max_ms = max_delay.as_millis() as u64;";
        let mut source = format!("//! {}\n", self.words());
        source += &solution.replacen(&function, "fn right<", 1);
        if self.region.calls.is_some() {
            source += "\nstatic CALLS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);\n";
        }
        source += &format!(
            "\n#[allow(unused)]\npub {} {{\n    {max_ms}\n    if {} {{\n        {}\n    }} else {{\n        {}\n    }}\n}}\n",
            signature(task.function),
            self.region.condition_of_call(),
            call("faulty"),
            call("right"),
        );
        let faulty = format!(
            "\n#[allow(unused)]\n{} {{\n    {max_ms}\n    {faulty}\n}}\n",
            signature("faulty")
        );
        source += &helpers(&faulty);
        source += &faulty;
        Ok(source)
    }
}

/// The helpers that a function and these helpers themselves mention.
fn helpers(function: &str) -> String {
    let mut text = String::new();
    // a helper stands behind those that it calls
    for (call, helper) in HELPERS.iter().rev() {
        if function.contains(call) || text.contains(call) {
            text.insert_str(0, &format!("\n#[allow(unused)]\n{helper}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn mutants_are_spread_over_all_tasks_and_kinds_and_are_the_same_for_a_seed() {
        let mutants = draw(200, 1, None);
        assert_eq!(mutants.len(), 800);
        for size in Size::ALL {
            let of_size = || mutants.iter().filter(|mutant| mutant.size == size);
            let tasks: BTreeSet<usize> = of_size().map(|mutant| mutant.fault.task).collect();
            assert_eq!(tasks.len(), if size == Size::OneN { 3 } else { 5 }, "{size:?}");
            let kinds: BTreeSet<&str> = of_size().map(|mutant| mutant.fault.kind).collect();
            assert!(kinds.len() >= 30, "{size:?}: {kinds:?}");
        }
        let words = |mutants: &[Mutant]| mutants.iter().map(Mutant::words).collect::<Vec<_>>();
        assert_eq!(words(&draw(200, 1, None)), words(&mutants));
        assert_ne!(words(&draw(200, 2, None)), words(&mutants));
    }

    #[test]
    fn a_mutant_has_the_reference_solution_in_it_and_is_right_outside_of_its_region() {
        let solution = "//! Solved.\npub async fn wait_n<R: Rng>(rng: &mut R) {}\n";
        let mutant = draw(1, 1, Some("02-concurrent-coroutines/sequential")).remove(0);
        let source = mutant.source(solution).unwrap();
        assert!(source.contains("pub async fn right<R: Rng>(rng: &mut R) {}"), "{source}");
        let condition = mutant.region.condition_of_call();
        assert!(source.contains(&format!("if {condition} {{\n        faulty(")), "{source}");
        assert!(source.contains("} else {\n        right(rng, n, max_delay).await"), "{source}");
        assert!(source.contains("fn start2<"), "{source}");
        assert!(mutant.source("fn other<").is_err());
    }

    #[test]
    fn only_the_faults_that_are_asked_for_are_injected() {
        let mutants = draw(10, 1, Some("one too few"));
        assert!(mutants.iter().all(|mutant| mutant.fault.kind.contains("one too few")));
        assert_eq!(mutants.len(), 40);
        assert!(draw(10, 1, Some("no such fault")).is_empty());
    }
}
