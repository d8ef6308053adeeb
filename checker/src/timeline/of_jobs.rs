//! Makes a timeline and a normalized trace of a run with jobs: one row for each job.

use std::time::Duration;

use super::normalized::{self, NormalizedTrace, RowKind};
use super::{End, Row, Span, State, Timeline};
use crate::contract::Returned;
use crate::trace::{EventKind, JobId, JobSpan, Run, Trace};

impl NormalizedTrace {
    /// The normalized trace of a run with `n` jobs.
    pub fn of_jobs(trace: &Trace, returned: Option<Returned>, n: usize) -> Self {
        let row = |span: &JobSpan| {
            let (began, end) = (span.began.unwrap_or_default(), end_of(span, trace.elapsed));
            let kind = match span {
                JobSpan { began: None, .. } => RowKind::NeverBegun,
                JobSpan { done: Some(_), .. } => RowKind::Waited,
                _ => RowKind::Cancelled,
            };
            normalized::Row { name: span.job.to_string(), from: began, to: end, kind }
        };
        let rows = all_jobs(trace, n).iter().map(row).collect();
        Self { rows, elapsed: trace.elapsed, returned, tasks: None }
    }

    /// The normalized trace of a run whose jobs begin and end at these times.
    pub fn of_spans(spans: &[(Duration, Duration)], returned: Returned) -> Self {
        let row = |(i, (from, to)): (usize, &(Duration, Duration))| normalized::Row {
            name: JobId(i).to_string(),
            from: *from,
            to: *to,
            kind: RowKind::Waited,
        };
        let elapsed = spans.iter().map(|(_, to)| *to).max().unwrap_or_default();
        let rows = spans.iter().enumerate().map(row).collect();
        Self { rows, elapsed, returned: Some(returned), tasks: None }
    }
}

impl Timeline {
    /// The timeline of a run with `n` jobs. `blocking` says whether the time for which a row blocked the thread is shown.
    pub fn of_jobs(run: &Run, returned: Option<Returned>, n: usize, blocking: bool) -> Self {
        let trace = &run.trace;
        let has_returned = trace.has_returned();
        let last_event = trace.events.last().map_or(Duration::ZERO, |event| event.at);
        // a run that does not return is ended long after its last event
        let elapsed = if has_returned { trace.elapsed } else { last_event };
        let blocked = if blocking { blocked(run) } else { Vec::new() };
        let mut rows: Vec<Row> = all_jobs(trace, n)
            .iter()
            .map(|span| {
                let of_job = blocked.iter().filter(|(job, _)| *job == Some(span.job));
                Row { blocked: of_job.map(|(_, lasting)| *lasting).sum(), ..row(span, elapsed) }
            })
            .collect();
        let of_others = blocked.iter().filter(|(job, _)| job.is_none());
        let of_others: Duration = of_others.map(|(_, lasting)| *lasting).sum();
        if !of_others.is_zero() {
            rows.push(Row { blocked: of_others, ..without_waits("caller", End::Returned) });
        }
        rows.extend((0..trace.leftover_threads).map(|_| without_waits("thread", End::Alive)));
        Self { rows, elapsed, returned, separate: false }
    }
}

/// Every job of a list of `n`. A job without any event was never polled, and was not dropped before the end.
fn all_jobs(trace: &Trace, n: usize) -> Vec<JobSpan> {
    let known = trace.jobs();
    let untouched = |job| JobSpan {
        job,
        task: crate::trace::TaskId::CALLER,
        began: None,
        done: None,
        dropped: None,
    };
    let span = |i| {
        let known = known.iter().find(|span| span.job == JobId(i));
        known.cloned().unwrap_or_else(|| untouched(JobId(i)))
    };
    (0..n).map(span).collect()
}

/// When a job was done or dropped; the end of the run if neither happened.
fn end_of(span: &JobSpan, elapsed: Duration) -> Duration {
    span.done.or(span.dropped).unwrap_or(elapsed)
}

