//! Tests of samples that are uniform, and of samples that are not.

use super::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn code_of(n: usize, max: u64, draw: impl Fn(&mut ChaCha8Rng) -> u64) -> Option<Code> {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let delays: Vec<u64> = (0..n).map(|_| draw(&mut rng)).collect();
    spread(&delays, max).map(|(code, _)| code)
}

#[test]
fn uniform_draws_are_never_refused() {
    for (n, max) in [(200, 1), (1000, 4), (300, 300), (800, 200), (800, 5000)] {
        for seed in 0..200 {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let delays: Vec<u64> = (0..n).map(|_| rng.random_range(0..=max)).collect();
            assert_eq!(spread(&delays, max), None, "max {max}, seed {seed}");
        }
    }
}

#[test]
fn in_a_large_range_a_single_delay_that_comes_too_often_is_skewed() {
    let now_and_then = |rng: &mut ChaCha8Rng| match rng.random_range(0..40) {
        0 => 0,
        _ => rng.random_range(0..=5000),
    };
    assert_eq!(code_of(800, 5000, now_and_then), Some(Code::Skewed));
    // in 800 draws of 5001 values, six equal delays may be chance, but twelve are not
    let with = |times| [vec![7; times], (0..800).map(|i| i * 6).collect()].concat();
    assert_eq!(far_too_often(&with(5), 5000), None);
    assert_eq!(far_too_often(&with(12), 5000), Some((7, 12)));
    assert_eq!(far_too_often(&vec![1; 800], 100), None, "in a small range, the histogram shows it");
}

#[test]
fn delays_that_are_rare_at_the_ends_or_pile_up_at_one_are_skewed() {
    let least_of_two =
        |rng: &mut ChaCha8Rng| rng.random_range(0..=5000).min(rng.random_range(0..=5000));
    assert_eq!(code_of(800, 5000, least_of_two), Some(Code::Skewed));
    let mean_of_two =
        |rng: &mut ChaCha8Rng| (rng.random_range(0..=5000) + rng.random_range(0..=5000)) / 2;
    assert_eq!(code_of(800, 5000, mean_of_two), Some(Code::Skewed));
    let clamped = |rng: &mut ChaCha8Rng| rng.random_range(0..=10_000).min(5000);
    assert_eq!(code_of(800, 5000, clamped), Some(Code::Skewed));
}

#[test]
fn each_kind_of_bad_spread_is_named() {
    assert_eq!(code_of(1000, 4, |rng| rng.random_range(0..4)), Some(Code::BoundExcluded));
    assert_eq!(code_of(1000, 4, |rng| rng.random_range(1..=4)), Some(Code::BoundExcluded));
    assert_eq!(code_of(800, 5000, |rng| rng.random_range(0..=2500)), Some(Code::BoundExcluded));
    assert_eq!(code_of(800, 5000, |rng| rng.random_range(0..=5) * 1000), Some(Code::LowResolution));
    assert_eq!(
        code_of(1000, 4, |rng| (rng.random::<f64>() * 4.0).round() as u64),
        Some(Code::Rounded)
    );
    assert_eq!(
        code_of(300, 300, |rng| u64::from(rng.random::<u8>()) % 301),
        Some(Code::BoundExcluded)
    );
    assert_eq!(code_of(800, 200, |rng| u64::from(rng.random::<u8>()) % 201), Some(Code::Skewed));
    let least_of_two = |rng: &mut ChaCha8Rng| rng.random_range(0..=4).min(rng.random_range(0..=4));
    assert_eq!(code_of(1000, 4, least_of_two), Some(Code::Skewed));
}

