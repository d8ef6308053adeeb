//! The life of each sleep, as tokio's tracing reports it.

use std::time::Duration;

use tokio::runtime::Handle;

use super::Recording;
use crate::trace::{EventKind, SleepId, SourceLocation};

/// The state of a sleep, so that the events need not be searched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SleepState {
    /// It was not polled yet.
    Made,
    /// It was polled (or reset) at `since`, and waits until `until`.
    Waits { since: Duration, until: Duration },
    /// It is done, or it was dropped.
    Over,
}

impl Recording {
    /// A sleep was made at `place`. `span` is its id in tokio's tracing.
    pub(crate) fn sleep_made(&mut self, span: u64, place: SourceLocation) {
        if self.is_unrecorded {
            return;
        }
        let elsewhere = match (self.runtime, Handle::try_current()) {
            (Some((ours, _)), Ok(handle)) => handle.id() != ours,
            (Some(_), Err(_)) => false,
            (None, _) => return,
        };
        if elsewhere {
            return self.push(EventKind::Elsewhere { place });
        }
        self.sleeps.push(SleepState::Made);
        let sleep = SleepId(self.sleeps.len());
        self.numbers.insert(span, sleep);
        self.push(EventKind::SleepMade { sleep, place });
    }

    /// A sleep was polled for the first time, or reset, and waits for `ms` ticks of a millisecond.
    pub(crate) fn sleep_started(&mut self, span: u64, ms: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        // tokio counts whole ticks from the start of its clock, which is the instant of the call
        let since = self.now;
        let until = Duration::from_millis(since.as_millis() as u64 + ms);
        self.sleeps[sleep.0 - 1] = match state {
            SleepState::Waits { since, .. } => SleepState::Waits { since, until },
            _ => SleepState::Waits { since, until },
        };
        self.push(EventKind::SleepStarted { sleep, until });
    }

    /// A sleep was polled and was ready.
    pub(crate) fn sleep_done(&mut self, span: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        let fired = match state {
            SleepState::Waits { since, until } => self.fired(until).max(since),
            // a sleep of length zero was over when it was made
            SleepState::Made | SleepState::Over => self.now,
        };
        self.sleeps[sleep.0 - 1] = SleepState::Over;
        self.push(EventKind::SleepDone { sleep, fired });
    }

    /// A sleep was dropped.
    pub(crate) fn sleep_closed(&mut self, span: u64) {
        let Some((sleep, state)) = self.sleep(span) else { return };
        self.numbers.remove(&span);
        if state != SleepState::Over {
            self.sleeps[sleep.0 - 1] = SleepState::Over;
            self.push(EventKind::SleepDropped { sleep });
        }
    }

    /// When a timer that was set to `until` fired: when the clock first reached that time. (Its sleep may be polled
    /// later.)
    fn fired(&self, until: Duration) -> Duration {
        let jump = self.jumps.partition_point(|jump| *jump < until);
        self.jumps.get(jump).copied().unwrap_or(self.now)
    }

    /// The number and the state of the sleep with this span.
    fn sleep(&self, span: u64) -> Option<(SleepId, SleepState)> {
        let sleep = *self.numbers.get(&span)?;
        Some((sleep, self.sleeps[sleep.0 - 1]))
    }
}
