//! Runs that are drawn from the whole space of inputs, from the seed of the check. They have no events, so there can be
//! many: see [`Scenario::recorded`](crate::contract::scenario::Scenario::recorded).

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::contract::manner::Manner;
use crate::contract::space::{log_uniform, points};

/// The largest n that is drawn.
const MOST: u64 = 1100;

/// All delays of one run together are at most this long, in milliseconds. A solution that lists all possible delays for
/// each coroutine would need too much memory for more.
const MOST_TOGETHER: u64 = 2 * DAY;

/// Values of `max_delay`, in milliseconds, that people choose, and at which numbers change their size. Mistakes often show
/// one millisecond above or below them.
const ROUND: [u64; 16] = [
    1, 2, 10, 100, 250, 500, 1000, 1500, 2000, 5000, 10_000, 60_000, 65_536, 600_000, 3_600_000,
    DAY,
];

/// One of so many calls is recorded.
const CALLS_FOR_EACH_RECORDED: usize = 7;

/// Up to this n, runs cost little.
const SMALL: u64 = 100;

/// How many runs are drawn.
struct Amounts {
    /// Scripted runs of up to [`SMALL`] coroutines.
    small: usize,
    /// Scripted runs of more coroutines.
    large: usize,
    /// Scripted runs of one to four coroutines, which cost least: for more values of `max_delay`.
    few: usize,
    /// Seeded runs of up to [`SMALL`] coroutines.
    seeded: usize,
    /// Scripted calls of a function that waits once, and half as many seeded ones.
    calls: usize,
    /// Many such calls at the same time.
    together: usize,
    /// The smallest n that is only met by chance; each smaller one is tried.
    each_below: usize,
}

fn amounts(depth: Depth) -> Amounts {
    match depth {
        Depth::Quick => Amounts {
            small: 60,
            large: 9,
            few: 60,
            seeded: 32,
            calls: 160,
            together: 8,
            each_below: 0,
        },
        Depth::Thorough => Amounts {
            small: 120,
            large: 20,
            few: 120,
            seeded: 64,
            calls: 400,
            together: 20,
            each_below: 100,
        },
    }
}

/// Runs of a function that does n waits.
pub fn many(seed: u64, depth: Depth) -> Vec<WaitScenario> {
    let Amounts { small, large, few, seeded, each_below, .. } = amounts(depth);
    let at = |purpose, amount| points(further_seed(seed, purpose), amount).enumerate();
    let mut drawn: Vec<WaitScenario> = Vec::new();
    drawn.extend(at(1, small).map(|(i, [n, max])| {
        let n = log_uniform(n, 1, SMALL + 1) - 1;
        with_edges(seed, i, n as usize, some_max(max, n))
    }));
    drawn.extend(at(2, large).map(|(i, [from, max])| {
        // one in each of so many equal parts: a sequence leaves larger gaps
        let n = log_uniform((i as f64 + from) / large as f64, SMALL + 1, MOST);
        with_edges(seed, 1000 + i, n as usize, some_max(max, n))
    }));
    drawn.extend(at(3, few).map(|(i, [_, max])| {
        let n = 1 + i as u64 % 4;
        let scenario = with_edges(seed, 2000 + i, n as usize, some_max(max, n));
        // only events tell whose sleeps these are
        if i.is_multiple_of(3) { scenario.recorded() } else { scenario }
    }));
    drawn.extend(at(4, seeded).map(|(i, [n, max])| {
        let n = log_uniform(n, 1, SMALL + 1) - 1;
        plain(seed, i, n as usize, some_max(max, n))
    }));
    // short delays, so that each n costs little
    for n in 1..each_below {
        let max = 100 + further_seed(seed, n as u64) % 900;
        drawn.push(with_edges(seed, 10_000 + n, n, max));
    }
    drawn.extend(round());
    // what `main.rs` and the lessons show, and what is near it
    for max in [1000, 2000] {
        drawn.extend((0..=10).map(|n| with_edges(seed, 20_000 + n + max as usize, n, max)));
    }
    drawn.push(WaitScenario::scripted("none-no-delay", 0, &[]).unrecorded());
    drawn.extend(for_lists());
    drawn
}

/// A `max_delay` on a logarithmic scale, in milliseconds, that n coroutines may have.
fn some_max(at: f64, n: u64) -> u64 {
    log_uniform(at, 1, (MOST_TOGETHER / n.max(1)).min(DAY))
}

/// Runs of a function that waits once, alone and at the same time.
pub fn one(seed: u64, depth: Depth) -> Vec<WaitScenario> {
    let Amounts { calls, together, .. } = amounts(depth);
    let mut drawn: Vec<WaitScenario> = Vec::new();
    for (i, [at, max]) in points(further_seed(seed, 3), calls).enumerate() {
        let max = log_uniform(max, 1, DAY);
        let delay = if i % 8 == 0 { max } else { fraction(at, max) };
        let scenario = WaitScenario::scripted(&format!("drawn-{i}"), max, &[delay]);
        let is_recorded = i.is_multiple_of(CALLS_FOR_EACH_RECORDED);
        drawn.push(if is_recorded { scenario } else { scenario.unrecorded() });
    }
    for (i, [_, max]) in points(further_seed(seed, 6), 3 * together).enumerate() {
        let n = 2 + i % 4;
        drawn.push(with_edges(seed, 15_000 + i, n, log_uniform(max, 1, DAY / n as u64)));
    }
    for (i, [_, max]) in points(further_seed(seed, 5), calls / 2).enumerate() {
        drawn.push(plain(seed, i, 1, log_uniform(max, 1, DAY)));
    }
    for (i, [from, max]) in points(further_seed(seed, 4), together).enumerate() {
        let n = log_uniform((i as f64 + from) / together as f64, 2, MOST);
        // a solution may list all delays for each call
        let max = log_uniform(max, 1, DAY / n);
        drawn.push(with_edges(seed, 10_000 + i, n as usize, max));
    }
    drawn.extend(round());
    drawn.extend((1..=3).map(|n| with_edges(seed, 20_000 + n, n, 2000)));
    drawn.extend(for_lists());
    drawn
}