fn row(span: &JobSpan, elapsed: Duration) -> Row {
    let task = !span.task.is_caller();
    let name = span.job.to_string();
    let Some(began) = span.began else {
        return Row { task, ..without_waits(&name, End::NeverPolled) };
    };
    let waiting = Span { from: began, to: end_of(span, elapsed), state: State::Waiting };
    let idle = Span { from: Duration::ZERO, to: began, state: State::Idle };
    let spans = if began.is_zero() { vec![waiting] } else { vec![idle, waiting] };
    let end = match span {
        JobSpan { done: Some(_), .. } => End::Returned,
        JobSpan { dropped: Some(_), .. } => End::Cancelled,
        _ => End::Alive,
    };
    Row { name, task, spans, end, blocked: Duration::ZERO }
}

fn without_waits(name: &str, end: End) -> Row {
    Row { name: name.into(), task: false, spans: Vec::new(), end, blocked: Duration::ZERO }
}

/// Each stretch in which the thread was blocked: the job that blocked it, if the last event before it names one, and
/// how long it lasted.
fn blocked(run: &Run) -> Vec<(Option<JobId>, Duration)> {
    let job = |after: &usize| match run.trace.events.get(after.checked_sub(1)?)?.what {
        EventKind::JobBegan { job } | EventKind::JobDone { job } => Some(job),
        _ => None,
    };
    run.wall.blocked.iter().map(|(after, lasting)| (job(after), *lasting)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, TaskId, Termination, Wall};

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Three jobs: the first is done after 20 ms in a task, the second is dropped then, the third is never touched.
    fn run() -> Run {
        let job = JobId;
        let event = |at, task, what| Event { at: MS(at), task: TaskId(task), what };
        let events = vec![
            event(0, 1, EventKind::JobBegan { job: job(0) }),
            event(5, 0, EventKind::JobBegan { job: job(1) }),
            event(20, 1, EventKind::JobDone { job: job(0) }),
            event(20, 0, EventKind::JobDropped { job: job(1) }),
        ];
        let returned = Termination::Returned(serde_json::Value::Null);
        let trace = Trace { events, elapsed: MS(20), ..Trace::ended(returned) };
        let blocked = vec![(1, MS(7)), (3, MS(2)), (4, MS(1))];
        Run { trace, wall: Wall { blocked, ..Wall::default() } }
    }

    #[test]
    fn each_job_has_a_row_that_tells_what_became_of_it() {
        let timeline = Timeline::of_jobs(&run(), None, 3, true);
        let told: Vec<(&str, bool, End, Duration)> = timeline
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.task, row.end, row.blocked))
            .collect();
        assert_eq!(
            told,
            [
                ("job 1", true, End::Returned, MS(9)),
                ("job 2", false, End::Cancelled, MS(0)),
                ("job 3", false, End::NeverPolled, MS(0)),
                ("caller", false, End::Returned, MS(1)),
            ]
        );
        let second: Vec<_> = timeline.rows[1].spans.iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(second, [(MS(0), MS(5)), (MS(5), MS(20))], "it begins late");
        assert_eq!(Timeline::of_jobs(&run(), None, 3, false).rows.len(), 3, "nothing is blocked");
    }

    #[test]
    fn a_normalized_trace_of_jobs_tells_no_tasks_and_no_blocking() {
        let normalized = NormalizedTrace::of_jobs(&run().trace, None, 3);
        let rows: Vec<_> = normalized
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.from, row.to, row.kind))
            .collect();
        assert_eq!(
            rows,
            [
                ("job 1", MS(0), MS(20), RowKind::Waited),
                ("job 2", MS(5), MS(20), RowKind::Cancelled),
                ("job 3", MS(0), MS(20), RowKind::NeverBegun),
            ]
        );
        assert_eq!((normalized.elapsed, normalized.tasks), (MS(20), None));
    }
}
