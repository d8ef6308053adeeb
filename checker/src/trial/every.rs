//! What holds for every task, and which of several findings is told.

use super::*;
use crate::rules::every::{leaves_nothing_running, never_blocks};
use crate::trace::Death;

const DAY: u64 = 86_400_000;

#[test]
fn a_limit_that_ends_a_run_of_a_day_tells_nothing_of_who_is_right_otherwise() {
    let short = Trial::right("wait_n", &[40, 10]);
    let long = |ending| Trial::of("wait_n", &[40, 10]).max_delay(DAY).took(9).ends(ending);
    assert_eq!(codes(&[short.clone(), long(Ending::PollLimit)]), []);
    let died = |death| codes(&[short.clone(), long(Ending::Died(death))]);
    assert_eq!(died(Death::Flood(2 << 20)), []);
    assert_eq!(died(Death::OutOfMemory), [], "of memory for a list of all delays");
    assert_eq!(died(Death::Killed("signal 6".into())), [Code::Crash], "it aborts by itself");
    assert_eq!(died(Death::Exited(0)), [Code::Exit], "that takes nothing");
    assert_eq!(codes(&[short.clone(), long(Ending::Deadlock)]), [Code::Deadlock]);
    assert_eq!(codes(&[short.clone(), short.ends(Ending::PollLimit)]), [Code::NeverEnds]);
    assert_eq!(codes(&[long(Ending::PollLimit)]), [Code::NeverEnds], "nothing else is known");
}

#[test]
fn a_thread_is_held_if_the_quickest_of_many_runs_holds_it() {
    let run = |delays: &[u64], micros| {
        let mut trial = Trial::right("wait_n", delays);
        trial.run.wall.running = Duration::from_micros(micros);
        trial
    };
    let code = |trials: &[Trial]| look_at_all(trials, never_blocks).map(|d| d.code);
    let held = |times, delays: &[u64], micros| code(&vec![run(delays, micros); times]);
    // two waits: a millisecond, and twenty microseconds for each
    assert_eq!(held(5, &[40, 10], 1040), Some(Code::Blocking));
    assert_eq!(held(5, &[40, 10], 1039), None, "quick enough");
    assert_eq!(held(4, &[40, 10], 1040), None, "too few to tell");
    let mut once_quick = vec![run(&[40], 5000); 9];
    once_quick[4] = run(&[40], 10);
    assert_eq!(code(&once_quick), None, "the others may be the machine's doing");
    assert_eq!(held(5, &[10], 5000), Some(Code::Blocking));
    assert_eq!(held(5, &[9], 5000), None, "so little was waited that nothing shows");
    assert_eq!(held(5, &[40; 12], 5000), Some(Code::Blocking));
    assert_eq!(held(5, &[40; 13], 5000), None, "so many need some time");
}

#[test]
fn only_another_tasks_wait_can_be_cut_short() {
    let cut = |trial: Trial| trial.took(20).look(|case| case.cut_short().len());
    let trial = || Trial::of("wait_n", &[30]);
    assert_eq!(cut(trial().gives_up(1, 1, 0, 30)), 1);
    assert_eq!(cut(trial().gives_up(2, 0, 0, 30)), 0, "an own one");
    assert_eq!(cut(trial().gives_up(0, 0, 0, 30)), 0, "one of a library");
    assert_eq!(cut(trial().gives_up(1, 1, 0, 20)), 0, "it was due");
    assert_eq!(cut(trial().gives_up(1, 1, 0, 50)), 1);
    assert_eq!(cut(trial().gives_up(1, 1, 0, 51)), 0, "a timeout that never came");
    assert_eq!(cut(trial().wait(1, 1, 0, 30)), 0, "it came to its end");
    assert_eq!(cut(trial().sleep(1, 1, 0)), 0, "it never began");
}

#[test]
fn tasks_left_behind_are_counted_and_the_first_of_them_is_shown() {
    let left = |tasks| {
        let mut trial = Trial::of("wait_n", &[]);
        for task in 1..=2 {
            let place = Place { line: 100 + task as u32, ..place(2) };
            trial = trial.event(0, 0, What::Spawned { task, place });
        }
        trial.run.trace.leftover_tasks = tasks;
        trial.event(0, 1, What::Ended { task: 1 }).look(leaves_nothing_running).unwrap()
    };
    let one = left(1);
    assert_eq!(one.code, Code::LeftoverTasks);
    assert_eq!(one.text, "1 task of its making was still alive after wait_n had returned.");
    assert_eq!(one.place.unwrap().line, 102, "the other one has ended");
    assert_eq!(one.call.unwrap(), "wait_n(n = 0, max_delay = 50 ms)");
    assert_eq!(left(2).text, "2 tasks of its making were still alive after wait_n had returned.");

    let mut threads = Trial::of("wait_n", &[]);
    threads.run.trace.leftover_threads = 1;
    assert_eq!(threads.codes(), [Code::LeftoverThreads]);
}
