//! Points that are spread evenly over a space of inputs, and that nobody can foresee without the seed.
//!
//! They are a Kronecker sequence: each point is the one before, moved by the same irrational step. Such points leave no
//! large gap, in the whole space and in each of its dimensions, while independent draws leave some by chance. The seed
//! decides where the sequence begins.

/// The steps of the two dimensions: powers of the inverse of the plastic number, the root of x³ = x + 1. No other steps are
/// known to leave smaller gaps in two dimensions.
const STEPS: [f64; 2] = [0.754_877_666_246_692_7, 0.569_840_290_998_053_2];

/// The first `count` points of the sequence with this seed. Both coordinates are in `0.0..1.0`.
pub fn points(seed: u64, count: usize) -> impl Iterator<Item = [f64; 2]> {
    let begin = [start(seed, 1), start(seed, 2)];
    (0..count).map(move |i| {
        let at = |dimension: usize| (begin[dimension] + i as f64 * STEPS[dimension]).fract();
        [at(0), at(1)]
    })
}

/// Where the sequence with this seed begins in one dimension.
fn start(seed: u64, dimension: u64) -> f64 {
    // the finalizer of SplitMix64, so that seeds that follow each other begin far apart
    let mut bits = seed.wrapping_add(dimension.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The whole number at the fraction `at` of `least..=most`, on a logarithmic scale: as many points lie between 1 and 10 as
/// between 10 and 100.
pub fn log_uniform(at: f64, least: u64, most: u64) -> u64 {
    let (low, high) = ((least as f64).max(0.5).ln(), (most as f64 + 1.0).ln());
    let number = (low + at * (high - low)).exp() as u64;
    number.clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_dimension_is_left_out() {
        for seed in 0..200 {
            for dimension in [0, 1] {
                let mut all: Vec<f64> = points(seed, 100).map(|point| point[dimension]).collect();
                all.sort_by(f64::total_cmp);
                let gaps = all.windows(2).map(|pair| pair[1] - pair[0]);
                let around = all[0] + 1.0 - all[all.len() - 1];
                let widest = gaps.fold(around, f64::max);
                assert!(widest < 1.0 / 40.0, "seed {seed}: {widest}");
            }
        }
    }

    #[test]
    fn every_corner_has_some_points() {
        for seed in 0..200 {
            for (x, y) in [(0.0, 0.0), (0.0, 0.75), (0.75, 0.0), (0.75, 0.75)] {
                let inside =
                    |[a, b]: &[f64; 2]| (x..x + 0.25).contains(a) && (y..y + 0.25).contains(b);
                assert!(points(seed, 100).filter(inside).count() >= 3, "seed {seed}");
            }
        }
    }

    #[test]
    fn a_logarithmic_scale_has_both_ends() {
        assert_eq!((log_uniform(0.0, 1, 86_400_000), log_uniform(0.9999, 1, 99)), (1, 99));
        assert_eq!((log_uniform(0.0, 0, 1100), log_uniform(0.5, 1, 99)), (0, 10));
        let seeds: Vec<u64> = (0..3).map(|seed| (start(seed, 1) * 1000.0) as u64).collect();
        assert!(seeds[0].abs_diff(seeds[1]) > 10 && seeds[1].abs_diff(seeds[2]) > 10, "{seeds:?}");
    }
}
