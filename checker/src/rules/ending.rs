//! The rule for every task: its function returns within its limits. This module finds out why a run did not return.

use std::time::Duration;

use super::RunView;
use super::every::stays_on_its_runtime;
use crate::contract::{Input, Output};
use crate::format::{self, time};
use crate::trace::{Death, Event, EventKind, SourceLocation, Termination, Trace};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// What a run that did not return shows.
pub(super) enum End {
    /// It reached the stub's `todo!()`, and did nothing before that.
    Untouched,
    /// It broke the rule.
    Broken(Diagnosis),
}

/// Why a run did not return; `None` if it did. `fine_but_for_zero`: its arguments are zero, and a run with other
/// arguments returned.
pub(super) fn ends<I: Input>(case: &RunView<I>, fine_but_for_zero: bool) -> Option<End> {
    let ending = &case.trace().ending;
    if case.output.is_some() {
        return None;
    }
    if let Some(elsewhere) = stays_on_its_runtime(case) {
        return Some(End::Broken(elsewhere));
    }
    let diagnosis = match ending {
        Termination::Returned(_) => unreadable(case),
        Termination::Panicked { message, place } => {
            return Some(panicked(case, message, place, fine_but_for_zero));
        }
        Termination::Deadlock if case.is_zero() && fine_but_for_zero => deadlock_at_zero(case),
        Termination::Deadlock => deadlock(case),
        Termination::VirtualLimit => {
            let text = format!(
                "After {} of virtual time, {} was still sleeping again and again.",
                time(case.elapsed()),
                case.task.function
            );
            case.broken(Code::NeverEnds, text).at(last_wait(case))
        }
        Termination::PollLimit => {
            let text = format!(
                "{} was woken more than 100 000 times and did not return: some code in it keeps asking to be polled again.",
                case.task.function
            );
            case.broken(Code::NeverEnds, text).at(case.source.definition_of(case.task.function))
        }
        Termination::WallLimit { busy: true } => kept_busy(case),
        Termination::WallLimit { busy: false } => stood_still(case),
        Termination::Died(death) => died(case, death),
    };
    Some(End::Broken(diagnosis))
}

/// The run is reported as returned, but its value does not fit the return type: the student's process wrote the answer
/// itself.
fn unreadable<I: Input>(case: &RunView<I>) -> Diagnosis {
    let text = format!(
        "The result of {} can't be read: some code in its process overwrote the checker's answer.",
        case.task.function
    );
    case.broken(Code::Crash, text)
}

/// Where the last wait was made.
fn last_wait<I: Input>(case: &RunView<I>) -> Option<SourceLocation> {
    case.waits.last().map(|wait| wait.place.clone())
}

/// The processor was used until the limit came.
fn kept_busy<I: Input>(case: &RunView<I>) -> Diagnosis {
    let (function, trace) = (case.task.function, case.trace());
    let sleeps = || format::count(case.waits.len(), "sleep");
    if goes_round(trace) {
        let text = format!(
            "{function} was still busy when the time limit ended it: it had made {}, and the virtual clock stood still.",
            sleeps()
        );
        return case.broken(Code::NeverEnds, text).at(last_wait(case));
    }
    if trace.events.len() > MANY {
        let text = format!(
            "{function} was stopped after {} of processor time, and was not done: it had made {}, and the virtual clock stood at {}.",
            time(case.run.wall.cpu),
            sleeps(),
            time(case.elapsed())
        );
        return case.broken(Code::TooSlow, text).at(last_wait(case));
    }
    let text = format!(
        "{function} kept the processor busy until the time limit, and never reached an `.await` that lets others run."
    );
    case.broken(Code::EndlessLoop, text).at(case.source.definition_of(function))
}

/// The thread did nothing until the limit came.
fn stood_still<I: Input>(case: &RunView<I>) -> Diagnosis {
    let function = case.task.function;
    if case.used_a_blocking_thread() {
        let text = "It waits on a thread that blocks. The runtime's clock can't move on until that thread is done. Wait with `.await` instead.";
        return case.broken(Code::Blocking, text);
    }
    if case.run.wall.running < Duration::from_millis(500) {
        return deadlock(case);
    }
    if let Some(place) = case.source.path_to("thread", "sleep") {
        let text = format!(
            "{function} put its thread to sleep in real time, and had not returned when the time limit came. During `std::thread::sleep`, nothing else can run on that thread. Use `tokio::time::sleep(…).await`: it waits without holding the thread."
        );
        return case.broken(Code::Blocking, text).at(Some(place));
    }
    let text = format!(
        "{function} blocked its thread, and had not returned when the time limit came. The timers run on the same thread, so nothing could wake it. Look for a call that blocks: `std::thread::sleep`, `futures::executor::block_on`, the `block_on` of a `Handle` (which waits for somebody else to run the timers), a std lock, `recv` of a std channel, `join` of a thread."
    );
    let blockers = ["block_on", "lock", "recv", "join", "wait"];
    let place = blockers.iter().find_map(|name| case.source.call_of(name));
    let place = place.or_else(|| case.source.definition_of(function));
    case.broken(Code::BlockedForever, text).at(place)
}

