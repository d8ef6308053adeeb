//! The normalized trace of a run: only what the contract fixes.
//!
//! It has when each coroutine waited, what was returned, how long the run took, and (if the contract asks for tasks)
//! how many waits had a task of their own. It leaves out polls, the order of starts within an instant, and whether the
//! solution uses `join_all` or a `JoinSet`. So nearly all right solutions have the same normalized trace. Snapshots
//! hold it, and a failing check shows it beside the student's run.

use std::time::Duration;

use crate::contract::Returned;
use crate::trace::{TaskId, Trace, Wait};

/// The part of a run that the contract fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalizedTrace {
    /// The waits, in the order of the generators.
    pub rows: Vec<Row>,
    /// Virtual time from the call to the return, or to the end of the run.
    pub elapsed: Duration,
    /// `None` if the function did not return.
    pub returned: Option<Returned>,
    /// How many tasks had a wait of some length; `None` if the contract does not ask for tasks.
    pub tasks: Option<usize>,
}

/// One wait, or one job.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name: that of a coroutine (`#3`, in the order in which the generators were made), or of a job (`job 3`).
    pub name: String,
    pub from: Duration,
    pub to: Duration,
    pub kind: RowKind,
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// It was awaited to its end.
    Waited,
    /// It was dropped before its end.
    Cancelled,
    /// It was made, but nobody awaited it.
    NeverAwaited,
    /// It was a job that nobody polled.
    NeverBegun,
}

impl NormalizedTrace {
    /// The normalized trace of a run of part one. `delays` are the delays that the scenario prescribes, if it does.
    /// `tasks`: whether the contract asks for tasks.
    pub fn of_waits(
        trace: &Trace,
        returned: Option<Returned>,
        delays: Option<&[Duration]>,
        tasks: bool,
    ) -> Self {
        let waits = trace.waits();
        let rows = delays.and_then(|delays| rows_by_delay(&waits, delays)).unwrap_or_else(|| {
            waits.iter().enumerate().map(|(i, wait)| row(wait, numbered(i), trace)).collect()
        });
        Self {
            rows,
            elapsed: trace.elapsed,
            returned,
            tasks: tasks.then(|| tasks_with_a_wait(&waits)),
        }
    }

    /// The normalized trace of a function that waits for all `delays` at the same time, and returns them in ascending
    /// order.
    pub fn concurrent(delays: &[Duration], tasks: bool) -> Self {
        let row = |(i, delay): (usize, &Duration)| Row {
            name: numbered(i),
            from: Duration::ZERO,
            to: *delay,
            kind: RowKind::Waited,
        };
        let mut returned = delays.to_vec();
        returned.sort();
        Self {
            rows: delays.iter().enumerate().map(row).collect(),
            elapsed: returned.last().copied().unwrap_or_default(),
            tasks: tasks.then(|| delays.iter().filter(|delay| !delay.is_zero()).count()),
            returned: Some(Returned::Durations(returned)),
        }
    }

    /// The end of the last row, or of the run, whichever is later.
    pub fn end(&self) -> Duration {
        self.rows.iter().map(|row| row.to).max().unwrap_or_default().max(self.elapsed)
    }
}

/// One row for each prescribed delay, if the waits that reached their end are exactly those delays. A delay of zero
/// needs no wait.
fn rows_by_delay(waits: &[Wait], delays: &[Duration]) -> Option<Vec<Row>> {
    let mut left: Vec<&Wait> = waits.iter().filter(|wait| !wait.length().is_zero()).collect();
    let mut rows = Vec::with_capacity(delays.len());
    for (i, delay) in delays.iter().enumerate() {
        let (from, to) = if delay.is_zero() {
            (Duration::ZERO, Duration::ZERO)
        } else {
            let at = left.iter().position(|wait| wait.length() == *delay)?;
            left.remove(at).span?
        };
        rows.push(Row { name: numbered(i), from, to, kind: RowKind::Waited });
    }
    left.is_empty().then_some(rows)
}

/// The name of the coroutine with this index.
fn numbered(index: usize) -> String {
    format!("#{}", index + 1)
}

