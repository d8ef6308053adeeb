//! Tests with traces that are made by hand: what is read from them, and that JSON keeps them complete.

use serde_json::Value;

use super::*;
use crate::trace::{GeneratorId, SleepId, TaskId};

#[test]
fn a_sleep_that_is_reset_and_then_dropped_is_not_done_twice() {
    let ms = Duration::from_millis;
    let place = SourceLocation { file: "lib.rs".into(), line: 3 };
    let what = [
        EventKind::SleepMade { sleep: SleepId(1), place },
        EventKind::SleepStarted { sleep: SleepId(1), until: ms(5) },
        EventKind::SleepDone { sleep: SleepId(1), fired: ms(5) },
        EventKind::SleepStarted { sleep: SleepId(1), until: ms(9) },
    ];
    let trace = Trace {
        events: what.into_iter().map(|what| Event { at: ms(5), task: TaskId(0), what }).collect(),
        ..Trace::ended(Termination::Deadlock)
    };
    let done: Vec<bool> = trace.waits().iter().map(|wait| wait.done).collect();
    assert_eq!(done, [true, false]);
}

#[test]
fn json_keeps_a_run_as_it_is() {
    let at = Duration::new(7, 1);
    let trace = Trace {
        events: vec![Event {
            at,
            task: TaskId(1),
            what: EventKind::ClockMoved { to: Duration::MAX },
        }],
        ending: Termination::Returned(Value::from(vec![3])),
        elapsed: at,
        leftover_tasks: 0,
        leftover_threads: 0,
        truncated: true,
        off_script: true,
        shared_seeds: 3,
    };
    let blocked = vec![(1, at)];
    let wall = Wall { running: at, total: at * 2, cpu: at, stalled: at, thread_start: at, blocked };
    let json = serde_json::to_string(&Run { trace: trace.clone(), wall }).unwrap();
    let read: Run = serde_json::from_str(&json).unwrap();
    // no rule looks further than 584 years
    let to = Duration::from_nanos(u64::MAX);
    let events = vec![Event { at, task: TaskId(1), what: EventKind::ClockMoved { to } }];
    assert_eq!(read.trace, Trace { events, ..trace });
    assert_eq!((read.wall.running, read.wall.total), (at, at * 2));
    assert_eq!(read.wall.blocked, [(1, at)]);
}

#[test]
fn a_sleep_that_is_reset_has_a_further_wait() {
    let ms = Duration::from_millis;
    let place = SourceLocation { file: "lib.rs".into(), line: 3 };
    let event = |at, what| Event { at: ms(at), task: TaskId(0), what };
    let trace = Trace {
        events: vec![
            event(0, EventKind::SleepMade { sleep: SleepId(1), place: place.clone() }),
            event(0, EventKind::SleepStarted { sleep: SleepId(1), until: ms(5) }),
            event(5, EventKind::SleepDone { sleep: SleepId(1), fired: ms(5) }),
            event(5, EventKind::SleepStarted { sleep: SleepId(1), until: ms(9) }),
            event(9, EventKind::SleepDone { sleep: SleepId(1), fired: ms(9) }),
            event(9, EventKind::SleepMade { sleep: SleepId(2), place }),
        ],
        ..Trace::ended(Termination::Returned(Value::Null))
    };
    let lengths: Vec<_> = trace.waits().iter().map(Wait::length).collect();
    assert_eq!(lengths, [ms(5), ms(4), ms(0)]);
    let again = &trace.waits()[1];
    assert_eq!((again.made, again.span, again.done), (ms(5), Some((ms(5), ms(9))), true));
    assert_eq!(trace.waits()[2].span, None, "made, but never awaited");
}

#[test]
fn a_wait_ends_when_its_timer_fires_and_not_when_it_is_polled() {
    let ms = Duration::from_millis;
    let event = |at, what| Event { at: ms(at), task: TaskId(0), what };
    let place = SourceLocation { file: "lib.rs".into(), line: 3 };
    let trace = Trace {
        events: vec![
            event(0, EventKind::SleepMade { sleep: SleepId(1), place }),
            event(0, EventKind::SleepStarted { sleep: SleepId(1), until: ms(10) }),
            event(40, EventKind::SleepDone { sleep: SleepId(1), fired: ms(10) }),
        ],
        ..Trace::ended(Termination::Returned(Value::Null))
    };
    assert_eq!(trace.waits()[0].span, Some((ms(0), ms(10))));
}

#[test]
fn draws_in_a_row_are_one_event_and_each_of_them_counts() {
    let drew = |task, bits| Event {
        at: Duration::ZERO,
        task: TaskId(task),
        what: EventKind::Drew { generator: GeneratorId(1), bits, times: 1 },
    };
    let mut first = drew(0, 32);
    assert!(first.takes_in(&drew(0, 32)) && first.takes_in(&drew(0, 32)));
    assert!(!first.takes_in(&drew(0, 64)) && !first.takes_in(&drew(1, 32)));
    let later = Event { at: Duration::from_millis(1), ..drew(0, 32) };
    assert!(!first.takes_in(&later));
    let trace = Trace { events: vec![first, later], ..Trace::ended(Termination::Deadlock) };
    assert_eq!(trace.draws().collect::<Vec<_>>(), [(GeneratorId(1), 32); 4]);
}
