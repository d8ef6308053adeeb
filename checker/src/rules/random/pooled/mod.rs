//! Tests of delays that were drawn with different `max_delay`: each on its own shows nothing, but together they do.
//!
//! The tests are functions over plain data. `ends` looks at the two ends of the range, `grid` at delays that are
//! multiples of something, `bins` at parts of the range that come too often or too seldom, `serial` at one call
//! after another, and `sharing` at equal delays of one call. `rule` collects the delays of a task.

use std::collections::BTreeMap;
use std::time::Duration;

use bounds::Tally;

use crate::format::time;
use crate::verdict::code::Code;

pub use rule::POOLED;

mod bins;
mod bounds;
mod ends;
mod grid;
mod rule;
mod serial;
mod sharing;

/// One delay, and the end of the range from which it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    pub delay_ms: u64,
    pub max_ms: u64,
}

/// All codes that [`uneven`] may report.
pub const CODES: [Code; 4] =
    [Code::SameGenerator, Code::BoundExcluded, Code::LowResolution, Code::Skewed];

/// What a test finds: the code, and a sentence with the numbers.
type Found = (Code, String);

/// Compares the delays with independent uniform draws. Each group holds the delays of one call; groups are in the order
/// of the calls. Returns the most likely mistake as a code and a sentence.
///
/// The delays of a call with n > 1 may be in any order. Draws over an empty range, and delays above their maximum, are
/// ignored.
pub fn uneven(groups: &[&[Draw]]) -> Option<(Code, String)> {
    let shared = sharing::sharing(groups);
    let draws = match shared {
        None => groups.iter().flat_map(|group| group.iter().copied()).collect(),
        // coroutines that share a seed give each delay several times, so each counts once
        Some(_) => groups.iter().flat_map(|group| different(group)).collect::<Vec<_>>(),
    };
    let draws: Vec<Draw> = draws.into_iter().filter(Draw::is_usable).collect();
    // equal delays may also come from a draw with few results, so `shared` comes after the tests of single draws
    ends::left_out(&draws)
        .or_else(|| grid::grid(&draws))
        .or_else(|| ends::uneven(&draws))
        .or_else(|| bins::bins(&draws))
        .or(shared)
        .or_else(|| serial::serial(groups))
}

/// The different delays of one call.
fn different(group: &[Draw]) -> Vec<Draw> {
    let mut draws = group.to_vec();
    draws.sort_unstable_by_key(|draw| (draw.max_ms, draw.delay_ms));
    draws.dedup();
    draws
}

/// So long a `max_delay`, in milliseconds, and longer ones are ignored. (A day is the longest that a contract allows.)
const LONGEST: u64 = 1 << 40;

impl Draw {
    fn is_usable(&self) -> bool {
        (1..LONGEST).contains(&self.max_ms) && self.delay_ms <= self.max_ms
    }
}

/// Where the scales of `max_delay` begin, in milliseconds. A solution may treat large ranges in another way than small
/// ones.
const SCALES: [u64; 8] = [1, 10, 100, 1000, 10_000, 60_000, 3_600_000, 36_000_000];

/// The scale of a `max_delay`, as an index of [`SCALES`].
fn scale_of(max: u64) -> usize {
    SCALES.iter().rposition(|from| max >= *from).unwrap_or_default()
}

/// How often each `max_delay` comes.
fn maxima<'a>(draws: impl IntoIterator<Item = &'a Draw>) -> BTreeMap<u64, usize> {
    let mut maxima = BTreeMap::new();
    let mut last: Option<(u64, usize)> = None;
    for draw in draws {
        match &mut last {
            Some((max, times)) if *max == draw.max_ms => *times += 1,
            _ => {
                if let Some((max, times)) = last.replace((draw.max_ms, 1)) {
                    *maxima.entry(max).or_default() += times;
                }
            }
        }
    }
    if let Some((max, times)) = last {
        *maxima.entry(max).or_default() += times;
    }
    maxima
}

/// The words for draws whose `max_delay` is `from` milliseconds or more.
fn at_least(from: u64) -> String {
    if from <= SCALES[0] {
        String::new()
    } else {
        format!("With max_delay of {} or more, ", shown(from))
    }
}

/// The words for draws whose `max_delay` is of one scale; of any scale, if there is none.
fn within(scale: Option<usize>) -> String {
    match scale {
        None => String::new(),
        Some(0) => format!("With max_delay below {}, ", shown(SCALES[1])),
        Some(scale) => match SCALES.get(scale + 1) {
            Some(until) => {
                format!("With max_delay of {} to {}, ", shown(SCALES[scale]), shown(*until))
            }
            None => at_least(SCALES[scale]),
        },
    }
}

/// A sentence that begins with `scope`, which may be empty.
fn sentence(scope: &str, rest: &str) -> String {
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) if scope.is_empty() => first.to_uppercase().chain(letters).collect(),
        _ => format!("{scope}{rest}"),
    }
}

/// A sentence that compares how often something came with how often it is expected. `what` is a verb with its object.
fn compare(scope: &str, tally: &Tally, what: &str) -> String {
    let Tally { count, draws, expected, .. } = *tally;
    let many = match count {
        0 => format!("none of {draws} delays"),
        _ if count == draws => format!("all of {draws} delays"),
        _ if (count as f64) < expected => format!("only {count} of {draws} delays"),
        _ => format!("{count} of {draws} delays"),
    };
    let expected = match expected {
        few if few < 0.1 => "fewer than 0.1 are".into(),
        few if few < 10.0 => format!("about {few:.1} are"),
        many => format!("about {many:.0} are"),
    };
    sentence(scope, &format!("{many} {what}, but {expected} expected."))
}

fn shown(ms: u64) -> String {
    time(Duration::from_millis(ms))
}

#[cfg(test)]
mod tests;
