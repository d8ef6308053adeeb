//! The jobs that a function of part two is given: futures that record what becomes of them.
//!
//! In: how long each job takes. Out: events in the trace, and outputs that show which job they came from.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Sleep;

use crate::contract::jobs::{JobList, JobOutputs};
use crate::trace::{EventKind, JobId};
use crate::worker::recorder;

/// A future that waits for a time, and yields a [`JobOutput`]. It does nothing before it is polled.
#[derive(Debug)]
pub struct Job {
    id: JobId,
    takes: Duration,
    state: State,
}

#[derive(Debug)]
enum State {
    New,
    Waits(Pin<Box<Sleep>>),
    Done,
}

/// What a job yields. Only a job can make it, and nobody can copy it.
#[derive(Debug)]
pub struct JobOutput(JobId);

/// The jobs of a list.
pub fn jobs(list: &JobList) -> Vec<Job> {
    let job =
        |(i, takes): (usize, &Duration)| Job { id: JobId(i), takes: *takes, state: State::New };
    list.0.iter().enumerate().map(job).collect()
}

/// The jobs that these outputs came from.
pub fn outputs(outputs: impl IntoIterator<Item = JobOutput>) -> JobOutputs {
    JobOutputs(outputs.into_iter().map(|JobOutput(id)| id).collect())
}

impl Future for Job {
    type Output = JobOutput;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<JobOutput> {
        let job = self.id;
        loop {
            match &mut self.state {
                State::New => {
                    recorder::record(EventKind::JobBegan { job });
                    // the job itself is recorded, and its sleep is the checker's own
                    let sleep = recorder::unrecorded(|| tokio::time::sleep(self.takes));
                    self.state = State::Waits(Box::pin(sleep));
                }
                State::Waits(sleep) => {
                    if sleep.as_mut().poll(cx).is_pending() {
                        return Poll::Pending;
                    }
                    self.state = State::Done;
                    recorder::record(EventKind::JobDone { job });
                    return Poll::Ready(JobOutput(job));
                }
                State::Done => {
                    recorder::record(EventKind::JobPolledAgain { job });
                    return Poll::Pending;
                }
            }
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !matches!(self.state, State::Done) {
            recorder::record(EventKind::JobDropped { job: self.id });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;
    use crate::contract::scenario::{RngMode, Scenario};
    use crate::contract::waits::WaitInput;
    use crate::trace::{JobSpan, Run, TaskId};
    use crate::worker::clock;
    use crate::worker::generator::Role;
    use crate::worker::subject::{Boxed, Subject, all_at_once};

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Waits for all of these at once.
    async fn all(jobs: Vec<Job>) -> Vec<JobOutput> {
        all_at_once(jobs.into_iter().map(|job| Box::pin(job) as Boxed<_>).collect()).await
    }

    /// A run in which `f` is given jobs that take 30, 10 and 20 ms.
    fn run(f: impl Fn(Vec<Job>) -> Boxed<'static, Vec<JobOutput>> + 'static) -> Run {
        let input = WaitInput::of(3, 30);
        let scenario = Scenario::new("test".into(), input, RngMode::RawWords(Vec::new())).erased();
        let subject = Subject::of_async("f", Role::Draws, move |_, _: WaitInput| {
            let returned = f(jobs(&JobList::of(&[30, 10, 20])));
            Box::pin(async move {
                let JobOutputs(ids) = outputs(returned.await);
                // (an output of another type, as a place in the list for each job)
                crate::contract::waits::Durations(ids.iter().map(|id| MS(id.0 as u64)).collect())
            })
        });
        clock::run(&subject, &scenario)
    }

    fn span(job: usize, began: u64, done: Option<u64>, dropped: Option<u64>) -> JobSpan {
        JobSpan {
            job: JobId(job),
            task: TaskId::CALLER,
            began: Some(MS(began)),
            done: done.map(MS),
            dropped: dropped.map(MS),
        }
    }

    #[test]
    fn jobs_tell_when_they_begin_and_are_done_and_nothing_else_is_recorded() {
        let trace = run(|jobs| Box::pin(all(jobs))).trace;
        assert_eq!(trace.elapsed, MS(30));
        let done = |job, at| span(job, 0, Some(at), None);
        assert_eq!(trace.jobs(), [done(0, 30), done(1, 10), done(2, 20)]);
        assert_eq!(trace.waits(), [], "their sleeps are not the student's");
        assert_eq!(trace.events.len(), 6);
    }

    #[test]
    fn a_job_that_is_dropped_is_cancelled_and_one_that_was_never_polled_never_began() {
        let trace = run(|mut jobs| {
            Box::pin(async move {
                let (_never, second, first) =
                    (jobs.pop(), jobs.pop().unwrap(), jobs.pop().unwrap());
                tokio::select! { output = first => vec![output], output = second => vec![output] }
            })
        })
        .trace;
        assert_eq!(trace.elapsed, MS(10));
        let never = JobSpan { began: None, ..span(2, 0, None, Some(10)) };
        assert_eq!(trace.jobs(), [span(0, 0, None, Some(10)), span(1, 0, Some(10), None), never]);
    }

    #[test]
    fn jobs_may_run_in_tasks() {
        let trace = run(|jobs| {
            Box::pin(async move {
                let tasks: Vec<_> = jobs.into_iter().map(tokio::spawn).collect();
                let mut outputs = Vec::new();
                for task in tasks {
                    outputs.push(task.await.unwrap());
                }
                outputs
            })
        })
        .trace;
        let tasks: Vec<usize> = trace.jobs().iter().map(|job| job.task.0).collect();
        assert_eq!(tasks, [1, 2, 3]);
    }

    #[test]
    fn a_job_that_is_polled_after_its_end_says_so_and_a_run_that_waits_for_one_is_not_a_deadlock() {
        let trace = run(|mut jobs| {
            Box::pin(async move {
                let mut job = jobs.remove(0);
                let output = (&mut job).await;
                let again = poll_fn(|cx| Poll::Ready(Pin::new(&mut job).poll(cx))).await;
                assert!(again.is_pending());
                vec![output]
            })
        })
        .trace;
        let again = EventKind::JobPolledAgain { job: JobId(0) };
        assert!(trace.events.iter().any(|event| event.what == again));
        let endless = run(|_| {
            Box::pin(async {
                let list = JobList::of(&[86_400_000]);
                jobs(&list).remove(0).await;
                vec![]
            })
        });
        assert_eq!(endless.trace.ending, crate::trace::Termination::VirtualLimit);
    }
}
