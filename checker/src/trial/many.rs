//! n waits at once.

use super::*;
use crate::rules::many::{concurrent, truthful, waits_through_upstream};

/// One wait in pieces, that of the k-th coroutine, made by the function of the task before.
fn pieces(trial: Trial, task: usize, instants: &[u64]) -> Trial {
    instants.windows(2).fold(trial, |trial, pair| trial.wait(1, task, pair[0], pair[1]))
}

#[test]
fn waits_at_once_keep_every_law() {
    assert_eq!(Trial::right("wait_n", &[40, 10, 30, 20]).codes(), []);
    assert_eq!(Trial::right("wait_n", &[20, 0, 20]).codes(), []);
    assert_eq!(Trial::right("wait_n", &[]).codes(), []);
}

#[test]
fn a_wait_may_be_cut_in_pieces() {
    let two = Trial::of("wait_n", &[40, 30]).took(40).returns(&[30, 40]);
    let two = two.wait(1, 1, 0, 10).wait(1, 2, 0, 20).wait(1, 1, 10, 40).wait(1, 2, 20, 30);
    assert_eq!(two.codes(), []);
    let beside_none = Trial::of("wait_n", &[0, 30]).took(30).returns(&[0, 30]);
    assert_eq!(pieces(beside_none, 1, &[0, 10, 20, 30]).codes(), []);
}

#[test]
fn waits_of_different_coroutines_are_no_pieces_of_one() {
    let trial = Trial::of("wait_n", &[50, 10]).took(50).returns(&[10, 50]);
    let trial = trial.wait(1, 1, 0, 20).wait(1, 2, 20, 50).wait(1, 3, 0, 10);
    assert_eq!(trial.codes(), [Code::TooLong]);
}

#[test]
fn a_shorter_sleep_beside_each_wait_is_no_wait() {
    let beside = |delays: &[u64]| {
        let mut sorted = delays.to_vec();
        sorted.sort();
        let trial = Trial::of("wait_n", delays).took(*sorted.last().unwrap()).returns(&sorted);
        delays
            .iter()
            .enumerate()
            .fold(trial, |trial, (i, delay)| trial.wait(1, i + 1, 0, *delay).wait(1, i + 1, 0, 5))
    };
    assert_eq!(beside(&[40, 30]).codes(), []);
    // one for each, not one or two for all of them
    let for_some = Trial::right("wait_n", &[40, 30, 20]).wait(1, 1, 0, 5).wait(1, 2, 0, 5);
    assert_eq!(for_some.codes(), [Code::Count]);
}

#[test]
fn two_waits_that_follow_one_another_are_sequential() {
    let two = Trial::of("wait_n", &[20, 10]).took(30).returns(&[10, 20]);
    let two = two.wait(1, 1, 0, 20).wait(1, 2, 20, 30);
    let (code, text) = two.breaks(concurrent).unwrap();
    assert_eq!(code, Code::Sequential);
    assert!(text.contains("It took 30 ms, the sum of its 2 delays."), "{text}");

    let one_more = two.clone().took(45).wait(1, 3, 30, 45);
    assert_eq!(one_more.codes()[0], Code::Sequential, "of more waits than asked for, too");
    let (_, text) = two.took(31).breaks(concurrent).unwrap();
    assert!(text.contains("It took 31 ms. Together"), "not the sum: {text}");
}

#[test]
fn a_limit_to_the_waits_at_once_is_told_from_a_late_start() {
    let three = |starts: [u64; 3]| {
        let spans = starts.into_iter().zip([10, 15, 20]).enumerate();
        let trial = Trial::of("wait_n", &[10, 15, 20]).returns(&[10, 15, 20]);
        spans.fold(trial, |trial, (i, (from, length))| trial.wait(1, i + 1, from, from + length))
    };
    let said = |trial: &Trial| trial.breaks(concurrent).unwrap();

    let (code, text) = said(&three([0, 0, 10]).took(30));
    assert_eq!(code, Code::Limited);
    assert!(text.contains("more than 2 of its 3 coroutines"), "{text}");
    assert!(text.contains("so it took 30 ms. All at once they need 20 ms"), "{text}");
    let (_, text) = said(&three([0, 0, 10]).took(20));
    assert!(text.contains("with these delays that costs no time"), "{text}");

    let (code, text) = said(&three([0, 5, 30]).took(50));
    assert_eq!(code, Code::TooLong);
    assert!(text.contains("its waits began after 0, 5 and 30 ms"), "{text}");
}

