//! Tests of the rules for `measure_time`.

use super::arguments::{all_waits_of_wait_n, with_the_arguments_given};
use super::value::{the_time_that_passed, zero_for_none};
use super::*;
use crate::fixture::{MS, TraceFixture, look_at_all, returned};
use crate::trace::Termination;

/// The diagnosis of a returned value (in nanoseconds) if n waits took `elapsed` milliseconds together.
fn said(n: usize, elapsed: u64, value: u64) -> Option<(Code, String)> {
    let delays: Vec<u64> = (0..n as u64).map(|i| elapsed - i * elapsed / n as u64).collect();
    let mut fixture = TraceFixture::right("measure_time", &delays);
    fixture.run.trace.ending = returned(vec![Duration::from_nanos(value)]);
    fixture.breaks(the_time_that_passed)
}

#[test]
fn a_wrong_value_is_explained_by_its_most_likely_cause() {
    let code = |n, elapsed, value| said(n, elapsed, value).map(|(code, _)| code);
    const US: u64 = 1_000;
    const MS: u64 = 1_000_000;
    const S: u64 = 1_000_000_000;
    // 40, 30, 20 and 10 ms at the same time: 10 ms for each
    for right in [10 * MS, 10 * MS + US, 10 * MS - US] {
        assert_eq!(code(4, 40, right), None, "exact to a microsecond: {right}");
    }
    assert_eq!(code(4, 40, 40 * MS), Some(Code::NotDivided));
    for (sum, what) in [(100, "the sum of the delays"), (25, "the mean of the delays")] {
        let (code, text) = said(4, 40, sum * MS).unwrap();
        assert_eq!(code, Code::Sum);
        assert!(text.contains(what), "{text}");
    }
    let rounded = [
        (4, 4400, S, "to seconds"),
        (3, 40, 13 * MS, "to milliseconds"),
        (4, 40, 10 * MS + 50 * US, "to some microseconds"),
        (4, 4000, S + 500 * US, "to less than a millisecond"),
        (4, 4000, S + 50 * US + 1, "by a ten-thousandth"),
    ];
    for (n, elapsed, value, how) in rounded {
        assert_eq!(code(n, elapsed, value), Some(Code::Truncated), "{how}");
    }
    let too_far_off = [
        (4, 40, 11 * MS, "by a millisecond"),
        (4, 40, 10 * MS + 100 * US, "by a hundredth"),
        (4, 40, 10 * MS + 500 * US, "by more"),
        (4, 4000, 2 * S, "by a second"),
        (4, 4000, S + MS, "by a millisecond"),
        (3, 1000, 333_333_333 + 33_333, "by a ten-thousandth"),
    ];
    for (n, elapsed, value, by) in too_far_off {
        assert_eq!(code(n, elapsed, value), Some(Code::WrongTime), "{by}");
    }
}

#[test]
fn a_value_within_a_microsecond_of_the_exact_one_gives_the_same_normalized_trace() {
    let seen = |nanos| {
        let mut fixture = TraceFixture::right("measure_time", &[50, 0, 50]);
        fixture.run.trace.ending = returned(vec![Duration::from_nanos(nanos)]);
        Some(TASK.normalized(&fixture.run.trace, &fixture.scenario.erased()))
            == TASK.expected(&fixture.scenario.erased())
    };
    assert!(seen(16_666_666) && seen(16_666_667) && seen(16_667_000));
    assert!(!seen(16_668_000));
}

#[test]
fn late_timers_reveal_a_time_that_was_rounded_before_it_was_divided() {
    let said = |nanos, source| {
        let mut fixture = TraceFixture::right("measure_time", &[40, 10, 30, 20]).source(source);
        fixture.scenario.timer_delay = Duration::from_micros(1250);
        fixture.run.trace.elapsed = Duration::from_micros(41_250);
        fixture.ends_late(MS(40), Duration::from_micros(41_250));
        fixture.run.trace.ending = returned(vec![Duration::from_nanos(nanos)]);
        fixture.breaks(the_time_that_passed)
    };
    assert_eq!(said(10_312_500, ""), None);
    let (code, text) = said(10_250_000, "t.elapsed().as_millis()").unwrap();
    assert_eq!(code, Code::Truncated);
    let off = ["rounded, and 0.063 ms off", "rounded, and 0.062 ms off"];
    assert!(off.iter().any(|off| text.contains(off)), "{text}");
    // a time so short that the rounding is more than a hundredth of it
    let mut short = TraceFixture::right("measure_time", &[20, 10, 5, 1]).source("as_millis()");
    short.scenario.timer_delay = Duration::from_micros(1250);
    short.run.trace.elapsed = Duration::from_micros(21_250);
    short.ends_late(MS(20), Duration::from_micros(21_250));
    short.run.trace.ending = returned(vec![Duration::from_micros(5_250)]);
    assert_eq!(short.breaks(the_time_that_passed).unwrap().0, Code::Truncated);
    let (code, text) = said(9_000_000, "waits.max()").unwrap();
    assert_eq!(code, Code::WrongTime);
    assert!(text.contains("which it computed"), "{text}");
}

