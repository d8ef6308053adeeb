//! Tests with simulated checks: right samplers are never refused, and wrong ones are refused by one check.

use super::*;
use home::{DAY, Plan, Sampler, each, found};

mod home;
mod samplers;

use samplers::*;

const PLANS: [Plan; 2] = [Plan::One, Plan::Many];

#[test]
fn right_samplers_are_never_refused() {
    for (name, draw) in RIGHT {
        for (seed, plan) in (0..200).zip(PLANS.into_iter().cycle()) {
            assert_eq!(found(plan, seed, &each(draw)), None, "{name}, {plan:?}, {seed}");
        }
    }
}

/// In how many of 20 checks a sampler is refused with this code.
fn refused(plan: Plan, sampler: Sampler, expected: Code) -> usize {
    let code = |seed| found(plan, seed, sampler).map(|(code, _)| code);
    (0..20).filter(|seed| code(*seed) == Some(expected)).count()
}

#[test]
fn one_check_refuses_wrong_samplers() {
    let wrong: [(&str, Draws, Code); 13] = [
        ("without max", without_max, Code::BoundExcluded),
        ("without zero", without_zero, Code::BoundExcluded),
        ("cut above a second", cut_above_a_second, Code::BoundExcluded),
        ("never below a hundredth", never_below_a_hundredth, Code::BoundExcluded),
        ("clamped", clamped, Code::Skewed),
        ("halves", halves, Code::Skewed),
        ("least of two", least_of_two, Code::Skewed),
        ("seldom below a tenth", seldom_below_a_tenth, Code::Skewed),
        ("mean of two above a minute", mean_of_two_above_a_minute, Code::Skewed),
        ("16 bits", of_16_bits, Code::LowResolution),
        ("8 bits", of_a_rounded_byte_fraction, Code::LowResolution),
        ("tenths above a second", tenths_above_a_second, Code::LowResolution),
        ("seconds above a minute", whole_seconds_above_a_minute, Code::LowResolution),
    ];
    for (name, draw, code) in wrong {
        for plan in PLANS {
            let refused = refused(plan, &each(draw), code);
            assert!(refused >= 16, "{name}, {plan:?}: {refused} of 20");
        }
    }
}

#[test]
fn one_check_refuses_draws_that_depend_on_those_before_them() {
    let wrong: [(&str, Draws, usize); 3] = [
        ("never the same side twice", never_twice_on_the_same_side, 20),
        ("often the same", often_the_same, 20),
        // only samples of a small range show it
        ("never the same twice", never_the_same_twice, 12),
    ];
    for (name, draw, least) in wrong {
        let refused = refused(Plan::One, &each(draw), Code::Skewed);
        assert!(refused >= least, "{name}: {refused} of 20");
    }
    let refused = refused(Plan::Many, &all_different, Code::Skewed);
    assert!(refused >= 12, "all different: {refused} of 20");
}

#[test]
fn one_check_refuses_shared_seeds() {
    for seeds in [1, 16, 32, 64] {
        let refused = refused(Plan::Many, &seeds_in_turn(seeds), Code::SameGenerator);
        assert_eq!(refused, 20, "{seeds} seeds");
    }
}

#[test]
fn coarse_delays_are_equal_without_a_shared_seed() {
    // they are as frequent as those of 16 seeds, but the different ones are whole minutes
    let minutes = each(|state, _| uniform(state, 16) * 60_000);
    let groups = [home::call(&minutes, 300, 1_000_000)];
    let groups: Vec<&[Draw]> = groups.iter().map(Vec::as_slice).collect();
    assert_eq!(sharing::sharing(&groups).map(|(code, _)| code), Some(Code::SameGenerator));
    assert_eq!(uneven(&groups).map(|(code, _)| code), Some(Code::LowResolution));
}

fn said(groups: &[Vec<Draw>]) -> String {
    let groups: Vec<&[Draw]> = groups.iter().map(Vec::as_slice).collect();
    uneven(&groups).map_or(String::new(), |(_, text)| text)
}

/// Delays over ranges that end at `max`, `max + 1`, `max + 2` and so on, each in a call of its own.
fn single(delays: impl IntoIterator<Item = u64>, max: u64) -> Vec<Vec<Draw>> {
    let draw = |(i, delay_ms)| vec![Draw { delay_ms, max_ms: max + i }];
    (0..).zip(delays).map(draw).collect()
}

#[test]
fn each_sentence_has_the_numbers_of_its_draws() {
    let in_a_row = |delays: &dyn Fn(u64) -> u64, max_ms| -> Vec<Vec<Draw>> {
        (0..1200).map(|i| vec![Draw { delay_ms: delays(i), max_ms }]).collect()
    };
    let shared = |i: u64| Draw { delay_ms: i % 16 * 5_399_999, max_ms: DAY };
    let more_short_ones =
        (0..400).map(|i| i * 11 + i % 7).chain((200..400_u64).map(|i| i * 24 - 200 + i * i % 7));
    for (groups, text) in [
        (
            single((0..600).map(|i| i * 13), 9000),
            "All of 600 delays are 81.12 % of max_delay or less, but about 113 others are expected.",
        ),
        (
            single((1..1000).map(|i| i * 70), 70_000),
            "With max_delay of 40 ms or more, all of 999 delays are multiples of 10 ms, but about 100 are expected.",
        ),
        (
            single(more_short_ones, 9000),
            "With max_delay of 1 s to 10 s, 405 of 600 delays are below 50 % of max_delay, but about 300 are expected.",
        ),
        (
            in_a_row(&|i| i * 7 % 10, 9),
            "With max_delay below 10 ms, none of 1199 delays are equal to the delay of the call before, but about 120 are expected.",
        ),
        (
            in_a_row(&|i| i * 601 % 1201, 1200),
            "With max_delay of 1 s to 10 s, none of 1199 delays are in the same half of the range as the delay of the call before, but about 600 are expected.",
        ),
        (
            vec![(0..40).map(shared).collect()],
            "With n = 40 and max_delay = 24 h, only 16 delays are different, but about 40 different ones are expected. Some coroutines share a seed.",
        ),
    ] {
        assert_eq!(said(&groups), text);
    }
}

#[test]
fn draws_that_show_nothing_are_ignored() {
    let zero = vec![Draw { delay_ms: 0, max_ms: 0 }; 1000];
    let too_long = vec![Draw { delay_ms: 6, max_ms: 5 }; 1000];
    assert_eq!(said(&[zero, too_long, Vec::new()]), "");
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