fn row(wait: &Wait, name: String, trace: &Trace) -> Row {
    let (from, to, kind) = match wait.span {
        None => (wait.made, wait.made, RowKind::NeverAwaited),
        Some((from, to)) if wait.done => (from, to, RowKind::Waited),
        Some((from, to)) => (from, to.min(trace.elapsed.max(from)), RowKind::Cancelled),
    };
    Row { name, from, to, kind }
}

/// How many tasks (without the caller) had a wait of some length.
fn tasks_with_a_wait(waits: &[Wait]) -> usize {
    let mut tasks: Vec<TaskId> = waits
        .iter()
        .filter(|wait| !wait.task.is_caller() && !wait.length().is_zero())
        .map(|wait| wait.task)
        .collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::waits::Durations;
    use crate::fixture::{MS, TraceFixture};

    /// The normalized trace of a run without prescribed delays.
    fn of(fixture: TraceFixture) -> NormalizedTrace {
        {
            let returned =
                fixture.run.trace.output().map(|Durations(all)| Returned::Durations(all));
            NormalizedTrace::of_waits(&fixture.run.trace, returned, None, true)
        }
    }

    #[test]
    fn waits_without_prescribed_delays_are_numbered_as_they_are_made() {
        let fixture = TraceFixture::of("wait_n", &[]).elapsed(20).returns(&[20]);
        let fixture =
            fixture.wait(1, 1, 0, 10).gives_up(1, 2, 5, 30).sleep(1, 2, 7).gives_up(1, 0, 20, 30);
        let row = |number: usize, from, to, kind| Row {
            name: format!("#{number}"),
            from: MS(from),
            to: MS(to),
            kind,
        };
        let normalized = of(fixture);
        assert_eq!(
            normalized.rows,
            [
                row(1, 0, 10, RowKind::Waited),
                row(2, 5, 20, RowKind::Cancelled),
                row(3, 7, 7, RowKind::NeverAwaited),
                row(4, 20, 20, RowKind::Cancelled),
            ]
        );
        assert_eq!(normalized.tasks, Some(1), "with a wait that reached its end");
        assert_eq!(normalized.returned, Some(Returned::Durations(vec![MS(20)])));
    }

    #[test]
    fn prescribed_delays_are_the_rows_if_there_are_no_other_waits() {
        let rows = |fixture: &TraceFixture| {
            let normalized = NormalizedTrace::of_waits(
                &fixture.run.trace,
                None,
                fixture.scenario.delays().as_deref(),
                false,
            );
            let row = |row: &Row| (row.name.clone(), row.from.as_millis(), row.to.as_millis());
            normalized.rows.iter().map(row).collect::<Vec<_>>()
        };
        let row = |name: &str, from, to| (name.to_string(), from, to);
        let fixture = TraceFixture::of("wait_n", &[30, 0, 10]).wait(1, 1, 0, 10).wait(1, 2, 5, 35);
        assert_eq!(rows(&fixture), [row("#1", 5, 35), row("#2", 0, 0), row("#3", 0, 10)]);
        assert_eq!(
            rows(&fixture.wait(1, 3, 0, 7)),
            [row("#1", 0, 10), row("#2", 5, 35), row("#3", 0, 7)],
            "as made"
        );
    }

    #[test]
    fn a_normalized_trace_ends_with_its_last_row_or_with_the_run() {
        assert_eq!(of(TraceFixture::of("wait_n", &[]).wait(1, 0, 0, 30).elapsed(20)).end(), MS(30));
        assert_eq!(of(TraceFixture::of("wait_n", &[]).wait(1, 0, 0, 30).elapsed(40)).end(), MS(40));
    }

    #[test]
    fn waits_at_the_same_time_end_with_the_longest_and_each_has_a_task() {
        let normalized = NormalizedTrace::concurrent(&[MS(30), MS(0), MS(10)], true);
        assert_eq!(
            (normalized.elapsed, normalized.tasks),
            (MS(30), Some(2)),
            "a wait of length zero needs no task"
        );
        assert_eq!(normalized.returned, Some(Returned::Durations(vec![MS(0), MS(10), MS(30)])));
        assert_eq!(NormalizedTrace::concurrent(&[MS(30)], false).tasks, None);
    }
}
