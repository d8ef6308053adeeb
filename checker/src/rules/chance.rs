//! What is too unlikely to be chance: it happens less than once in a hundred billion times.

/// The natural logarithm of that probability.
const NEVER: f64 = -25.3;

/// Whether `count` is too many to be chance for an event that comes `mean` times on average.
pub fn too_many(count: usize, mean: f64) -> bool {
    any_too_many(count, mean, 1.0)
}

/// The same for the most frequent of `values` different events, each of which comes `mean` times on average.
pub fn any_too_many(count: usize, mean: f64, values: f64) -> bool {
    let (count, mean) = (count as f64, mean.max(1e-9));
    // Chernoff's bound for a Poisson distribution
    count > mean && values.ln() + count - mean + count * (mean / count).ln() < NEVER
}

/// Whether it is no chance that `n` draws leave out the last `left_out` of `values` values at one end.
pub fn leaves_out(left_out: u64, values: u64, n: usize) -> bool {
    n as f64 * (-(left_out as f64) / values as f64).ln_1p() < NEVER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clear_cases_are_too_unlikely_to_be_chance() {
        assert!(!too_many(0, 0.0) && !too_many(5, 5.0) && !too_many(20, 5.0));
        assert!(too_many(30, 5.0));
        assert!(!too_many(1, 0.01) && too_many(4, 0.0001));
        assert!(!any_too_many(4, 0.01, 5001.0) && any_too_many(11, 0.16, 5001.0));
        // of many values, one may come far more often than each of them does on average
        assert!(too_many(10, 0.16) && !any_too_many(10, 0.16, 5001.0));
        // a hundred draws leave out a tenth at one end once in forty thousand times
        assert!(!leaves_out(10, 100, 100) && leaves_out(10, 100, 300));
        assert!(leaves_out(100, 100, 1), "nothing else is drawn");
    }
}
