//! Calls a function in the manner that the scenario asks for: see [`Manner`].

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

use crate::contract::manner::Manner;
use crate::contract::scenario::{RngMode, Scenario};
use crate::worker::recorder;
use crate::worker::subject::Boxed;

/// Awaits the future of a call that was just made: late, or in two tasks, if the scenario asks for it. A task's subject
/// awaits the student's future through this function.
pub async fn awaited<F: Future>(future: F) -> F::Output {
    let manner = recorder::manner();
    if manner == Manner::Alone {
        return future.await;
    }
    let mut future = pin!(future);
    if manner == Manner::PolledLate {
        sleep(Manner::LATE).await;
    }
    let begun = Instant::now();
    if manner == Manner::Moved {
        // nobody hears this waker: the next poll brings another one
        let first = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(output) = first {
            return output;
        }
    }
    let output = future.await;
    if matches!(manner, Manner::PolledLate | Manner::Moved) {
        recorder::call_took(begun.elapsed());
    }
    output
}

/// Awaits another call before the call that is judged, to its end or only half of it.
pub(super) async fn before(scenario: &Scenario, other: impl FnOnce() -> Boxed<'static, Value>) {
    match scenario.manner {
        // if it never ends, that shows in a call alone
        Manner::AfterAnother => drop(timeout(scenario.budget.virtual_time(), other()).await),
        Manner::AfterDropped => {
            let half = whole_ms(scenario.budget.longest_wait / 2);
            let mut other = other();
            // polled first, so that both begin in the same instant
            let mut half = pin!(sleep(half));
            poll_fn(|cx| {
                let other = other.as_mut().poll(cx);
                if other.is_ready() { Poll::Ready(()) } else { half.as_mut().poll(cx) }
            })
            .await;
        }
        _ => {}
    }
}

/// A sleep ends at a whole millisecond of the runtime's clock, and so must a call begin.
fn whole_ms(duration: Duration) -> Duration {
    Duration::from_millis(duration.as_millis() as u64)
}

/// Awaits `call`, and another call at the same time, which begins first. The result is that of `call`.
pub(super) async fn beside(other: Boxed<'static, Value>, mut call: Boxed<'static, Value>) -> Value {
    let (mut other, mut returned) = (Some(other), None);
    let begun = Instant::now();
    poll_fn(|cx| {
        if other.as_mut().is_some_and(|other| other.as_mut().poll(cx).is_ready()) {
            other = None;
        }
        if returned.is_none()
            && let Poll::Ready(value) = call.as_mut().poll(cx)
        {
            recorder::call_took(begun.elapsed());
            returned = Some(value);
        }
        if other.is_some() {
            Poll::Pending
        } else {
            returned.take().map_or(Poll::Pending, Poll::Ready)
        }
    })
    .await
}

/// The mode of the generator for the other call: the same kind of generator, which yields other numbers.
pub(super) fn of_other(mode: &RngMode) -> RngMode {
    match mode {
        RngMode::Seeded(key) => RngMode::Seeded(key.map(|byte| !byte)),
        other => other.clone(),
    }
}
