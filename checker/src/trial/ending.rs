//! Runs that did not return, and runs of which not all is known.

use super::*;
use crate::rules::{every, more_than_is_recorded};

#[test]
fn a_limit_on_the_real_clock_tells_what_kept_the_thread() {
    let ended = |busy| Trial::of("wait_n", &[10]).ends(Ending::WallLimit { busy });
    let held = |millis| {
        let mut trial = ended(false);
        trial.run.wall.running = MS(millis);
        trial
    };
    assert_eq!(held(100).codes(), [Code::Deadlock], "nobody held it");
    assert_eq!(held(900).codes(), [Code::BlockedForever]);
    let handed_over = held(900).event(0, 0, What::BlockingSpawned);
    assert_eq!(handed_over.codes(), [Code::Blocking]);

    assert_eq!(ended(true).codes(), [Code::EndlessLoop]);
    let stands = |events| (0..events).fold(ended(true), |trial, _| trial.sleep(1, 0, 0)).codes();
    assert_eq!(stands(999), [Code::EndlessLoop]);
    assert_eq!(
        stands(1000),
        [Code::NeverEnds],
        "it does something all the time, and no time goes by"
    );
    let moves = |events| (0..events).fold(ended(true), |trial, at| trial.sleep(1, 0, at).took(at));
    assert_eq!(moves(1000).codes(), [Code::EndlessLoop]);
    assert_eq!(moves(1001).codes(), [Code::TooSlow], "time goes by");
}

#[test]
fn of_what_is_not_recorded_whole_only_the_result_counts() {
    // with delays that may be long, even a right solution may do more than is recorded
    let long = |delays: &[u64]| Trial::of("wait_n", delays).max_delay(10_000);
    let cut = |took, returned: &[u64]| {
        let mut trial = long(&[40, 10]).took(took).returns(returned);
        trial.run.trace.cut = true;
        trial.codes()
    };
    assert_eq!(cut(40, &[10, 40]), []);
    assert_eq!(cut(50, &[10, 40]), [Code::Untruthful], "one after another");
    assert_eq!(cut(40, &[40, 10]), [Code::Untruthful, Code::Order], "in another order");

    // where the task before does not take what is prescribed, nobody knows what is right
    let mut of_its_own = long(&[40, 10]).took(30).returns(&[30, 7]);
    of_its_own.run.trace.cut = true;
    let before = || Trial::of("wait_random", &[20]).wait(1, 0, 0, 19).took(19);
    assert_eq!(of_its_own.on(before()).breaks(more_than_is_recorded), None);

    // nor where more is drawn than what is prescribed
    let mut burns_in = long(&[40, 10]).took(30).returns(&[7, 30]);
    burns_in.run.trace.cut = true;
    assert!(burns_in.clone().breaks(more_than_is_recorded).is_some());
    burns_in.run.trace.off_script = true;
    assert_eq!(burns_in.breaks(more_than_is_recorded), None);
}

#[test]
fn few_and_short_delays_have_to_be_recorded_whole() {
    let cut = |max_delay| {
        let mut trial = Trial::of("wait_n", &[40, 10]).max_delay(max_delay).took(40);
        trial = trial.returns(&[10, 40]);
        trial.run.trace.cut = true;
        trial.codes()
    };
    assert_eq!(cut(5000), [Code::TooSlow], "nobody knows whose waits they were");
    assert_eq!(cut(5001), [], "somebody may have woken up every millisecond");
}

#[test]
fn what_never_ends_for_zero_only_is_told_of_zero() {
    let right = || Trial::right("wait_n", &[40, 10]);
    let stuck = |delays: &[u64]| Trial::of("wait_n", delays).ends(Ending::Deadlock);
    assert_eq!(codes(&[right(), stuck(&[])]), [Code::Zero]);
    assert_eq!(codes(&[stuck(&[])]), [Code::Deadlock]);
    assert_eq!(codes(&[right(), stuck(&[40])]), [Code::Deadlock]);
}

#[test]
fn a_wait_on_another_runtime_explains_a_run_that_does_not_end() {
    let elsewhere = |ending| {
        let what = What::Elsewhere { place: place(2) };
        Trial::of("wait_n", &[]).event(0, 0, what).ends(ending).codes()
    };
    assert_eq!(elsewhere(Ending::Deadlock), [Code::OwnRuntime]);
    assert_eq!(elsewhere(Ending::Returned(Vec::new())), [Code::OwnRuntime]);
}

#[test]
fn what_may_be_waited_for_in_vain_is_said_as_far_as_it_is_there() {
    let said = |source| {
        let trial = Trial::of("wait_n", &[10]).source(source).ends(Ending::Deadlock);
        trial.look(|case| {
            let runs = vec![trial.case(case.source, case.upstream)];
            let cases = Cases { runs, ..Cases::none(case.task, case.source) };
            Findings::of([&every::ENDS].into_iter(), &cases).diagnoses().remove(0).1.text
        })
    };
    let (receiver, sender, thread) = ("A receiver waits", "A sender waits", "A thread of its own");
    for (source, hints) in [
        ("fn f() {}", &[][..]),
        ("fn f() { rx.recv() }", &[receiver, ": `drop` it."]),
        ("fn f() { drop(tx); rx.recv() }", &[receiver, "nobody uses."]),
        ("use tokio::sync::mpsc; fn f() { mpsc::channel(8); tx.send(1) }", &[sender]),
        ("use tokio::sync::mpsc; fn f() { mpsc::channel(8) }", &[]),
        ("fn f() { oneshot::channel(); std::thread::spawn(g); tx.send(1) }", &[thread]),
    ] {
        let text = said(source);
        for hint in hints {
            assert!(text.contains(hint), "{source}: {text}");
        }
        let all = [receiver, sender, thread];
        let said = all.into_iter().filter(|hint| text.contains(hint)).count();
        assert_eq!(said, all.into_iter().filter(|hint| hints.contains(hint)).count(), "{text}");
    }
}

#[test]
fn panics_of_the_runtime_are_told_by_what_led_to_them() {
    let code = |message: &str, source: &str| {
        let ending = Ending::Panicked { message: message.into(), place: None };
        Trial::of("wait_n", &[10]).source(source).ends(ending).codes()
    };
    let blocking = "can call blocking only when running on the multi-threaded runtime";
    assert_eq!(code(blocking, "fn f() { block_in_place(g) }"), [Code::Blocking]);
    let dropped = "Cannot drop a runtime in a context where blocking is not allowed.";
    assert_eq!(code(dropped, ""), [Code::OwnRuntime]);
    let nested = code(blocking, "fn f() { block_in_place(|| handle.block_on(g)) }");
    assert_eq!(nested, [Code::NestedRuntime]);
    assert_eq!(code("the task was cancelled before it was done", ""), [Code::Early]);
    assert_eq!(code("something else", ""), [Code::Panic]);
}
