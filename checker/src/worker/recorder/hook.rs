//! The hooks of the runtime: they report spawns, polls and ends of tasks, and when the runtime waits.

use std::panic::Location;

use tokio::task::Id;
use tokio::time::Instant;

use super::with;
use crate::trace::{EventKind, SourceLocation};

/// A task was spawned, at this place.
pub(crate) fn spawned(id: Id, at: &'static Location<'static>) {
    with(|r| {
        let task = r.task_number(Some(id));
        let place = SourceLocation { file: at.file().into(), line: at.line() };
        r.push(EventKind::Spawned { task, place });
    });
}

/// A spawned task was polled.
pub(crate) fn polled() {
    let mut waker = None;
    with(|r| {
        r.polls_of_tasks += 1;
        let polls = r.polls_of_tasks;
        waker = r.wake_after.take_if(|(limit, _)| polls > *limit);
    });
    if let Some((_, waker)) = waker {
        waker.wake();
    }
}

/// A task has ended.
pub(crate) fn ended(id: Id) {
    with(|r| {
        let task = r.task_number(Some(id));
        r.push(EventKind::Ended { task });
    });
}

/// The runtime has nothing to do and waits. From now on, the clock may move.
pub(crate) fn parked() {
    with(|r| {
        r.check_clock();
        r.pause_wall();
    });
}

/// The runtime continues, perhaps at a later virtual time.
pub(crate) fn unparked() {
    with(|r| {
        if let Some((_, origin)) = r.runtime {
            let now = || Instant::now().saturating_duration_since(origin);
            if !now().is_zero() {
                r.delay_timer();
            }
            let now = now();
            if now != r.now {
                r.jumps.push(now);
            }
            r.now = now;
        }
        r.resume_wall();
    });
}
