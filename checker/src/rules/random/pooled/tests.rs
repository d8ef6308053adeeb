//! Tests with simulated checks: right samplers are never refused, and wrong ones are refused by one check.

use super::*;
use home::{Plan, Sampler, each, found};

mod home;
mod samplers;

use samplers::*;

const PLANS: [Plan; 2] = [Plan::One, Plan::Many];

/// How many of 200 checks refuse a sampler with one of these codes.
fn refused(plan: Plan, sampler: Sampler, codes: &[Code]) -> usize {
    let code = |seed| found(plan, seed, sampler).map(|(code, _)| code);
    (0..200).filter(|seed| code(*seed).is_some_and(|code| codes.contains(&code))).count()
}

fn refused_single(plan: Plan, draw: Draws, code: Code) -> usize {
    refused(plan, &each(draw), &[code])
}

#[test]
fn right_samplers_are_never_refused() {
    for (name, draw) in RIGHT {
        for plan in PLANS {
            for seed in 0..200 {
                assert_eq!(found(plan, seed, &each(draw)), None, "{name}, {plan:?}, {seed}");
            }
        }
    }
}

/// Prints how many of 200 checks refuse each wrong sampler: `cargo test --release -p checker --lib pooled::tests::power
/// -- --ignored --nocapture`.
#[test]
#[ignore = "it only prints a table"]
fn power() {
    let single: [(&str, Draws); 22] = [
        ("without max", without_max),
        ("without zero", without_zero),
        ("last 2 % cut above 1 s", cut_above_a_second),
        ("without max above 1 s", without_max_above_a_second),
        ("clamped", clamped),
        ("never below 1 %", never_below_a_hundredth),
        ("never below 0.2 %", never_below_a_500th),
        ("seldom below 10 %", seldom_below_a_tenth),
        ("halves 60/40", halves),
        ("least of two", least_of_two),
        ("mean of two above 1 min", mean_of_two_above_a_minute),
        ("16 bits", of_16_bits),
        ("16 bits above 12 h", of_16_bits_for_a_day),
        ("8 bits, rounded", of_a_rounded_byte_fraction),
        ("percent", percent),
        ("20 bits, up", of_20_bits),
        ("tenths above 1 s", tenths_above_a_second),
        ("seconds above 1 min", whole_seconds_above_a_minute),
        ("never the same twice", never_the_same_twice),
        ("never the same side twice", never_twice_on_the_same_side),
        ("often the same", often_the_same),
        ("uniform", uniform),
    ];
    for (name, draw) in single {
        report(name, &each(draw), &PLANS);
    }
    report("all different", &all_different, &[Plan::Many]);
    for seeds in [1, 2, 16, 32, 64, 256] {
        report(&format!("{seeds} seeds"), &seeds_in_turn(seeds), &[Plan::Many]);
    }
}

fn report(name: &str, sampler: Sampler, plans: &[Plan]) {
    for plan in plans {
        let mut codes: BTreeMap<Code, (usize, String)> = BTreeMap::new();
        for (code, text) in (0..200).filter_map(|seed| found(*plan, seed, sampler)) {
            codes.entry(code).or_insert((0, text)).0 += 1;
        }
        println!("{name:28} {plan:?} {codes:?}");
    }
}

/// Simulates many checks of each right sampler, on two threads: `cargo test --release -p checker --lib pooled --
/// --ignored`.
#[test]
#[ignore = "it takes minutes"]
fn false_alarms() {
    const CHECKS: u64 = 100_000;
    for (name, draw) in RIGHT {
        let half = |rest: u64| {
            let refused = |i: u64| {
                let plan = PLANS[(i / 2 % 2) as usize];
                found(plan, 1_000_000 + i, &each(draw)).is_some()
            };
            (0..CHECKS).filter(|i| i % 2 == rest && refused(*i)).count()
        };
        let refused = std::thread::scope(|scope| {
            let other = scope.spawn(|| half(1));
            half(0) + other.join().unwrap()
        });
        println!("{name}: {refused} of {CHECKS} refused");
        assert_eq!(refused, 0, "{name}");
    }
}
