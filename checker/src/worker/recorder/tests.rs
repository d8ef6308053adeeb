//! Tests of the recorder with small programs.

use rand::{Rng, RngExt, SeedableRng};
use tokio::time::sleep;

use super::*;
use crate::contract::scenario::RngMode;
use crate::contract::waits::{Durations, WaitScenario};
use crate::fixture::returned;
use crate::tasks;
use crate::trace::{GeneratorId, Run, Termination};
use crate::worker::clock::{run, sample};
use crate::worker::generator::{Generator, OnlyRng};
use crate::worker::subject::{Boxed, BoxedSend};

const MS: Duration = Duration::from_millis(1);

type Coroutine = for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>;

/// The recording of `coroutine`, run as a `wait_n`.
fn recorded(coroutine: Coroutine) -> Run {
    run(&tasks::wait_n::subject(coroutine), &WaitScenario::scripted("test", 50, &[40, 10]).erased())
}

/// The events of that recording, each with its task.
fn whats(coroutine: Coroutine) -> Vec<(usize, EventKind)> {
    recorded(coroutine).trace.events.into_iter().map(|event| (event.task.0, event.what)).collect()
}

#[test]
fn a_sleep_that_is_done_is_not_recorded_as_dropped() {
    let whats = whats(|_, _, _| {
        Box::pin(async {
            let never_awaited = sleep(9 * MS);
            let mut early = Box::pin(sleep(MS));
            early.as_mut().await;
            tokio::select! { biased; () = sleep(2 * MS) => {} () = sleep(7 * MS) => {} }
            drop(never_awaited);
            // it was done long ago, but other sleeps were made and dropped since
            drop(early);
            vec![]
        })
    });
    let numbers = |of: fn(&EventKind) -> Option<usize>| -> Vec<usize> {
        let mut numbers: Vec<usize> = whats.iter().filter_map(|(_, what)| of(what)).collect();
        numbers.sort();
        numbers
    };
    let done = |what: &EventKind| match what {
        EventKind::SleepDone { sleep, .. } => Some(sleep.0),
        _ => None,
    };
    let dropped = |what: &EventKind| match what {
        EventKind::SleepDropped { sleep } => Some(sleep.0),
        _ => None,
    };
    assert_eq!(numbers(done), [2, 3]);
    assert_eq!(numbers(dropped), [1, 4]);
}

