//! Virtual time and real time: whether the student's code moved the clock, and how long it held its thread.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::{Duration, Instant as WallInstant};

use tokio::runtime::Handle;
use tokio::time::Instant;

use super::Recording;
use crate::trace::{Event, EventKind, Wall};

/// The thread counts as blocked after so much real time without an event. A right solution needs microseconds.
const BLOCKED: Duration = Duration::from_millis(1);

impl Recording {
    /// Records a move of the clock by the student's code. (Virtual time stands still while code runs, unless that code
    /// moves it.)
    pub(super) fn check_clock(&mut self) {
        let Some((id, origin)) = self.runtime else { return };
        if !Handle::try_current().is_ok_and(|handle| handle.id() == id) {
            return;
        }
        let to = Instant::now().saturating_duration_since(origin);
        if to != self.now {
            self.now = to;
            let task = self.task_number(tokio::task::try_id());
            // kept even if no other events are kept
            self.events.push(Event { at: to, task, what: EventKind::ClockMoved { to } });
        }
    }

    /// Advances the clock by the delay of timers that the scenario asks for, once in a run.
    pub(super) fn delay_timer(&mut self) {
        let timer_delay =
            self.scenario.as_ref().map_or(Duration::ZERO, |scenario| scenario.timer_delay);
        if !timer_delay.is_zero() && !std::mem::replace(&mut self.was_delayed, true) {
            // the first poll moves the clock
            let moved = pin!(tokio::time::advance(timer_delay));
            let _ = moved.poll(&mut Context::from_waker(Waker::noop()));
        }
    }

    /// Notes that code begins to run, or that it continues.
    pub(super) fn resume_wall(&mut self) {
        self.running_since = Some(WallInstant::now());
        self.quiet_since = self.running_since;
    }

    /// Notes a blocked thread, if code has run for long since the last event.
    pub(super) fn note_quiet(&mut self) {
        let Some(since) = &mut self.quiet_since else { return };
        let quiet = since.elapsed();
        *since = WallInstant::now();
        if quiet >= BLOCKED {
            self.blocked.push((self.events.len(), quiet));
        }
    }

    /// Notes that the runtime waits, or that the run is over.
    pub(super) fn pause_wall(&mut self) {
        self.note_quiet();
        self.quiet_since = None;
        if let Some(since) = self.running_since.take() {
            self.running += since.elapsed();
        }
    }

    /// The wall time of the run, given its time from the call to the return, and its processor time.
    pub(crate) fn wall(&mut self, total: Duration, cpu: Duration) -> Wall {
        let blocked = std::mem::take(&mut self.blocked);
        Wall { running: self.running, total, cpu, blocked, ..Wall::default() }
    }
}