/// The process ended before the function returned.
fn died<I: Input>(case: &RunView<I>, death: &Death) -> Diagnosis {
    let function = case.task.function;
    let (code, text) = match death {
        Death::Exited(code) => (
            Code::Exit,
            format!(
                "The process ended with exit code {code} while {function} was running, so its caller gets no result."
            ),
        ),
        Death::Killed(how) => {
            (Code::Crash, format!("The process died while {function} was running: {how}."))
        }
        Death::FromOutside(how) => (
            Code::Crash,
            format!("Something outside ended the process while {function} was running: {how}."),
        ),
        Death::OutOfMemory => (
            Code::Crash,
            format!("{function} used up all memory. Look for a list that grows without end."),
        ),
        Death::StackOverflow => (
            Code::Crash,
            format!(
                "The stack overflowed while {function} was running: a function calls itself without end."
            ),
        ),
        Death::Flood(bytes) => (
            Code::OutputLimit,
            format!(
                "It was stopped after it had printed {} KiB: the limit is 1 MiB for each call.",
                bytes / 1024
            ),
        ),
    };
    let place = if code == Code::Exit { case.source.call_of("exit") } else { None };
    case.broken(code, text).at(place)
}

/// So many events in one instant mean that the clock no longer moves.
const MANY: usize = 1000;

/// Whether the last [`MANY`] events all happened at the same virtual time.
fn goes_round(trace: &Trace) -> bool {
    let earlier = trace.events.len().checked_sub(MANY);
    earlier.is_some_and(|earlier| trace.events[earlier].at == trace.elapsed)
}

/// A deadlock with zero arguments, where a run with other arguments returned.
fn deadlock_at_zero<I: Input>(case: &RunView<I>) -> Diagnosis {
    let function = case.task.function;
    let text = format!(
        "With {} it never returned: {function} was waiting, and nothing could wake it.",
        case.which_zero()
    );
    case.broken(Code::Zero, text).at(case.source.definition_of(function))
}

fn deadlock<I: Input>(case: &RunView<I>) -> Diagnosis {
    let last = case.trace().events.last().map_or(Duration::ZERO, |event| event.at);
    let then = if last.is_zero() {
        "At once".to_string()
    } else {
        format!("After {}", format::time(last))
    };
    let function = case.task.function;
    let mut text = format!(
        "{then}, {function} was waiting and nothing could wake it: no timer was running, and no task was ready."
    );
    if case.source.mentions("recv") {
        text.push_str(
            " A receiver waits as long as any sender is alive, even a sender that nobody uses",
        );
        text.push_str(if case.source.call_of("drop").is_some() { "." } else { ": `drop` it." });
    }
    let bounded = case.source.mentions("mpsc") && case.source.call_of("channel").is_some();
    if bounded && case.source.call_of("send").is_some() {
        text.push_str(
            " A sender waits as long as its channel is full, so somebody has to receive at the same time.",
        );
    }
    if case.source.path_to("thread", "spawn").is_some() {
        text.push_str(" The runtime's clock does not wait for a thread that you start: wait in async code instead.");
    }
    let waiting = ["recv", "notified", "acquire", "lock", "wait", "changed"];
    let place = waiting.iter().find_map(|name| case.source.call_of(name));
    case.broken(Code::Deadlock, text).at(place.or_else(|| case.source.definition_of(function)))
}

pub(super) fn todo_reached<I: Input>(case: &RunView<I>) -> Diagnosis {
    case.broken(Code::Todo, "A `todo!()` was reached: this part is not written yet.")
        .at(case.source.todo())
}

/// The panic message of [`crate::worker::subject`] for a task that was cancelled while it waited for its result.
const CANCELLED: &str = "the task was cancelled before it was done";