/// The delay at a fraction of the range `0..=max`.
fn fraction(at: f64, max: u64) -> u64 {
    ((at * (max as f64 + 1.0)) as u64).min(max)
}

/// A scripted run without events, with delays drawn from the seed, among them both ends of the range.
fn with_edges(seed: u64, i: usize, n: usize, max: u64) -> WaitScenario {
    let mut rng = ChaCha8Rng::seed_from_u64(further_seed(seed, i as u64).rotate_left(32) ^ max);
    let mut delays: Vec<u64> = (0..n).map(|_| rng.random_range(0..=max)).collect();
    let place = rng.random_range(0..n.max(1));
    if n >= 2 || n == 1 && i.is_multiple_of(3) {
        delays[place] = max;
    }
    if n >= 3 {
        // not the first one: if all coroutines share its generator, another rule says so, unless all wait for no time
        delays[((place + 1) % n).max(1)] = 0;
    }
    if n >= 2 && delays[0] == 0 {
        delays[0] = 1;
    }
    WaitScenario::scripted(&format!("drawn-{i}"), max, &delays).unrecorded()
}

/// A seeded run without events.
fn plain(seed: u64, i: usize, n: usize, max: u64) -> WaitScenario {
    let scenario = WaitScenario::seeded(further_seed(seed, i as u64), n, max);
    scenario.named(format!("drawn-plain-{i}")).unrecorded()
}

/// Both ends of the range, and what is next to the upper one, for each [`ROUND`] `max_delay` and what is next to it.
fn round() -> impl Iterator<Item = WaitScenario> {
    let around = |round: u64| (round - 1..=(round + 1).min(DAY)).filter(|max| *max > 0);
    let mut maxima: Vec<u64> = ROUND.into_iter().flat_map(around).collect();
    maxima.dedup();
    maxima.into_iter().map(|max| {
        WaitScenario::scripted(&format!("ends-{max}"), max, &[max, max - 1, 0]).unrecorded()
    })
}

/// Single calls that show whether a solution makes a list of all delays: see
/// [`Habits`](crate::rules::Habits).
fn for_lists() -> impl Iterator<Item = WaitScenario> {
    [150_001, 170_001, 190_001]
        .into_iter()
        .map(|max| WaitScenario::scripted(&format!("list-{max}"), max, &[max / 3]).unrecorded())
}

/// The same call alone and in other manners, for different sizes.
pub fn manners(seed: u64, sizes: &[usize], manners: &[Manner]) -> Vec<WaitScenario> {
    let of_size = |n: usize| {
        let alone = plain(seed, 30_000 + n, n, 5000);
        let others: Vec<_> =
            manners.iter().map(|manner| alone.clone().in_manner(*manner)).collect();
        std::iter::once(alone).chain(others)
    };
    sizes.iter().copied().flat_map(of_size).collect()
}

/// By how many microseconds timers are late for a function that measures time: by odd times, so that a rounded result shows.
pub const LATE_BY_ODD: [u64; 4] = [337, 1253, 7301, 900_007];

/// By how many microseconds timers are late for other functions: by whole milliseconds. Otherwise each further wait of a
/// millisecond would take two of them, because timers end at whole milliseconds.
pub const LATE_BY_WHOLE: [u64; 4] = [1000, 3000, 8000, 900_000];

/// Calls on a machine that fires the first timer late, by these times in turn.
pub fn late(seed: u64, sizes: &[usize], by_micros: [u64; 4]) -> Vec<WaitScenario> {
    let one = |(i, n): (usize, &usize)| {
        let max = [50, 300, 2000, 5000][i % 4];
        let by = Duration::from_micros(by_micros[i % by_micros.len()]);
        with_edges(seed, 40_000 + i, *n, max).with_late_timer(by)
    };
    sizes.iter().enumerate().map(one).collect()
}

/// Seeded crowds of different sizes, each called twice, with a `max_delay` at which two of them rarely draw the same delay.
pub fn crowds(seed: u64) -> Vec<WaitScenario> {
    let sizes = [2, 21 + unforeseeable(seed, 4), 65 + unforeseeable(seed, 6)];
    let crowd_of = |n: usize| plain(seed, 50_000 + n, n, DAY / n as u64);
    sizes.into_iter().map(crowd_of).flat_map(|crowd| [crowd.again(), crowd]).collect()
}

/// Those that are made once more in another process.
pub fn elsewhere(scenarios: &[WaitScenario]) -> Vec<WaitScenario> {
    const MOST: usize = 5;
    let seeded = scenarios.iter().filter(|scenario| {
        matches!(scenario.rng_mode, crate::contract::scenario::RngMode::Seeded(_))
            && scenario.manner == Manner::Alone
            && scenario.calls == 1
            && scenario.input.n <= SMALL as usize
    });
    let mut by_size: Vec<&WaitScenario> = seeded.collect();
    by_size.sort_by_key(|scenario| (scenario.input.n, scenario.input.max_delay));
    let step = (by_size.len() / MOST).max(1);
    let again = |scenario: &&WaitScenario| {
        let name = format!("{}-elsewhere", scenario.name);
        (*scenario).clone().named(name).unrecorded()
    };
    by_size.iter().skip(step - 1).step_by(step).map(again).collect()
}
