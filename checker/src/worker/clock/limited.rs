//! A future with limits, so that it always ends.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

use super::GRACE;
use crate::trace::Termination;
use crate::worker::recorder::{self, Recording};
use crate::worker::subject::Boxed;

/// Polls a future until it returns, or until it reaches the limit of virtual time or of polls. The output is how it
/// ended, the virtual time that it took, and the recording, which stops at the poll in which the future returned
/// (`None` if a limit ended it).
pub(super) struct Limited<'a> {
    coroutine: Boxed<'a, Value>,
    limit: Pin<Box<Sleep>>,
    started: Instant,
    polls: usize,
    most_polls: usize,
    returned: Option<(Termination, Duration, Option<Recording>)>,
    grace: usize,
    /// How many tasks there were in the last round.
    alive: usize,
}

impl<'a> Limited<'a> {
    pub fn new(coroutine: Boxed<'a, Value>, limit: Pin<Box<Sleep>>, most_polls: usize) -> Self {
        Self {
            coroutine,
            limit,
            started: Instant::now(),
            polls: 0,
            most_polls,
            returned: None,
            grace: GRACE,
            alive: usize::MAX,
        }
    }
}

impl Future for Limited<'_> {
    type Output = (Termination, Duration, Option<Recording>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.returned.is_none() {
            this.polls += 1;
            recorder::wake_after(this.most_polls, cx.waker());
            if this.polls.saturating_add(recorder::polls_of_tasks()) > this.most_polls {
                return Poll::Ready((Termination::PollLimit, this.started.elapsed(), None));
            }
            // asked first: this timer must not wake a future that nothing else would wake
            if this.limit.as_mut().poll(cx).is_ready() {
                let ending = if !recorder::a_sleep_waits() {
                    // a wait on another clock has only just begun, and should still get into the trace
                    std::thread::sleep(Duration::from_millis(30));
                    Termination::Deadlock
                } else {
                    Termination::VirtualLimit
                };
                return Poll::Ready((ending, this.started.elapsed(), None));
            }
            let Poll::Ready(value) = this.coroutine.as_mut().poll(cx) else {
                return Poll::Pending;
            };
            let recording = Some(recorder::stop());
            this.returned = Some((Termination::Returned(value), this.started.elapsed(), recording));
        }
        let alive = Handle::current().metrics().num_alive_tasks();
        // if very many tasks were aborted, it takes some rounds until they are gone
        let fewer = alive < std::mem::replace(&mut this.alive, alive);
        if this.grace == 0 && !fewer {
            return Poll::Ready(this.returned.take().expect("set above"));
        }
        this.grace = this.grace.saturating_sub(1);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