#[test]
fn returned_and_waited_are_compared_one_by_one() {
    let more = Trial::of("wait_n", &[20, 30]).took(30).returns(&[20, 30]);
    let more = more.wait(1, 1, 0, 10).wait(1, 2, 0, 20).wait(1, 3, 0, 30);
    let (code, text) = more.breaks(truthful).unwrap();
    assert_eq!(code, Code::Count);
    assert_eq!(text, "For n = 2 there were 3 waits: 10, 20 and 30 ms.");

    let other = Trial::right("wait_n", &[20, 30]).returns(&[20, 29]);
    let (code, text) = other.breaks(truthful).unwrap();
    assert_eq!(code, Code::Untruthful);
    assert_eq!(text, "It returned 20 and 29 ms, but its waits took 20 and 30 ms.");
}

#[test]
fn time_at_zero_is_told_as_such() {
    for trial in [Trial::of("wait_n", &[]), Trial::of("wait_n", &[0, 0]).max_delay(0)] {
        let zeros: Vec<u64> = trial.scenario.delays().unwrap().iter().map(|_| 0).collect();
        let trial = trial.returns(&zeros);
        assert_eq!(trial.codes(), []);
        assert_eq!(trial.wait(2, 0, 0, 10).took(10).codes()[0], Code::Zero);
    }
}

#[test]
fn every_wait_has_a_task_that_the_task_before_has_spawned() {
    // made in a library, so that nothing but its task tells whose it is
    let waits = |spawned_by, task| {
        let trial = Trial::of("task_wait_n", &[30]).took(30).returns(&[30]);
        trial.spawns(spawned_by, 1).wait(0, task, 0, 30)
    };
    assert_eq!(waits(4, 1).codes(), []);
    assert_eq!(waits(5, 1).codes()[0], Code::Upstream, "in a task of its own");
    assert_eq!(waits(4, 0).codes()[0], Code::Upstream, "in no task");
}

#[test]
fn whose_waits_were_given_up_is_not_told_that_none_were_called() {
    let own = || Trial::of("wait_n", &[30, 10]).wait(2, 0, 0, 20).took(20);
    let code = |trial: Trial| trial.breaks(waits_through_upstream).map(|(code, _)| code);
    let both: &[u64] = &[10, 30];
    assert_eq!(code(own().returns(both)), Some(Code::Upstream), "there is no other wait");
    assert_eq!(code(own().returns(&[10])), Some(Code::Upstream));
    assert_eq!(
        code(own().sleep(2, 0, 0).returns(&[10])),
        Some(Code::Upstream),
        "nor is an own one"
    );
    let cut_short = || own().gives_up(1, 1, 0, 30).returns(both);
    assert_eq!(code(cut_short()), None, "one is cut short, and all come back");
    let before = || Trial::of("wait_random", &[40]).wait(1, 0, 0, 40).took(40);
    assert_eq!(cut_short().on(before()).codes()[0], Code::Early, "another law says so");
    let sleep = cut_short().run.trace.events.len() - 2;
    let asked_once = cut_short().event(0, 1, What::SleepDropped { sleep });
    assert_eq!(code(asked_once), Some(Code::Upstream), "it was only asked whether it is done");
    assert_eq!(code(own().sleep(1, 1, 0).returns(&[10])), None, "one delay is missing");
    assert_eq!(code(own().sleep(1, 1, 0).returns(both)), Some(Code::Upstream));
}

#[test]
fn a_wait_that_a_library_made_is_whose_the_task_before_shows_it_to_be() {
    let run = || Trial::of("wait_n", &[30]).wait(0, 0, 0, 30).took(30).returns(&[30]);
    let before = |number| Trial::of("wait_random", &[40]).wait(number, 0, 0, 40).took(40);
    assert_eq!(run().codes(), [], "nothing is known of the task before");
    assert_eq!(run().on(before(0)).codes(), [], "it does the same by itself");
    assert_eq!(run().on(before(1)).codes()[0], Code::Upstream, "it makes its own in its file");
}

#[test]
fn a_wait_that_was_made_at_the_call_is_the_task_befores_only_if_that_names_its_caller() {
    let run = || Trial::of("wait_n", &[30]).waits_at_the_call(0, 30).took(30).returns(&[30]);
    let before = || Trial::of("wait_random", &[40]).took(40);
    let codes = |trial: Trial| trial.breaks(waits_through_upstream).map(|(code, _)| code);
    assert_eq!(codes(run()), None, "nothing is known of the task before");
    assert_eq!(codes(run().on(before().waits_at_the_probe(0, 40))), None);
    assert_eq!(codes(run().on(before().wait(1, 0, 0, 40))), Some(Code::Upstream));
}