#[test]
fn tasks_are_numbered_as_they_are_spawned_and_events_have_their_task() {
    let whats = whats(|_, _, _| {
        Box::pin(async {
            let first = tokio::spawn(sleep(2 * MS));
            let second = tokio::spawn(sleep(MS));
            sleep(3 * MS).await;
            first.await.unwrap();
            second.await.unwrap();
            vec![]
        })
    });
    let of = |is: fn(&EventKind) -> bool| -> Vec<usize> {
        whats.iter().filter(|(_, what)| is(what)).map(|(task, _)| *task).collect()
    };
    assert_eq!(of(|what| matches!(what, EventKind::Spawned { .. })), [0, 0]);
    assert_eq!(of(|what| matches!(what, EventKind::SleepStarted { .. })), [0, 1, 2]);
    assert_eq!(of(|what| matches!(what, EventKind::SleepDone { .. })), [2, 1, 0]);
    let ended = whats.iter().filter_map(|(_, what)| match what {
        EventKind::Ended { task } => Some(task.0),
        _ => None,
    });
    assert_eq!(ended.collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn draws_are_recorded_with_their_bits_and_generators() {
    let whats = whats(|rng, _, _| {
        Box::pin(async move {
            let mut child = rng.fork();
            let _: (u32, u64) = (child.random(), rng.random());
            child.fill_bytes(&mut [0; 3]);
            vec![]
        })
    });
    let drew = |generator, bits| {
        (0, EventKind::Drew { generator: GeneratorId(generator), bits, times: 1 })
    };
    let seeded = (0, EventKind::Seeded { generator: GeneratorId(1) });
    assert_eq!(whats, [drew(0, 256), seeded, drew(1, 32), drew(0, 64), drew(1, 24)]);
}

#[test]
fn the_first_panic_is_the_cause() {
    let place = || Some(SourceLocation { file: "src/lib.rs".into(), line: 3 });
    let ending = |coroutine| recorded(coroutine).trace.ending;
    let told = ending(|_, _, _| {
        Box::pin(async {
            panicked("the cause", Some(SourceLocation { file: "src/lib.rs".into(), line: 3 }));
            panicked("a consequence", None);
            panic!("a consequence")
        })
    });
    assert_eq!(told, Termination::Panicked { message: "the cause".into(), place: place() });
    let silent = ending(|_, _, _| {
        Box::pin(async {
            panicked("", Some(SourceLocation { file: "src/lib.rs".into(), line: 3 }));
            panic!("on purpose")
        })
    });
    assert_eq!(silent, Termination::Panicked { message: "on purpose".into(), place: place() });
    let long = ending(|_, _, _| {
        Box::pin(async {
            panicked(&"x".repeat(LONGEST_MESSAGE + 1), None);
            panic!("on purpose")
        })
    });
    let Termination::Panicked { message, .. } = long else { panic!("{long:?}") };
    assert_eq!(message.len(), LONGEST_MESSAGE);
}

#[test]
fn only_the_first_of_very_many_events_are_kept() {
    let most = recorded(|rng, _, _| {
        Box::pin(async move {
            (0..MOST_EVENTS / 2).for_each(|_| {
                rng.next_u64();
                rng.next_u32();
            });
            vec![]
        })
    });
    assert_eq!((most.trace.events.len(), most.trace.truncated), (MOST_EVENTS, false));
    let more = recorded(|rng, _, _| {
        Box::pin(async move {
            (0..=MOST_EVENTS / 2).for_each(|_| {
                rng.next_u64();
                rng.next_u32();
            });
            vec![]
        })
    });
    assert_eq!((more.trace.events.len(), more.trace.truncated), (MOST_EVENTS, true));
}

#[test]
fn real_time_without_events_is_recorded() {
    let Run { trace, wall } = recorded(|rng, _, _| {
        Box::pin(async move {
            sleep(5000 * MS).await;
            rng.next_u64();
            std::thread::sleep(30 * MS);
            vec![]
        })
    });
    assert_eq!(trace.elapsed, 5000 * MS);
    assert!(wall.running >= 30 * MS && wall.total >= wall.running, "{wall:?}");
    let (after, lasting) = *wall.blocked.iter().max_by_key(|(_, lasting)| *lasting).unwrap();
    assert_eq!(
        trace.events[after - 1].what,
        EventKind::Drew { generator: GeneratorId(0), bits: 64, times: 1 }
    );
    assert!(lasting >= 30 * MS, "{wall:?}");
}

#[test]
fn nothing_is_recorded_between_runs() {
    recorded(|_, _, _| Box::pin(async { vec![] }));
    let _turn = turn();
    assert!(!is_on());
    assert_eq!(generator_made([0; 32]).0, GeneratorId::GIVEN);
}

#[test]
fn a_sample_ends_at_its_budget_or_at_a_call_that_does_not_return() {
    let scenario = WaitScenario::sampled(1, 50, 20).erased();
    let honest = tasks::wait_random::subject(|mut rng, max_delay| {
        Box::pin(async move {
            let delay = MS * rng.random_range(0..=max_delay.as_millis() as u32);
            sleep(delay).await;
            delay
        })
    });
    let samples = sample(&honest, &scenario, Duration::from_secs(60), || Duration::ZERO).unwrap();
    assert_eq!(samples.len(), 20);
    assert!(samples.iter().all(|sample| sample.returned == sample.elapsed));
    assert!(
        samples.iter().any(|sample| sample.elapsed != samples[0].elapsed),
        "each has its generator"
    );
    assert!(sample(&honest, &scenario, Duration::ZERO, || Duration::ZERO).unwrap().is_empty());

    let endless = tasks::wait_random::subject(|mut rng, max_delay| {
        Box::pin(async move {
            if rng.random_range(0..=max_delay.as_millis() as u32) > 25 {
                std::future::pending::<()>().await;
            }
            MS
        })
    });
    let ended =
        sample(&endless, &scenario, Duration::from_secs(60), || Duration::ZERO).unwrap_err();
    assert_eq!(ended.trace.ending, Termination::Deadlock, "how the one that did not return ended");
}

#[test]
fn raw_words_are_drawn_in_order_and_a_short_draw_takes_the_upper_half() {
    let word = 0x0123_4567_89ab_cdef;
    let rng_mode = RngMode::RawWords(vec![word, word]);
    let scenario = Scenario { rng_mode, ..WaitScenario::seeded(0, 1, 50).erased() };
    let drawn = run(
        &tasks::wait_n::subject(|rng, _, _| {
            Box::pin(async move {
                let mut child = rng.fork();
                let (half, whole) = (child.next_u32(), child.next_u64());
                vec![Duration::from_nanos(half.into()), Duration::from_nanos(whole)]
            })
        }),
        &scenario,
    );
    let nanos = [0x0123_4567, word].map(Duration::from_nanos);
    assert_eq!(drawn.trace.output(), Some(Durations(nanos.to_vec())));
}

#[test]
fn a_run_that_panics_has_the_time_until_its_panic() {
    let Run { trace, .. } = recorded(|_, _, _| {
        Box::pin(async {
            sleep(5 * MS).await;
            panic!("on purpose")
        })
    });
    assert_eq!(trace.elapsed, 5 * MS);
}

#[test]
fn one_call_gets_the_given_generator_and_several_calls_get_one_each() {
    let subject = tasks::wait_random::subject(|mut rng, max_delay| {
        Box::pin(async move {
            let delay = MS * rng.random_range(0..=max_delay.as_millis() as u32);
            sleep(delay).await;
            delay
        })
    });
    let run =
        |delays: &[u64]| run(&subject, &WaitScenario::scripted("test", 50, delays).erased()).trace;
    let made = |trace: &crate::trace::Trace| {
        trace.events.iter().filter(|event| matches!(event.what, EventKind::Seeded { .. })).count()
    };
    let (one, two) = (run(&[30]), run(&[40, 10]));
    assert_eq!((one.output(), made(&one)), (Some(Durations(vec![30 * MS])), 0));
    assert_eq!((two.output(), made(&two)), (Some(Durations(vec![40 * MS, 10 * MS])), 2));
}

#[test]
fn a_run_ends_as_its_handle_ends() {
    let ending = |f| {
        run(
            &tasks::task_wait_random::subject(f),
            &WaitScenario::scripted("test", 50, &[30]).erased(),
        )
        .trace
        .ending
    };
    let done = ending(|_, _| tokio::spawn(async { 7 * MS }));
    assert_eq!(done, returned(vec![7 * MS]));
    let message = |ending| match ending {
        Termination::Panicked { message, .. } => message,
        other => panic!("{other:?}"),
    };
    assert_eq!(message(ending(|_, _| tokio::spawn(async { panic!("on purpose") }))), "on purpose");
    let aborted = ending(|_, _| {
        let task = tokio::spawn(std::future::pending());
        task.abort();
        task
    });
    assert_eq!(message(aborted), "the task was cancelled before it was done");
}

#[test]
fn a_hundred_draws_in_a_row_are_one_event() {
    let trace = recorded(|rng, _, _| {
        Box::pin(async move {
            (0..100).for_each(|_| {
                rng.next_u64();
            });
            vec![]
        })
    });
    assert_eq!((trace.trace.events.len(), trace.trace.draws().count()), (1, 100));
}

#[test]
fn a_wait_that_is_polled_late_ends_when_its_timer_fires() {
    let run = recorded(|_, _, _| {
        Box::pin(async {
            let mut short = Box::pin(sleep(10 * MS));
            let mut begun = std::pin::pin!(tokio::task::unconstrained(&mut short));
            std::future::poll_fn(|cx| std::task::Poll::Ready(begun.as_mut().poll(cx).is_ready()))
                .await;
            sleep(40 * MS).await;
            short.await;
            vec![]
        })
    });
    let spans: Vec<_> = run.trace.waits().iter().filter_map(|wait| wait.span).collect();
    assert_eq!(spans, [(Duration::ZERO, 10 * MS), (Duration::ZERO, 40 * MS)]);
}

#[test]
fn a_draw_beyond_the_script_is_noted() {
    let drawing = |draws: usize| {
        let scenario = WaitScenario::scripted("test", 50, &[10]).erased();
        let subject = tasks::wait_random::subject(if draws > 32 { too_much } else { enough });
        run(&subject, &scenario).trace.off_script
    };
    fn drawn(mut rng: OnlyRng<'_>, draws: usize) -> Duration {
        (0..draws).for_each(|_| {
            rng.next_u64();
        });
        Duration::ZERO
    }
    fn enough<'a>(rng: OnlyRng<'a>, _: Duration) -> BoxedSend<'a, Duration> {
        Box::pin(async { drawn(rng, 32) })
    }
    fn too_much<'a>(rng: OnlyRng<'a>, _: Duration) -> BoxedSend<'a, Duration> {
        Box::pin(async { drawn(rng, 33) })
    }
    assert!(!drawing(32) && drawing(33));
}
