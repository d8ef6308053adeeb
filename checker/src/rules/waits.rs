//! From sleeps to waits: what each future of the dependency waited for.

use std::time::Duration;

use super::WaitRun;
use crate::trace::Wait;

/// One wait for each future of the dependency, as far as the trace shows it.
///
/// Usually each future makes one sleep. But a `wait_random` may also cut its wait into pieces, or make a shorter sleep
/// beside it. So if there are more sleeps than futures, there are two attempts to explain the returned delays: pieces that
/// follow each other are joined, or the sleeps that have the returned lengths are picked. If neither explains the returned
/// delays, each sleep counts as a wait.
pub fn waits(case: &WaitRun) -> Vec<Wait> {
    let mut sleeps: Vec<Wait> = case.done_by_dependency().into_iter().cloned().collect();
    let returned = case.returned().unwrap_or_default();
    let mut positive: Vec<Duration> =
        returned.iter().copied().filter(|delay| !delay.is_zero()).collect();
    positive.sort();
    let in_pieces = case.dependency.may_wait_several_times();
    let each_is_a_wait = case.dependency.waits_once()
        || sleeps.len() <= case.scenario.input.n && !in_pieces
        || sorted_lengths(&sleeps) == positive;
    if each_is_a_wait || positive.is_empty() {
        return sleeps;
    }
    sleeps.sort_by_key(|wait| wait.span);
    let joined = joined(&sleeps);
    if sorted_lengths(&joined) == positive {
        return joined;
    }
    let mut left = sleeps.clone();
    let picked: Option<Vec<Wait>> = positive
        .iter()
        .map(|delay| left.iter().position(|wait| wait.length() == *delay).map(|at| left.remove(at)))
        .collect();
    let all_of_them = case.begun_by_dependency() == Some(case.scenario.input.n);
    match picked {
        Some(picked) if in_pieces && (all_of_them || case.elapsed() == longest(&picked)) => picked,
        Some(picked) if sleeps.len() >= 2 * picked.len() => picked,
        _ => sleeps,
    }
}

/// Joins sleeps of one task where one begins in the instant in which another one ends.
fn joined(sleeps: &[Wait]) -> Vec<Wait> {
    let mut joined: Vec<Wait> = Vec::new();
    for sleep in sleeps {
        let Some((from, to)) = sleep.span else { continue };
        let before = joined.iter_mut().find(|wait| {
            !from.is_zero()
                && wait.task == sleep.task
                && wait.span.is_some_and(|(_, end)| end == from)
        });
        match before.and_then(|wait| wait.span.as_mut()) {
            Some(span) => span.1 = to,
            None => joined.push(sleep.clone()),
        }
    }
    joined
}

/// The lengths of the waits, the shortest first.
pub fn sorted_lengths(waits: &[Wait]) -> Vec<Duration> {
    let mut lengths: Vec<Duration> = waits.iter().map(Wait::length).collect();
    lengths.sort();
    lengths
}

/// The length of the longest wait; zero if there is none.
pub fn longest(waits: &[Wait]) -> Duration {
    waits.iter().map(Wait::length).max().unwrap_or_default()
}

/// The most waits that ran at the same time.
pub fn most_at_once(waits: &[Wait]) -> usize {
    let mut changes: Vec<(Duration, i32)> = waits
        .iter()
        .filter_map(|wait| wait.span)
        .flat_map(|(from, to)| [(from, 1), (to, -1)])
        .collect();
    // a wait that ends in an instant is counted out before a wait that begins in it
    changes.sort();
    let (mut now, mut most) = (0, 0);
    for (_, change) in changes {
        now += change;
        most = most.max(now);
    }
    most as usize
}