#[test]
fn each_sentence_has_the_numbers_of_its_sample() {
    // each number of a range, `times` times
    let times = |range: std::ops::RangeInclusive<u64>, times| -> Vec<u64> {
        range.flat_map(|delay| vec![delay; times]).collect()
    };
    let said = |delays: &[u64], max| spread(delays, max).map_or(String::new(), |(_, text)| text);
    let half_at_the_ends = [vec![0; 125], times(1..=3, 250), vec![4; 125]].concat();
    let twice_as_often = [times(0..=4, 200), vec![3; 200]].concat();
    let one_part = [times(0..=5000, 1), times(2084..=2292, 3)].concat();
    for (delays, max, text) in [
        (vec![70; 100], 100, "With max_delay = 100 ms, all of 100 draws are 70 ms."),
        (
            times(0..=3, 250),
            4,
            "With max_delay = 4 ms, 1000 draws gave everything from 0 ms to 3 ms, but never 4 ms.",
        ),
        (
            times(1..=4, 250),
            4,
            "With max_delay = 4 ms, 1000 draws gave everything from 1 ms to 4 ms, but never 0 ms.",
        ),
        (
            times(0..=2000, 1),
            5000,
            "With max_delay = 5 s, all of 2001 draws lie between 0 ms and 2 s.",
        ),
        (
            times(0..=5, 100).into_iter().map(|delay| delay * 1000).collect(),
            5000,
            "With max_delay = 5 s, 600 draws gave only 6 different delays, but about 565 are expected.",
        ),
        (
            times(0..=500, 1).into_iter().map(|delay| delay * 10).collect(),
            5000,
            "With max_delay = 5 s, all of 501 draws are multiples of 10 ms.",
        ),
        (
            half_at_the_ends,
            4,
            "With max_delay = 4 ms, 1000 draws gave 0 ms and 4 ms half as often as the delays between them.",
        ),
        (
            twice_as_often,
            4,
            "With max_delay = 4 ms, 3 ms came 400 times in 1200 draws, but about 240 are expected.",
        ),
        (
            one_part,
            5000,
            "With max_delay = 5 s, a delay of 2.084 s to 2.292 s came 836 times in 5628 draws, but about 235 are expected.",
        ),
    ] {
        assert_eq!(said(&delays, max), text);
    }
}

#[test]
fn one_delay_that_comes_nearly_always_is_fixed() {
    let with = |others: u64| {
        let delays: Vec<u64> = (0..800).map(|i| if i < others { i } else { 4000 }).collect();
        spread(&delays, 5000).map(|(code, _)| code)
    };
    assert_eq!([with(0), with(2), with(80)], [Some(Code::FixedDelay); 3]);
    assert_eq!(with(81), Some(Code::Skewed));
}

#[test]
fn a_sample_that_may_be_chance_is_accepted() {
    let to = |most: u64, n: usize| (0..=most).cycle().take(n).collect::<Vec<_>>();
    let code = |delays: Vec<u64>, max| spread(&delays, max).map(|(code, _)| code);
    assert_eq!(code(vec![7; 99], 100), None, "too few draws");
    assert_eq!(code(vec![7; 100], 100), Some(Code::FixedDelay));
    assert_eq!(code(vec![0; 1000], 0), None, "there is nothing to choose from");
    assert_eq!(code(to(5, 1000), 4), None, "another rule reports a delay that is too long");
    // a missing end of ten values counts with twenty draws for each value, but not with nineteen
    assert_eq!(code(to(8, 190), 9), None);
    assert_eq!(code(to(8, 200), 9), Some(Code::BoundExcluded));
    // three hundred draws must miss a twelfth of a large range
    let below = |most: u64, n: u64| (0..n).map(|i| i * most / (n - 1)).collect::<Vec<_>>();
    assert_eq!(code(below(4595, 300), 5000), Some(Code::BoundExcluded));
    assert_eq!(code(below(4596, 300), 5000), None);
    assert_eq!(code(below(4595, 299), 5000), None);
    let above = |delays: Vec<u64>| delays.into_iter().map(|delay| 5000 - delay).collect();
    assert_eq!(code(above(below(4595, 300)), 5000), Some(Code::BoundExcluded));
    assert_eq!(code(above(below(4596, 300)), 5000), None);
}
