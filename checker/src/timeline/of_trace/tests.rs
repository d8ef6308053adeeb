//! Tests with timelines of runs that are made by hand.

use serde_json::Value;

use super::*;
use crate::trace::{GeneratorId, SleepId, SourceLocation, TaskId, Trace, Wall};

const MS: fn(u64) -> Duration = Duration::from_millis;

/// A run with these events: the time in milliseconds, the task, and what happened.
fn run(events: Vec<(u64, usize, EventKind)>, elapsed: u64) -> Run {
    let event = |(at, task, what)| Event { at: MS(at), task: TaskId(task), what };
    let trace = Trace {
        events: events.into_iter().map(event).collect(),
        elapsed: MS(elapsed),
        ..Trace::ended(Termination::Returned(Value::Null))
    };
    Run { trace, wall: Wall::default() }
}

fn place() -> SourceLocation {
    SourceLocation { file: "lib.rs".into(), line: 1 }
}

/// The events of a generator that is forked from the given one.
fn forked(at: u64, generator: usize) -> Vec<(u64, usize, EventKind)> {
    vec![
        (at, 0, EventKind::Drew { generator: GeneratorId(0), bits: 256, times: 1 }),
        (at, 0, EventKind::Seeded { generator: GeneratorId(generator) }),
    ]
}

fn waits(task: usize, n: usize, from: u64, to: u64) -> Vec<(u64, usize, EventKind)> {
    vec![
        (from, task, EventKind::Drew { generator: GeneratorId(n), bits: 64, times: 1 }),
        (from, task, EventKind::SleepMade { sleep: SleepId(n), place: place() }),
        (from, task, EventKind::SleepStarted { sleep: SleepId(n), until: MS(to) }),
        (to, task, EventKind::SleepDone { sleep: SleepId(n), fired: MS(to) }),
    ]
}

/// Each row as `#1: Idle 0 to 40, Waiting 40 to 50, Returned`.
fn shown(timeline: &Timeline) -> Vec<String> {
    let span = |span: &Span| {
        format!("{:?} {} to {}, ", span.state, span.from.as_millis(), span.to.as_millis())
    };
    let row = |row: &Row| {
        let spans: String = row.spans.iter().map(span).collect();
        format!("{}: {spans}{:?}", row.name, row.end)
    };
    timeline.rows.iter().map(row).collect()
}

#[test]
fn a_future_that_is_made_early_and_awaited_late_is_idle_in_between() {
    let events = [forked(0, 1), forked(0, 2), waits(0, 1, 0, 40), waits(0, 2, 40, 50)].concat();
    let timeline = Timeline::of_waits(&run(events, 50), None, 2, false);
    assert_eq!(
        shown(&timeline),
        ["#1: Waiting 0 to 40, Returned", "#2: Idle 0 to 40, Waiting 40 to 50, Returned"]
    );
}

#[test]
fn each_end_of_a_row_is_shown() {
    let mut events = [forked(0, 1), forked(0, 2), forked(0, 3)].concat();
    events.extend(waits(0, 1, 0, 40).into_iter().take(3));
    events.push((30, 0, EventKind::SleepDropped { sleep: SleepId(1) }));
    events.push((0, 0, EventKind::Spawned { task: TaskId(1), place: place() }));
    events.extend(waits(1, 2, 0, 90).into_iter().take(3));
    let timeline = Timeline::of_waits(&run(events, 30), None, 3, false);
    assert_eq!(
        shown(&timeline),
        [
            "#1: Waiting 0 to 30, Cancelled 30 to 40, Cancelled",
            "#2: Waiting 0 to 30, Alive",
            "#3: Idle 0 to 30, NeverPolled",
        ]
    );
    assert!(timeline.rows[1].task && !timeline.rows[0].task);
}

#[test]
fn tasks_without_a_coroutine_and_further_waits_of_the_caller_have_rows() {
    let mut events = [forked(0, 1), waits(0, 1, 0, 40)].concat();
    events.push((40, 0, EventKind::Spawned { task: TaskId(1), place: place() }));
    events.push((40, 0, EventKind::SleepMade { sleep: SleepId(9), place: place() }));
    events.push((40, 0, EventKind::SleepStarted { sleep: SleepId(9), until: MS(50) }));
    events.push((50, 0, EventKind::SleepDone { sleep: SleepId(9), fired: MS(50) }));
    events.push((60, 1, EventKind::Ended { task: TaskId(1) }));
    events.extend(forked(60, 2));
    events.extend(waits(0, 2, 60, 70));
    let timeline = Timeline::of_waits(&run(events, 70), None, 2, false);
    let names: Vec<_> = timeline.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["#1", "caller", "#2", "task 1"]);
}

