//! What chance does not do: less than once in a hundred billion times.

/// The logarithm of that.
const NEVER: f64 = -25.3;

/// Whether chance makes no `count` of what comes `mean` times on average.
pub fn too_many(count: usize, mean: f64) -> bool {
    any_too_many(count, mean, 1.0)
}

/// The same for any one of `values` of which each comes `mean` times on average.
pub fn any_too_many(count: usize, mean: f64, values: f64) -> bool {
    let (count, mean) = (count as f64, mean.max(1e-9));
    // Chernoff's bound for a Poisson distribution
    count > mean && values.ln() + count - mean + count * (mean / count).ln() < NEVER
}

/// Whether chance leaves out so many of `values`, at one end of them, in `n` draws.
pub fn leaves_out(left_out: u64, values: u64, n: usize) -> bool {
    n as f64 * (-(left_out as f64) / values as f64).ln_1p() < NEVER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_chance_is_far_from_what_is() {
        assert!(!too_many(0, 0.0) && !too_many(5, 5.0) && !too_many(20, 5.0));
        assert!(too_many(30, 5.0));
        assert!(!too_many(1, 0.01) && too_many(4, 0.0001));
        assert!(!any_too_many(4, 0.01, 5001.0) && any_too_many(11, 0.16, 5001.0));
        // where there are many values, one of them may well come as often as no other one is expected to
        assert!(too_many(10, 0.16) && !any_too_many(10, 0.16, 5001.0));
        // an end of a tenth is left out by a hundred draws, once in forty thousand times
        assert!(!leaves_out(10, 100, 100) && leaves_out(10, 100, 300));
        assert!(leaves_out(100, 100, 1), "nothing else is drawn");
    }
}
