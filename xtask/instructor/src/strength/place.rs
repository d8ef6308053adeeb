//! Draws a region: a size and what decides go in, and a random region comes out, or none.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::inputs::{Inputs, draw, least};
use super::region::{By, Region, Size, UNITS};

/// Draws a region of this size within `bounds`, the inputs for which the fault can be observed. None, if there is none
/// with about the right size: a fault that needs large inputs can't be in a small n, and ranges of integers have gaps.
pub fn region(rng: &mut ChaCha8Rng, size: Size, by: By, bounds: Inputs) -> Option<Region> {
    let in_all = Region { inputs: bounds, within: None, calls: None };
    if size == Size::Everywhere {
        return Some(in_all);
    }
    if size == Size::OneN {
        let (fewest, most) = bounds.n?;
        let n = (fewest < 100).then(|| rng.random_range(fewest..=most.min(99)))?;
        return Some(Region { inputs: Inputs { n: Some((n, n)), ..bounds }, ..in_all });
    }
    let share = size.share();
    let inputs = match by {
        By::N => of_n(rng, bounds, share)?,
        By::Max => of_max(rng, bounds, share, None)?,
        By::Both => of_both(rng, bounds, share)?,
        By::Delay | By::Coroutine => {
            let wide = (of_bounds(bounds, share)? * UNITS as f64).round() as u64;
            let low = rng.random_range(0..=UNITS - wide);
            return Some(Region { within: Some((by, low, low + wide)), ..in_all });
        }
        By::Call => {
            let every = (1.0 / of_bounds(bounds, share)?) as u64;
            return Some(Region { calls: Some((every, rng.random_range(0..every))), ..in_all });
        }
    };
    let is_about_right = (share..2.0 * share).contains(&inputs.share());
    is_about_right.then_some(Region { inputs, ..in_all })
}

/// What part of `bounds` is this share of all inputs. None, if that is more than twice as large a part.
fn of_bounds(bounds: Inputs, share: f64) -> Option<f64> {
    let bounds = bounds.share();
    (bounds >= 0.5).then(|| share / bounds)
}

/// A range of n.
fn of_n(rng: &mut ChaCha8Rng, bounds: Inputs, share: f64) -> Option<Inputs> {
    let (fewest, most) = bounds.n?;
    let low = draw(rng, fewest as u64, most as u64);
    let with = |high: u64| Inputs { n: Some((low as usize, high as usize)), ..bounds };
    least(low, most as u64, |high| with(high).share() >= share).map(with)
}

/// A range of `max_delay`, anywhere, or at the lower or upper end of `bounds`.
fn of_max(
    rng: &mut ChaCha8Rng,
    bounds: Inputs,
    share: f64,
    at_the_upper_end: Option<bool>,
) -> Option<Inputs> {
    let (shortest, longest) = bounds.max_ms;
    if at_the_upper_end == Some(true) {
        let from = |low: u64| Inputs { max_ms: (low, longest), ..bounds };
        let less = least(shortest, longest, |low| from(low).share() < share)?;
        return (less > shortest).then(|| from(less - 1));
    }
    let low = match at_the_upper_end {
        Some(_) => shortest,
        None => draw(rng, shortest - 1, longest - 1) + 1,
    };
    let with = |high: u64| Inputs { max_ms: (low, high), ..bounds };
    least(low, longest, |high| with(high).share() >= share).map(with)
}

/// A box, which is about as wide as high, half of the time in a corner.
fn of_both(rng: &mut ChaCha8Rng, bounds: Inputs, share: f64) -> Option<Inputs> {
    let (fewest, most) = bounds.n?;
    let corner = rng.random_bool(0.5).then(|| (rng.random_bool(0.5), rng.random_bool(0.5)));
    let wide = share.powf(rng.random_range(0.25..0.75));
    let with = |low: u64, high: u64| Inputs { n: Some((low as usize, high as usize)), ..bounds };
    let (least_n, most_n) = (fewest as u64, most as u64);
    let columns = match corner {
        Some((true, _)) => {
            with(least(least_n, most_n, |low| with(low, most_n).share() < wide)?, most_n)
        }
        _ => {
            let low = if corner.is_some() { least_n } else { draw(rng, least_n, most_n) };
            with(low, least(low, most_n, |high| with(low, high).share() >= wide)?)
        }
    };
    of_max(rng, columns, share, corner.map(|(_, upper)| upper))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::super::inputs::{MOST_MAX_MS, MOST_N};
    use super::*;

    const BY: [By; 6] = [By::N, By::Max, By::Both, By::Delay, By::Coroutine, By::Call];

    #[test]
    fn a_region_is_as_large_as_asked_for_and_never_empty() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for size in [Size::FivePercent, Size::OnePercent] {
            for by in BY {
                let bounds = Inputs { n: Some((3, MOST_N)), max_ms: (2, MOST_MAX_MS) };
                let regions: Vec<Region> =
                    (0..100).filter_map(|_| region(&mut rng, size, by, bounds)).collect();
                assert!(regions.len() > 20, "{size:?} {by:?}: {}", regions.len());
                for region in regions {
                    let mut share = region.inputs.share();
                    if let Some((_, low, high)) = region.within {
                        share *= (high - low) as f64 / UNITS as f64;
                    }
                    if let Some((every, _)) = region.calls {
                        share /= every as f64;
                    }
                    // a width is a whole number of units
                    let sizes = size.share() * 0.99..2.0 * size.share();
                    assert!(sizes.contains(&share), "{region:?} {share}");
                    let Inputs { n, max_ms } = region.inputs;
                    assert!(n.unwrap().0 >= 3 && max_ms.0 >= 2, "{region:?}");
                    assert!(n.unwrap().0 <= n.unwrap().1 && max_ms.0 <= max_ms.1, "{region:?}");
                }
            }
        }
    }

    #[test]
    fn a_part_of_the_calls_is_a_part_of_those_that_can_be_wrong() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let large = Inputs { n: Some((501, MOST_N)), ..Inputs::all(true) };
        for by in [By::Delay, By::Coroutine, By::Call] {
            assert_eq!(region(&mut rng, Size::FivePercent, by, large), None, "{by:?}");
        }
    }
}
