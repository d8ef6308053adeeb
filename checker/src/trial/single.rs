//! One wait.

use super::*;
use crate::rules::single::{side_by_side, sleeps, truthful};

#[test]
fn drawing_once_is_advised_where_two_draws_are_seen_in_the_run_and_in_the_text() {
    let said = |drawn: usize, written: usize| {
        let trial = Trial::of("wait_random", &[10]).wait(1, 0, 0, 10).took(10).returns(&[20]);
        let drew = What::Drew { generator: 0, bits: 64, times: 1 };
        let trial = (0..drawn).fold(trial, |trial, _| trial.event(0, 0, drew.clone()));
        let text = format!("fn wait_random() {{ {} }}", "rng.random_range(r);".repeat(written));
        trial.source(&text).breaks(truthful).unwrap().1
    };
    assert_eq!(said(1, 1), "It waited 10 ms, but returned 20 ms.");
    assert_eq!(said(2, 1), said(1, 1), "a number of 128 bits takes two");
    assert_eq!(said(1, 2), said(1, 1), "only one of them was reached");
    assert!(said(2, 2).ends_with(" Draw once, and use that number for both."));
}

#[test]
fn a_sleep_that_a_task_left_behind_awaits_is_not_called_unawaited() {
    let code = |task, leftover_tasks| {
        let mut trial = Trial::of("wait_random", &[10]).gives_up(1, task, 0, 10).returns(&[10]);
        trial.run.trace.leftover_tasks = leftover_tasks;
        trial.breaks(sleeps).map(|(code, _)| code)
    };
    assert_eq!(code(1, 1), None, "that the task is left behind is another law's matter");
    assert_eq!(code(1, 0), Some(Code::SleepNotAwaited));
    assert_eq!(code(0, 1), Some(Code::SleepNotAwaited));
}

#[test]
fn calls_at_once_are_told_by_how_many_of_them_wait() {
    let three = |took| {
        let trial = Trial::of("wait_random", &[30, 20, 10]).returns(&[30, 20, 10]);
        trial.took(took).breaks(side_by_side).map(|(code, _)| code)
    };
    assert_eq!(three(30), None);
    assert_eq!(three(60), Some(Code::Sequential), "one after another");
    assert_eq!(three(40), Some(Code::Limited), "some of them together");
}
