//! The tracing subscriber: finds the events of each `Sleep` in tokio's spans and events, and passes them to the
//! recorder.
//!
//! For each `Sleep`, tokio 1.54 opens a span `runtime.resource`, with `concrete_type = "Sleep"` and the place where the
//! sleep was made, and enters it for every poll. Inside the span, the event `state_update` has the ticks to which the
//! sleep is set, and `poll_op` says whether it was ready. Of several `poll_op` in one poll the last one counts, because
//! the first belongs to the cooperative budget. These names are not a stable interface. So tokio is pinned exactly, and
//! a test in [`crate::worker::clock`] fails first if they change.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event as TracingEvent, Metadata, Subscriber};

use crate::trace::{EventKind, SourceLocation};
use crate::worker::recorder;

/// The subscriber.
#[derive(Default)]
pub(crate) struct Watcher {
    spans: Mutex<Spans>,
}

#[derive(Default)]
struct Spans {
    next: u64,
    /// The spans of the sleeps that are alive.
    sleeps: BTreeMap<u64, OpenSleep>,
    /// The sleeps that are being polled, the innermost last, each with the thread that polls it.
    entered: Vec<(std::thread::ThreadId, u64)>,
}

#[derive(Default)]
struct OpenSleep {
    /// How many handles the span has. The sleep is gone when there are none.
    handles: usize,
    /// Whether the current poll was ready.
    ready: bool,
}

impl Watcher {
    fn spans(&self) -> MutexGuard<'_, Spans> {
        self.spans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Watcher {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let interesting = match metadata.name() {
            "runtime.resource" | "runtime.spawn" => true,
            _ => metadata.target().starts_with("runtime::resource"),
        };
        interesting && (metadata.is_event() || recorder::is_on())
    }

    fn register_callsite(
        &self,
        metadata: &'static Metadata<'static>,
    ) -> tracing_core::subscriber::Interest {
        use tracing_core::subscriber::Interest;
        match metadata.name() {
            "runtime.resource" | "runtime.spawn" => Interest::sometimes(),
            _ if metadata.target().starts_with("runtime::resource") => Interest::always(),
            _ => Interest::never(),
        }
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut spans = self.spans();
        spans.next += 1;
        let id = spans.next;
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if fields.concrete_type.as_deref() == Some("Sleep") {
            spans.sleeps.insert(id, OpenSleep { handles: 1, ready: false });
            drop(spans);
            let place = SourceLocation {
                file: fields.file.unwrap_or_default(),
                line: fields.line.unwrap_or(0) as u32,
            };
            recorder::with(|r| r.sleep_made(id, place));
        } else if attributes.metadata().target() == "tokio::task::blocking" {
            drop(spans);
            recorder::record(EventKind::BlockingSpawned);
        }
        Id::from_u64(id)
    }

    fn event(&self, event: &TracingEvent<'_>) {
        if !recorder::is_on() {
            return;
        }
        let mut spans = self.spans();
        let thread = std::thread::current().id();
        let Some(&(_, sleep)) = spans.entered.iter().rev().find(|(t, _)| *t == thread) else {
            return;
        };
        let mut fields = Fields::default();
        event.record(&mut fields);
        match event.metadata().target() {
            "runtime::resource::state_update" => {
                drop(spans);
                if let Some(ticks) = fields.duration {
                    recorder::with(|r| r.sleep_started(sleep, ticks));
                }
            }
            "runtime::resource::poll_op" => {
                if let Some(open) = spans.sleeps.get_mut(&sleep) {
                    open.ready = fields.is_ready == Some(true);
                }
            }
            _ => {}
        }
    }

    fn enter(&self, span: &Id) {
        let mut spans = self.spans();
        let id = span.into_u64();
        if let Some(open) = spans.sleeps.get_mut(&id) {
            open.ready = false;
            spans.entered.push((std::thread::current().id(), id));
        }
    }

    fn exit(&self, span: &Id) {
        let mut spans = self.spans();
        let id = span.into_u64();
        let Some(at) = spans.entered.iter().rposition(|(_, s)| *s == id) else { return };
        spans.entered.remove(at);
        let ready = spans.sleeps.get(&id).is_some_and(|open| open.ready);
        drop(spans);
        if ready {
            recorder::with(|r| r.sleep_done(id));
        }
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(open) = self.spans().sleeps.get_mut(&id.into_u64()) {
            open.handles += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut spans = self.spans();
        let id = id.into_u64();
        let Some(open) = spans.sleeps.get_mut(&id) else { return true };
        open.handles -= 1;
        let closed = open.handles == 0;
        if closed {
            spans.sleeps.remove(&id);
            drop(spans);
            recorder::with(|r| r.sleep_closed(id));
        }
        closed
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

/// The fields of tokio's spans and events that the recorder reads.
#[derive(Default)]
struct Fields {
    concrete_type: Option<String>,
    file: Option<String>,
    line: Option<u64>,
    duration: Option<u64>,
    is_ready: Option<bool>,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "concrete_type" => self.concrete_type = Some(value.into()),
            "loc.file" => self.file = Some(value.into()),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "loc.line" => self.line = Some(value),
            "duration" => self.duration = Some(value),
            _ => {}
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        if field.name() == "is_ready" {
            self.is_ready = Some(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