/// Whether nothing happened in a run. (The jobs that the function was given are dropped when it panics.)
fn has_done_nothing(trace: &Trace) -> bool {
    let is_drop = |event: &Event| matches!(event.what, EventKind::JobDropped { .. });
    trace.elapsed.is_zero() && trace.events.iter().all(is_drop)
}

fn panicked<I: Input>(
    case: &RunView<I>,
    message: &str,
    place: &Option<SourceLocation>,
    fine_but_for_zero: bool,
) -> End {
    let at = |code, text: String| End::Broken(case.broken(code, text).at(place.clone()));
    let first = message.lines().next().unwrap_or_default();
    let todo = message.starts_with("not yet implemented") || message.starts_with("not implemented");
    if todo && has_done_nothing(case.trace()) && !fine_but_for_zero {
        return End::Untouched;
    }
    if todo {
        return End::Broken(todo_reached(case).at(place.clone()));
    }
    if message.contains("can call blocking only when running on the multi-threaded")
        && !case.source.mentions("block_on")
    {
        return at(Code::Blocking, "`block_in_place` tells the runtime that its thread will block. A runtime with one thread has no other thread to continue with, so it panics. Wait with `.await` instead.".into());
    }
    if message.contains(CANCELLED) {
        return at(Code::ReturnedEarly, "The task whose handle it returned was cancelled before it was done. Something aborted it, or dropped what it belongs to (a `LocalSet`, a `JoinSet`, a guard, another runtime).".into());
    }
    if message.contains("Cannot drop a runtime in a context") {
        return at(Code::OwnRuntime, "It dropped a runtime of its own inside the current runtime, and tokio panics then. Use the runtime that is there already.".into());
    }
    let nested = [
        "Cannot start a runtime from within a runtime",
        "can call blocking only when running on the multi-threaded",
    ];
    if nested.iter().any(|text| message.contains(text)) {
        return at(Code::NestedRuntime, "It called `block_on` on a thread that was already running async code, and tokio panics then. Inside async code, use `.await`.".into());
    }
    let empty_range =
        message.contains("cannot sample empty range") || message.contains("EmptyRange");
    if case.scenario.budget.longest_wait.is_zero() && empty_range {
        return at(Code::BoundExcluded, "With `max_delay` zero, the range is empty, and drawing from it panics. The range begins above zero, or it leaves out its end. Let it begin at zero, and write `..=` instead of `..`.".into());
    }
    if fine_but_for_zero {
        let first = first.trim_end_matches('.');
        return at(Code::Zero, format!("With {} it panicked: {first}.", case.which_zero()));
    }
    if message.contains("there is no reactor running") {
        return at(Code::Panic, "It panicked: there is no reactor running. A sleep needs tokio's runtime around it. Run it with the `block_on` of a tokio `Runtime`, not with another executor or on another thread.".into());
    }
    at(Code::Panic, format!("It panicked: {}.", first.trim_end_matches('.')))
}

/// Up to this sum of all delays, in milliseconds, a run is always recorded to its end, even if each of its futures
/// wakes up every millisecond and makes two sleeps each time.
const RECORDED_WHOLE_MS: u128 = 10_000;

/// Judges a run of which not all events are recorded, by what it returned and when. That is too little evidence for a
/// pass, so a run with few and short delays must be recorded to its end.
pub fn more_than_is_recorded<I: Input>(case: &RunView<I>) -> Option<Diagnosis> {
    if !case.is_recorded() {
        return None;
    }
    if case.trace().truncated && case.scenario.budget.total_wait_ms() <= RECORDED_WHOLE_MS {
        let text = "It makes so many sleeps, tasks and draws that the checker can't follow them: more than 100 000 in one run. A few for each coroutine are enough.";
        let place = case.source.definition_of(case.task.function);
        return Some(case.broken(Code::TooSlow, text).at(place));
    }
    // after the end of the script, the generator prescribes no delays, so there is nothing to compare with
    if case.dependency.differs_from_what_is_prescribed() || case.trace().off_script {
        return None;
    }
    let expected = case.expected.as_ref()?;
    let (returned, elapsed) = (case.output.as_ref()?.shown(), case.elapsed());
    let as_expected = expected.returned.as_ref() == Some(&returned) && expected.elapsed == elapsed;
    if !case.trace().truncated || as_expected {
        return None;
    }
    let text = format!(
        "It does so much that the checker could not follow all of it. After {} it returned {}, but it had to wait {}.",
        time(elapsed),
        returned.words(),
        time(expected.elapsed)
    );
    Some(case.broken(Code::ValueMismatch, text))
}