#[test]
fn nothing_but_zeros_is_no_chance_where_many_delays_are_prescribed_and_kept_by_the_task_before() {
    let drawn = |n| {
        let trial = Trial::of("wait_n", &vec![30; n]).returns(&vec![0; n]);
        trial.event(0, 0, What::Drew { generator: 1, bits: 64, times: 1 })
    };
    let before = |took| Trial::of("wait_random", &[40]).wait(1, 0, 0, took).took(took);
    let code = |trial: Trial| trial.breaks(waits_through_upstream).map(|(code, _)| code);
    assert_eq!(code(drawn(8)), None, "nothing is known of the task before");
    assert_eq!(code(drawn(8).on(before(39))), None, "it does not keep to what is prescribed");
    assert_eq!(code(drawn(8).on(before(40))), Some(Code::NoSleep));
    assert_eq!(code(drawn(7).on(before(40))), None, "a generator of another kind may give that");
}

/// A run that is built on a function that makes one sleep for each coroutine, and gives none up.
fn on_a_plain_one(trial: Trial) -> Trial {
    trial.on(Trial::of("wait_random", &[40]).wait(1, 0, 0, 40).took(40))
}

#[test]
fn coroutines_beyond_n_are_counted_whatever_becomes_of_them() {
    let waits = || Trial::of("wait_n", &[10, 20]).wait(1, 0, 0, 10).wait(1, 0, 0, 20);
    let two = || waits().took(20).returns(&[10, 20]);
    assert_eq!(on_a_plain_one(two()).codes(), []);
    let one_more = || two().gives_up(1, 0, 0, 30);
    assert_eq!(on_a_plain_one(one_more()).codes()[0], Code::Count);
    assert_eq!(one_more().codes(), [], "nothing is known of the task before");
    let for_zero = two().wait(1, 0, 0, 0);
    assert_eq!(on_a_plain_one(for_zero).codes()[0], Code::Count, "one that took no time, too");
}

#[test]
fn a_wait_of_the_task_before_that_is_given_up_ends_too_early() {
    let given_up = Trial::of("wait_n", &[10, 50]).wait(1, 0, 0, 10).gives_up(1, 0, 0, 50);
    let given_up = given_up.wait(2, 0, 0, 45).took(45).returns(&[10, 45]);
    assert_eq!(on_a_plain_one(given_up).codes()[0], Code::Early);
}

#[test]
fn who_waits_for_some_delays_itself_is_told_so() {
    let half = Trial::of("wait_n", &[10, 20]).wait(1, 0, 0, 10).wait(2, 0, 0, 20).took(20);
    let half = half.returns(&[10, 20]);
    let (code, text) = half.breaks(waits_through_upstream).unwrap();
    assert_eq!(code, Code::Upstream);
    assert_eq!(text, "1 of its 2 waits is none of `wait_random`: it made 1 sleep itself.");
}

#[test]
fn time_beside_delays_of_zero_is_too_long_if_the_task_before_was_called() {
    let run = Trial::of("wait_n", &[0, 0]).returns(&[0, 0]).wait(2, 0, 0, 1).took(1);
    assert_eq!(run.clone().wait(1, 0, 0, 0).wait(1, 0, 0, 0).codes()[0], Code::TooLong);
    assert_eq!(run.codes()[0], Code::Upstream, "it was not");
}

#[test]
fn what_differs_by_nanoseconds_is_said_to_the_nanosecond() {
    let mut trial = Trial::right("wait_n", &[10, 20]);
    let off = vec![MS(10) + Duration::from_nanos(149), MS(20)];
    trial.run.trace.ending = Ending::Returned(off);
    let (code, text) = trial.breaks(truthful).unwrap();
    assert_eq!(code, Code::Untruthful);
    let said = "One of the delays that it returned is 10.000149 ms, and its wait took 10 ms.";
    assert_eq!(text, said);
}

#[test]
fn a_wait_that_a_limit_of_its_length_beats_is_told_as_that() {
    let beaten = Trial::of("wait_n", &[50]).gives_up(1, 0, 0, 50).wait(2, 0, 0, 50).took(50);
    let (code, text) = beaten.returns(&[50]).breaks(waits_through_upstream).unwrap();
    assert_eq!(code, Code::Early);
    assert!(text.contains("A wait of 50 ms was given up in the very instant"), "{text}");
}