#[test]
fn a_sleep_of_its_own_may_come_first_but_must_not_be_measured() {
    let said = |micros| {
        let mut fixture = TraceFixture::of("measure_time", &[40, 10])
            .wait(2, 0, 1, 41)
            .wait(2, 0, 1, 11)
            .waits_at_the_call(0, 1);
        fixture = fixture.on(TraceFixture::of("wait_n", &[40, 10])
            .wait(2, 0, 0, 40)
            .wait(2, 0, 0, 10)
            .elapsed(40));
        fixture.run.trace.elapsed = MS(41);
        fixture.run.trace.ending = returned(vec![Duration::from_micros(micros)]);
        fixture.breaks(the_time_that_passed)
    };
    assert_eq!(said(20_000), None);
    let (code, text) = said(20_500).unwrap();
    assert_eq!(code, Code::WrongTime);
    assert_eq!(text, "It measured 41 ms, but `wait_n` took 40 ms: something else waits, too.");
}

#[test]
fn a_wrong_unit_and_another_clock_are_recognised_by_the_value_and_the_source() {
    let said = |micros, source| {
        let mut fixture = TraceFixture::right("measure_time", &[40, 10, 30, 20]).source(source);
        fixture.run.trace.ending = returned(vec![Duration::from_micros(micros)]);
        fixture.run.wall.total = MS(2);
        fixture.breaks(the_time_that_passed).unwrap()
    };
    let (code, text) = said(10, "");
    assert_eq!(code, Code::WrongTime);
    assert!(text.ends_with("It is off by a factor of 1,000: check the units."), "{text}");
    for (micros, source, hint) in [
        (300, "std::time::Instant::now()", " std's `Instant` always reads"),
        (300, "SystemTime::now()", " `SystemTime` reads the computer's clock"),
        (300, "use tokio::time::Instant;", " Outside of the runtime, tokio's `Instant` reads"),
        (300, "", "it read another clock."),
        (9_800, "use tokio::time::Instant;", "it read the clock once outside of the runtime"),
    ] {
        let (code, text) = said(micros, source);
        assert_eq!(code, Code::WrongClock, "{text}");
        assert!(text.contains(hint), "{text}");
    }
    assert_eq!(said(9_800, "").0, Code::WrongTime);
}

#[test]
fn the_largest_duration_is_a_wrong_value_and_no_panic() {
    let mut fixture = TraceFixture::right("measure_time", &[40, 10, 30, 20]);
    fixture.run.trace.ending = returned(vec![Duration::MAX]);
    assert_eq!(fixture.breaks(the_time_that_passed).unwrap().0, Code::WrongTime);
}

#[test]
fn a_value_that_fits_the_real_clock_comes_from_another_clock() {
    let of_total = |total| {
        let mut fixture = TraceFixture::right("measure_time", &[40, 10, 30, 20]).returns(&[11]);
        fixture.run.wall.total = MS(total);
        fixture.breaks(the_time_that_passed).unwrap().0
    };
    assert_eq!(of_total(11), Code::WrongClock);
    assert_eq!(of_total(10), Code::WrongTime);
}

#[test]
fn with_n_zero_one_microsecond_counts_as_zero_but_two_do_not() {
    let returned = |delays: &[u64], micros| {
        let mut fixture = TraceFixture::of("measure_time", delays);
        fixture.run.trace.ending = returned(vec![Duration::from_micros(micros)]);
        fixture.breaks(zero_for_none).map(|(code, _)| code)
    };
    assert_eq!(returned(&[], 1), None);
    assert_eq!(returned(&[], 2), Some(Code::Zero));
    assert_eq!(returned(&[40], 2), None, "another rule reports that");
    let waits = TraceFixture::of("measure_time", &[]).wait(1, 0, 0, 7).elapsed(7).returns(&[7]);
    let (code, text) = waits.breaks(zero_for_none).unwrap();
    assert_eq!(code, Code::Zero);
    assert_eq!(text, "With n = 0 it returned 7 ms, after 7 ms, but there is nothing to wait for.");
    assert_eq!(returned(&[0, 0], 1), None);
    assert_eq!(returned(&[0, 0], 2), Some(Code::WrongTime), "with delays of zero, too");
}