#[test]
fn a_draw_that_only_seeds_a_generator_has_no_sleep_of_its_own() {
    let mut events = [forked(0, 1), forked(0, 2)].concat();
    events.push((0, 0, EventKind::SleepMade { sleep: SleepId(9), place: place() }));
    events.push((0, 0, EventKind::SleepStarted { sleep: SleepId(9), until: MS(5) }));
    events.push((5, 0, EventKind::SleepDone { sleep: SleepId(9), fired: MS(5) }));
    events.extend(waits(0, 1, 5, 10));
    events.extend(waits(0, 2, 5, 20));
    let timeline = Timeline::of_waits(&run(events, 20), None, 2, false);
    assert_eq!(
        shown(&timeline),
        [
            "#1: Idle 0 to 5, Waiting 5 to 10, Returned",
            "#2: Idle 0 to 5, Waiting 5 to 20, Returned",
            "caller: Waiting 0 to 5, Returned",
        ]
    );
}

#[test]
fn a_second_draw_makes_no_second_coroutine() {
    let mut events = waits(0, 0, 0, 30);
    events.push((30, 0, EventKind::Drew { generator: GeneratorId(0), bits: 64, times: 1 }));
    let timeline = Timeline::of_waits(&run(events, 30), None, 1, false);
    assert_eq!(shown(&timeline), ["#1: Waiting 0 to 30, Returned"]);
}

#[test]
fn the_row_that_blocks_the_thread_is_shown_on_request() {
    let mut run = run([forked(0, 1), forked(0, 2), waits(0, 1, 0, 5)].concat(), 5);
    run.wall.blocked = vec![(5, MS(40))];
    assert_eq!(Timeline::of_waits(&run, None, 2, true).rows[0].blocked, MS(40));
    assert_eq!(Timeline::of_waits(&run, None, 2, false).rows[0].blocked, Duration::ZERO);
    run.wall.blocked = vec![(run.trace.events.len(), MS(30))];
    assert_eq!(Timeline::of_waits(&run, None, 2, true).rows[0].blocked, MS(30));
    run.trace.ending = Termination::Deadlock;
    assert_eq!(
        Timeline::of_waits(&run, None, 2, true).rows[0].blocked,
        Duration::ZERO,
        "the checker's"
    );
}

#[test]
fn the_caller_blocks_the_thread_if_all_coroutines_have_given_it_back() {
    let events = [forked(0, 1), forked(0, 2), waits(0, 1, 0, 5)].concat();
    let all = events.len();
    let blocked = |events: usize, ending| {
        let kept = [forked(0, 1), forked(0, 2), waits(0, 1, 0, 5)].concat();
        let mut run = run(kept.into_iter().take(events).collect(), 5);
        run.wall.blocked = vec![(events, MS(30))];
        run.trace.ending = ending;
        let rows = Timeline::of_waits(&run, None, 2, true).rows;
        let row = rows.iter().find(|row| !row.blocked.is_zero());
        row.map(|row| row.name.clone())
    };
    let for_good = || Termination::WallLimit { busy: true };
    assert_eq!(blocked(all, for_good()).as_deref(), Some("caller"), "after the wait");
    let returned = Termination::Returned(Value::Null);
    assert_eq!(blocked(all, returned).as_deref(), Some("#1"), "and it went on");
    let made = all - 2;
    assert_eq!(blocked(made, for_good()).as_deref(), Some("#1"), "before it waits");
}

#[test]
fn a_caller_that_blocks_before_its_tasks_begin_is_shown() {
    let spawned = |task| vec![(0, 0, EventKind::Spawned { task: TaskId(task), place: place() })];
    let made = [forked(0, 1), spawned(1), forked(0, 2), spawned(2)].concat();
    let all = made.len();
    let waits = [waits(1, 1, 0, 40), waits(2, 2, 0, 10)].concat();
    let mut run = run([made, waits].concat(), 40);
    run.wall.blocked = vec![(all, MS(30))];
    let rows = Timeline::of_waits(&run, None, 2, true).rows;
    let blocks: Vec<&str> =
        rows.iter().filter(|row| !row.blocked.is_zero()).map(|row| &*row.name).collect();
    assert_eq!(blocks, ["caller"]);
}

#[test]
fn a_timeout_that_was_never_polled_does_not_decide_how_a_row_ended() {
    let never_looked_at = vec![(10, 0, EventKind::SleepMade { sleep: SleepId(2), place: place() })];
    let dropped = vec![(10, 0, EventKind::SleepDropped { sleep: SleepId(2) })];
    let mut events = forked(0, 1);
    events.extend(waits(0, 1, 0, 10));
    events.extend([never_looked_at, dropped].concat());
    let timeline = Timeline::of_waits(&run(events, 10), None, 1, false);
    assert!(timeline.rows.iter().all(|row| row.end != End::NeverAwaited), "{:?}", shown(&timeline));
}
