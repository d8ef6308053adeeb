//! Where a fault shows: a part of the inputs, of the delays that are drawn, of the coroutines, or of the calls.

use std::time::Duration;

use super::inputs::{Inputs, MOST_MAX_MS, MOST_N, MOST_TOTAL_MS};
use checker::format::time;

/// How many inputs a region has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    FivePercent,
    OnePercent,
    /// A single n below 100.
    OneN,
    Everywhere,
}

impl Size {
    pub const ALL: [Self; 4] = [Self::FivePercent, Self::OnePercent, Self::OneN, Self::Everywhere];

    pub fn name(self) -> &'static str {
        match self {
            Self::FivePercent => "5 %",
            Self::OnePercent => "1 %",
            Self::OneN => "one n",
            Self::Everywhere => "everywhere",
        }
    }

    /// The part of the inputs, for those that are a part.
    pub fn share(self) -> f64 {
        if self == Self::OnePercent { 0.01 } else { 0.05 }
    }
}

/// What decides whether an input is in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    N,
    Max,
    /// A box of both, half of the time in a corner of the space.
    Both,
    /// The delay that a coroutine has drawn, as a fraction of `max_delay`.
    Delay,
    /// The number of a coroutine in its call, as a fraction of n.
    Coroutine,
    /// The number of a call in its process.
    Call,
}

/// A part of all that can be asked of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    pub inputs: Inputs,
    /// A range of fractions, in [`UNITS`].
    pub within: Option<(By, u64, u64)>,
    /// Every how many calls, and which of them.
    pub calls: Option<(u64, u64)>,
}

/// What a fraction is counted in. With the middle of its cell as the place of a number, each fraction is equally frequent,
/// whatever n or `max_delay` is.
pub const UNITS: u64 = 10_000;

impl Region {
    /// The condition in Rust for a whole call, which knows `n`, `max_ms` and the counter `CALLS`.
    pub fn condition_of_call(&self) -> String {
        let mut all = Vec::new();
        if let Some((fewest, most)) = self.inputs.n {
            all.extend(condition("n", fewest as u64, most as u64, (0, MOST_N as u64)));
        }
        let (low, high) = self.inputs.max_ms;
        all.extend(condition("max_ms", low, high, (0, MOST_MAX_MS)));
        if self.inputs.leaves_the_space() {
            all.push(format!("n as u64 * max_ms <= {MOST_TOTAL_MS}"));
        }
        if let Some((every, at)) = self.calls {
            let number = "CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed)";
            all.push(format!("{number} % {every} == {at}"));
        }
        if all.is_empty() { "true".into() } else { all.join(" && ") }
    }

    /// The condition in Rust for one coroutine, which knows `k` and `n`, or `delay` and `max_ms`. None, if the whole call
    /// decides.
    pub fn condition_within(&self) -> Option<String> {
        let (by, low, high) = self.within?;
        // the middle of the cell of k among n, or of a delay among all that can be drawn
        let half = UNITS / 2;
        let at = match by {
            By::Coroutine => format!("(2 * k as u64 + 1) * {half} / n as u64"),
            _ => format!("(2 * delay + 1) * {half} / (max_ms + 1)"),
        };
        Some(format!("({low}..{high}).contains(&({at}))"))
    }

    /// The region in plain words.
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if let Some((fewest, most)) = self.inputs.n {
            let number = |n: u64| n.to_string();
            words.extend(range("n", fewest as u64, most as u64, (0, MOST_N as u64), number));
        }
        let (low, high) = self.inputs.max_ms;
        let shown = |ms: u64| time(Duration::from_millis(ms));
        words.extend(range("max_delay", low, high, (1, MOST_MAX_MS), shown));
        if let Some((by, low, high)) = self.within {
            let percent = |units: u64| units as f64 * 100.0 / UNITS as f64;
            let (what, of) = match by {
                By::Coroutine => ("coroutines", "n"),
                _ => ("delays", "max_delay"),
            };
            words.push(format!("{what} from {} to {} % of {of}", percent(low), percent(high)));
        }
        if let Some((every, at)) = self.calls {
            words.push(format!("call {at} of every {every}"));
        }
        if words.is_empty() { "all inputs".into() } else { words.join(", ") }
    }
}

/// A range in words, as far as it says more than `bounds`.
fn range(
    name: &str,
    low: u64,
    high: u64,
    bounds: (u64, u64),
    shown: impl Fn(u64) -> String,
) -> Option<String> {
    match (low == bounds.0, high == bounds.1) {
        _ if low == high => Some(format!("{name} = {}", shown(low))),
        (true, true) => None,
        (false, true) => Some(format!("{name} from {} on", shown(low))),
        _ => Some(format!("{name} from {} to {}", shown(low), shown(high))),
    }
}

/// A condition that `name` is in `low..=high`, as far as that says more than `bounds`.
fn condition(name: &str, low: u64, high: u64, bounds: (u64, u64)) -> Option<String> {
    match (low == bounds.0, high == bounds.1) {
        _ if low == high => Some(format!("{name} == {low}")),
        (true, true) => None,
        (false, true) => Some(format!("{name} >= {low}")),
        (true, false) => Some(format!("{name} <= {high}")),
        (false, false) => Some(format!("({low}..={high}).contains(&{name})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_says_what_a_region_is() {
        let region = |n, max_ms| Region { inputs: Inputs { n, max_ms }, within: None, calls: None };
        let all = (1, MOST_MAX_MS);
        assert_eq!(
            region(Some((7, 7)), (1, 9)).condition_of_call(),
            "n == 7 && (1..=9).contains(&max_ms)"
        );
        assert_eq!(
            region(Some((2, MOST_N)), all).condition_of_call(),
            "n >= 2 && max_ms >= 1 && n as u64 * max_ms <= 172800000"
        );
        assert_eq!(region(None, (30, 40)).words(), "max_delay from 30 ms to 40 ms");
        assert_eq!(region(Some((0, 9)), (3, 3)).words(), "n from 0 to 9, max_delay = 3 ms");
        assert_eq!(region(Some((2, MOST_N)), all).words(), "n from 2 on");
        assert_eq!(region(Some((0, MOST_N)), all).words(), "all inputs");
        let of_calls = Region { calls: Some((20, 3)), ..region(None, all) };
        assert!(of_calls.condition_of_call().ends_with(" % 20 == 3"), "{of_calls:?}");
        let of_delays = Region { within: Some((By::Delay, 100, 600)), ..region(None, all) };
        let condition = "(100..600).contains(&((2 * delay + 1) * 5000 / (max_ms + 1)))";
        assert_eq!(of_delays.condition_within().unwrap(), condition);
        assert_eq!(of_delays.words(), "delays from 1 to 6 % of max_delay");
    }
}