/// The diagnosis of runs with a `max_delay` of 5 s.
fn of_all(fixtures: Vec<TraceFixture>) -> Option<String> {
    let fixtures: Vec<TraceFixture> =
        fixtures.into_iter().map(|fixture| fixture.max_delay(5000)).collect();
    look_at_all(&fixtures, all_waits_of_wait_n).map(|diagnosis| diagnosis.text)
}

#[test]
fn fewer_waits_than_n_are_a_mistake_if_most_of_many_runs_have_fewer() {
    let runs = |few: usize, all: usize| {
        let run = |i| match TraceFixture::of("measure_time", &[40, 10]) {
            fixture if i < few => fixture.wait(1, 0, 0, 40),
            fixture => fixture.wait(1, 0, 0, 40).wait(1, 0, 0, 10),
        };
        of_all((0..all).map(run).collect()).is_some()
    };
    assert!(runs(6, 10));
    assert!(!runs(5, 10), "a delay may be zero by chance");
    assert!(!runs(9, 9), "too few runs");
}

#[test]
fn waits_that_begin_after_all_others_are_done_come_from_a_second_wait_n() {
    let waits = |n: usize, groups: &[(usize, u64, u64)]| {
        let spans = groups.iter().flat_map(|(count, from, to)| vec![(*from, *to); *count]);
        let fixture = TraceFixture::of("measure_time", &vec![10; n]);
        spans.fold(fixture, |fixture, (from, to)| fixture.wait(1, 0, from, to))
    };
    let once = |n| waits(n, &[(n, 0, 10)]);
    let twice = || waits(5, &[(5, 0, 10), (5, 10, 20)]);
    assert!(of_all(vec![twice()]).unwrap().contains("others began"));
    assert_eq!(of_all(vec![twice(), once(5)]), None, "only half of the runs");
    let small = [once(4), once(4), once(4)];
    assert!(of_all([&[twice()], &small[..]].concat()).is_some(), "runs with a small n don't count");
    assert_eq!(of_all(vec![waits(5, &[(5, 0, 10), (3, 10, 20)])]), None, "fewer begin again");
    let held_up = waits(5, &[(5, 0, 10), (1, 0, 30), (5, 10, 20)]);
    assert_eq!(of_all(vec![held_up]), None, "one wait is still running");
}

#[test]
fn one_run_can_show_that_wait_n_got_other_arguments() {
    let before = || TraceFixture::of("wait_n", &[40]).wait(1, 0, 0, 40).elapsed(40);
    let run = |n: usize, waits: &[u64]| {
        let fixture = TraceFixture::of("measure_time", &vec![50; n]).elapsed(50);
        waits.iter().fold(fixture, |fixture, wait| fixture.wait(1, 0, 0, *wait))
    };
    let said = |fixture: TraceFixture| {
        fixture
            .on(before())
            .breaks(with_the_arguments_given)
            .map_or(String::new(), |(_, text)| text)
    };
    assert_eq!(said(run(2, &[50, 10])), "");
    assert!(said(run(2, &[51, 10])).contains("takes 51 ms, but `max_delay` is 50 ms"));
    assert!(said(run(2, &[50, 10, 20])).contains("For n = 2 there were 3 waits"));
    assert_eq!(said(run(2, &[50])), "", "the other one may have been zero");
    assert!(said(run(20, &[50; 8])).contains("For n = 20 there were only 8 waits"));
    let unknown = run(2, &[50, 10, 20]).breaks(with_the_arguments_given);
    assert_eq!(unknown, None, "nothing is known about the dependency");
}

#[test]
fn truncated_runs_and_runs_that_did_not_return_are_left_out() {
    let day = |seed: u64, change: fn(TraceFixture) -> TraceFixture| {
        let before = TraceFixture::of("wait_n", &[20]).wait(1, 0, 0, 20).elapsed(20);
        let mut fixture = change(TraceFixture::of("measure_time", &[])).on(before);
        fixture.scenario = WaitScenario::seeded(seed, 20, 86_400_000);
        fixture
    };
    let said = |change: fn(TraceFixture) -> TraceFixture| {
        let fixtures: Vec<TraceFixture> = (0..15).map(|seed| day(seed, change)).collect();
        look_at_all(&fixtures, |cases| all_waits_of_wait_n(cases).map(|found| found.code))
    };
    assert_eq!(said(|fixture| fixture.returns(&[0])), Some(Code::WrongTime), "nobody waits");
    assert_eq!(said(|fixture| fixture.ends(Termination::PollLimit)), None);
    let cut = said(|fixture| {
        let mut fixture = fixture.returns(&[0]);
        fixture.run.trace.truncated = true;
        fixture
    });
    assert_eq!(cut, None);
}
