//! Runs a subject under a virtual clock. It always returns, unless the student's code never gives the thread back; such
//! a run is ended by the watchdog, or from outside ([`crate::run`]).
//!
//! The runtime is tokio's current-thread runtime, started with a paused clock. When nothing can run, the clock jumps to
//! the next timer. So a run takes no real time, and the same run always gives the same trace.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant as WallInstant};

use rand::SeedableRng;
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::{Builder, Handle, RngSeed, Runtime};
use tokio::time::Instant;

use crate::contract::manner::Manner;
use crate::contract::protocol::{Spent, times};
use crate::contract::scenario::{Sample, Scenario};
use crate::contract::waits::Durations;
use crate::system;
use crate::trace::{Run, Termination, Trace};
use crate::worker::generator::{Generator, Role};
use crate::worker::manner;
use crate::worker::recorder::{self, Recording, hook};
use crate::worker::subject::{Boxed, Call, Subject, SyncCall};

use limited::Limited;
use threads::Threads;

mod limited;
mod threads;

/// How many rounds the runtime makes after the return, before tasks that are still alive count as left over. A task
/// that has just delivered its result may need a round to end. While the tasks become fewer, there are more rounds.
const GRACE: usize = 8;

/// Makes one recorded run.
pub fn run(subject: &Subject, scenario: &Scenario) -> Run {
    let _turn = recorder::turn();
    recorded(subject, scenario, || subject.generator(scenario))
}

/// Makes one recorded run with this generator.
fn recorded(subject: &Subject, scenario: &Scenario, generator: impl FnOnce() -> Generator) -> Run {
    let threads = if scenario.recorded { Threads::count() } else { Threads::uncounted() };
    recorder::start(scenario);
    let (started, cpu) = (WallInstant::now(), system::cpu_time_of_thread());
    let mut outcome = match &subject.call {
        Call::Async(call) => {
            let call = call(&scenario.input);
            run_async(&*call, generator, subject, scenario, threads)
        }
        Call::Sync(call) => run_sync(call, generator, subject, scenario, threads),
    };
    let events = outcome.recording.events();
    let ending = match (outcome.ending, outcome.recording.first_panic()) {
        (Termination::Panicked { message, .. }, Some((first, place))) => {
            // an unwrap of a task's panic is a consequence: the first panic is the cause
            Termination::Panicked { message: if first.is_empty() { message } else { first }, place }
        }
        (ending, _) => ending,
    };
    let trace = Trace {
        events,
        ending,
        elapsed: outcome.elapsed,
        leftover_tasks: outcome.leftover_tasks,
        leftover_threads: outcome.leftover_threads,
        truncated: outcome.recording.is_truncated(),
        off_script: outcome.recording.is_off_script(),
        shared_seeds: outcome.recording.shared_seeds(),
    };
    let cpu = system::cpu_time_of_thread().saturating_sub(cpu);
    let wall = outcome.recording.wall(started.elapsed(), cpu);
    Run { trace, wall }
}

/// Makes the calls of a sample in a row, without recording them, each with a generator of its own. It makes fewer calls
/// if they need more than `budget` of processor time (or of time in which nothing is done). `stalled` returns how late
/// the machine has been in all.
///
/// # Errors
/// If one of the calls did not return: a recorded run of that call.
pub fn sample(
    subject: &Subject,
    scenario: &Scenario,
    budget: Duration,
    stalled: impl Fn() -> Duration,
) -> Result<Vec<Sample>, Box<Run>> {
    let _turn = recorder::turn();
    let Call::Async(call) = &subject.call else { return Ok(Vec::new()) };
    let call = call(&scenario.input);
    let runtime = runtime();
    let mut samples = Vec::with_capacity(scenario.calls);
    let all_return = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let mut parent = Generator::new(&scenario.rng_mode, Role::Forks);
            // measured first, so that a stop of the process after it counts as lateness
            let stalled_before = stalled();
            let (begun, cpu) = (WallInstant::now(), system::cpu_time_of_thread());
            let spent = || Spent {
                wall: begun.elapsed(),
                cpu: system::cpu_time_of_thread().saturating_sub(cpu),
                stalled: stalled().saturating_sub(stalled_before),
            };
            // wall time first, because asking for processor time takes longer than a call, and it is never more than
            // wall time
            let in_time = || begun.elapsed() < budget || goes_on(spent(), budget);
            while samples.len() < scenario.calls && in_time() {
                let (start, wall) = (Instant::now(), WallInstant::now());
                let called = call(parent.fork());
                let Some(returned) = within(scenario.budget.virtual_time(), called).await else {
                    return false;
                };
                let Durations(returned) = Durations::deserialize(&returned).unwrap_or_default();
                samples.extend(returned.first().map(|returned| Sample {
                    returned: *returned,
                    elapsed: start.elapsed(),
                    wall: wall.elapsed(),
                }));
            }
            true
        })
    }));
    runtime.shutdown_background();
    if all_return.is_ok_and(|all| all) {
        return Ok(samples);
    }
    let mut parent = Generator::new(&scenario.rng_mode, Role::Forks);
    let mut generators = std::iter::repeat_with(|| parent.fork());
    let generator = generators.nth(samples.len()).expect("the iterator is endless");
    Err(Box::new(recorded(subject, scenario, || generator)))
}

/// Whether there is time for more calls.
fn goes_on(spent: Spent, budget: Duration) -> bool {
    let used = if spent.is_busy() { spent.cpu } else { spent.own_wall() };
    used < budget && spent.wall < budget * times::WALL
}

/// The output of a future, or `None` if it does not return within `limit` of virtual time.
async fn within<T>(limit: Duration, mut coroutine: Boxed<'_, T>) -> Option<T> {
    let mut limit = pin!(tokio::time::sleep(limit));
    poll_fn(|cx| match coroutine.as_mut().poll(cx) {
        Poll::Ready(returned) => Poll::Ready(Some(returned)),
        Poll::Pending => limit.as_mut().poll(cx).map(|()| None),
    })
    .await
}

struct Outcome {
    ending: Termination,
    elapsed: Duration,
    leftover_tasks: usize,
    leftover_threads: usize,
    recording: Recording,
}

fn run_async(
    call: &dyn Fn(Generator) -> Boxed<'static, Value>,
    generator: impl FnOnce() -> Generator,
    subject: &Subject,
    scenario: &Scenario,
    threads: Threads,
) -> Outcome {
    let runtime = runtime();
    let other = || call(subject.other_generator(scenario));
    let ended = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            manner::before(scenario, other).await;
            // made before the recorder knows the runtime, so that the trace does not contain the limit's own timer
            let limit = Box::pin(tokio::time::sleep(scenario.budget.virtual_time()));
            recorder::on_runtime(Handle::current().id(), Instant::now());
            let called = match scenario.manner {
                Manner::BesideAnother => Box::pin(manner::beside(other(), call(generator()))),
                _ => call(generator()),
            };
            Limited::new(called, limit, scenario.budget.polls()).await
        })
    }));
    let (ending, elapsed, recording) = match ended {
        Ok((ending, elapsed, recording)) => {
            (ending, elapsed, recording.unwrap_or_else(recorder::stop))
        }
        Err(payload) => {
            let recording = recorder::stop();
            (panicked(payload), recording.now(), recording)
        }
    };
    let elapsed = recording.call_took().unwrap_or(elapsed);
    let leftover_tasks = match scenario.manner {
        Manner::Alone => runtime.metrics().num_alive_tasks(),
        // tasks of the other call may still be alive
        _ => 0,
    };
    let leftover_threads = threads.left_over(&runtime);
    // this does not wait for blocking threads, which may never end
    let _ = catch_unwind(AssertUnwindSafe(|| runtime.shutdown_background()));
    Outcome { ending, elapsed, leftover_tasks, leftover_threads, recording }
}

fn run_sync(
    call: &SyncCall,
    generator: impl FnOnce() -> Generator,
    subject: &Subject,
    scenario: &Scenario,
    threads: Threads,
) -> Outcome {
    let runtime = runtime();
    if scenario.manner == Manner::AfterAnother {
        // if it panics, it does so in a call alone
        let _ = catch_unwind(AssertUnwindSafe(|| {
            call(&runtime, subject.other_generator(scenario), &scenario.input)
        }));
    }
    let origin = {
        let _context = runtime.enter();
        let origin = Instant::now();
        recorder::on_runtime(runtime.handle().id(), origin);
        origin
    };
    let generator = generator();
    let ended = catch_unwind(AssertUnwindSafe(|| call(&runtime, generator, &scenario.input)));
    let recording = recorder::stop();
    let elapsed = {
        let _context = runtime.enter();
        Instant::now().saturating_duration_since(origin)
    };
    let ending = match ended {
        Ok(value) => Termination::Returned(value),
        Err(payload) => panicked(payload),
    };
    let grace = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let alive = || Handle::current().metrics().num_alive_tasks();
            let (mut rounds, mut last) = (0, usize::MAX);
            while rounds < GRACE || alive() < last {
                (rounds, last) = (rounds + 1, alive());
                tokio::task::yield_now().await;
            }
        })
    }));
    let leftover_tasks = if grace.is_ok() { runtime.metrics().num_alive_tasks() } else { 0 };
    let leftover_threads = threads.left_over(&runtime);
    let _ = catch_unwind(AssertUnwindSafe(|| runtime.shutdown_background()));
    Outcome { ending, elapsed, leftover_tasks, leftover_threads, recording }
}

/// A current-thread runtime with a virtual clock, whose hooks report to the recorder.
fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        // makes `select!` take its branches in the same order each time
        .rng_seed(RngSeed::from_bytes(b"await and see"))
        .on_task_spawn(|task| hook::spawned(task.id(), task.spawned_at()))
        .on_before_task_poll(|_| hook::polled())
        .on_task_terminate(|task| hook::ended(task.id()))
        .on_thread_park(hook::parked)
        .on_thread_unpark(hook::unparked)
        .build()
        .expect("a current-thread runtime needs nothing from the system but memory")
}

fn panicked(payload: Box<dyn std::any::Any + Send>) -> Termination {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let message = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
    let message = message.chars().take(recorder::LONGEST_MESSAGE).collect();
    // dropping it would run the student's code once more, and that might panic again
    std::mem::forget(payload);
    Termination::Panicked { message, place: None }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::contract::waits::WaitScenario;
    use crate::tasks;
    use crate::trace::EventKind;
    use crate::trace::SleepId;
    use rand::RngExt;
    use std::pin::Pin;
    use tokio::task::{JoinSet, yield_now};
    use tokio::time::{advance, resume, sleep};

    const MS: Duration = Duration::from_millis(1);

    type Coroutine = for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>;

    /// The trace of `coroutine`, run as if it were a `wait_n`.
    fn trace(coroutine: Coroutine) -> Trace {
        let scenario = WaitScenario::scripted("test", 50, &[40, 10, 30, 20]).erased();
        // other tests start and end threads of this process at the same time, so threads don't count here
        Trace { leftover_threads: 0, ..run(&tasks::wait_n::subject(coroutine), &scenario).trace }
    }

    async fn wait(mut rng: Generator, max_delay: Duration) -> Duration {
        let delay = MS * rng.random_range(0..=max_delay.as_millis() as u32);
        sleep(delay).await;
        delay
    }

    async fn join_set(rng: &mut Generator, n: usize, max_delay: Duration) -> Vec<Duration> {
        let mut tasks: JoinSet<_> = (0..n).map(|_| wait(rng.fork(), max_delay)).collect();
        let mut delays = Vec::new();
        loop {
            tokio::select! {
                () = sleep(3 * MS) => {}
                delay = tasks.join_next() => match delay {
                    Some(delay) => delays.push(delay.unwrap()),
                    None => break delays,
                },
            }
        }
    }

    /// Fails if a new version of tokio has other names for its spans and fields.
    #[test]
    fn canary_the_life_of_a_sleep_is_recorded() {
        async fn five() -> Vec<Duration> {
            sleep(5 * MS).await;
            vec![5 * MS]
        }
        let trace = trace(|_, _, _| Box::pin(five()));
        let whats: Vec<EventKind> = trace.events.iter().map(|event| event.what.clone()).collect();
        let [
            EventKind::SleepMade { sleep: SleepId(1), place },
            EventKind::SleepStarted { sleep: SleepId(1), until },
            EventKind::SleepDone { sleep: SleepId(1), .. },
        ] = &whats[..]
        else {
            panic!("{whats:?}");
        };
        assert!(place.file.ends_with("clock/mod.rs") && place.line > 200, "{place}");
        assert_eq!((*until, trace.events[2].at, trace.elapsed), (5 * MS, 5 * MS, 5 * MS));
    }

    #[test]
    fn sleeps_within_one_task_are_distinguished() {
        let trace = trace(|_, _, _| {
            Box::pin(async {
                let _never_awaited = sleep(9 * MS);
                tokio::select! { biased; () = sleep(2 * MS) => {} () = sleep(7 * MS) => {} }
                vec![]
            })
        });
        let spans: Vec<_> = trace.waits().iter().map(|wait| (wait.span, wait.done)).collect();
        assert_eq!(
            spans,
            [
                (None, false),
                (Some((Duration::ZERO, 2 * MS)), true),
                (Some((Duration::ZERO, 7 * MS)), false)
            ]
        );
    }

    #[test]
    fn a_hundred_runs_give_a_hundred_equal_traces() {
        let one = || trace(|rng, n, max_delay| Box::pin(join_set(rng, n, max_delay)));
        let first = one();
        assert_eq!(first.output(), Some(Durations([10, 20, 30, 40].map(|ms| ms * MS).to_vec())));
        assert_eq!((first.spawns().count(), first.leftover_tasks), (4, 0));
        for _ in 1..100 {
            assert_eq!(one(), first);
        }
    }

    #[test]
    fn a_thousand_futures_are_recorded_completely() {
        let subject =
            tasks::wait_n::subject(|rng, n, max_delay| Box::pin(join_set(rng, n, max_delay)));
        let trace = run(&subject, &WaitScenario::scripted_by_seed(1, 1000, 500).erased()).trace;
        let Durations(delays) = trace.output().unwrap();
        assert_eq!((delays.len(), delays.is_sorted()), (1000, true));
        assert_eq!(trace.elapsed, *delays.last().unwrap());
    }

    #[test]
    fn a_run_that_never_returns_is_ended_by_the_right_limit() {
        let endings = [
            trace(|_, _, _| Box::pin(std::future::pending())),
            trace(|_, _, _| Box::pin(endless(|| Box::pin(sleep(MS * 1000))))),
            trace(|_, _, _| Box::pin(endless(|| Box::pin(yield_now())))),
            trace(|_, _, _| {
                Box::pin(async { tokio::spawn(endless(|| Box::pin(yield_now()))).await.unwrap() })
            }),
        ]
        .map(|trace| trace.ending);
        assert_eq!(
            endings,
            [
                Termination::Deadlock,
                Termination::VirtualLimit,
                Termination::PollLimit,
                Termination::PollLimit
            ]
        );
    }

    async fn endless(step: fn() -> Pin<Box<dyn Future<Output = ()> + Send>>) -> Vec<Duration> {
        loop {
            step().await;
        }
    }

    #[test]
    fn leftover_tasks_are_counted_but_not_tasks_that_are_about_to_end() {
        let left = trace(|_, _, _| {
            Box::pin(async {
                tokio::spawn(sleep(50 * MS));
                vec![]
            })
        });
        assert_eq!(left.leftover_tasks, 1);
        let just_ending = trace(|_, _, _| {
            Box::pin(async {
                let (sender, receiver) = tokio::sync::oneshot::channel();
                tokio::spawn(async move {
                    sender.send(()).unwrap();
                    yield_now().await;
                });
                receiver.await.unwrap();
                vec![]
            })
        });
        assert_eq!(just_ending.leftover_tasks, 0);
    }

    #[test]
    fn a_clock_that_is_moved_by_hand_is_noticed() {
        let moved = |trace: Trace| {
            trace.events.iter().any(|event| matches!(event.what, EventKind::ClockMoved { .. }))
        };
        async fn then_nothing(wait: impl Future<Output = ()>) -> Vec<Duration> {
            wait.await;
            vec![]
        }
        assert!(moved(trace(|_, _, _| Box::pin(then_nothing(advance(MS))))));
        assert!(moved(trace(|_, _, _| Box::pin(then_nothing(async {
            resume();
            std::thread::sleep(MS);
        })))));
        assert!(!moved(trace(|_, _, _| Box::pin(then_nothing(sleep(MS))))));
    }

    #[test]
    fn a_wait_on_another_runtime_is_noticed() {
        fn on_another_runtime() {
            let runtime = Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(async { sleep(MS).await });
        }
        let trace = trace(|_, _, _| {
            Box::pin(async {
                std::thread::spawn(on_another_runtime).join().unwrap();
                vec![]
            })
        });
        let elsewhere =
            |event: &crate::trace::Event| matches!(event.what, EventKind::Elsewhere { .. });
        assert!(trace.events.iter().any(elsewhere), "{trace:?}");
    }

    #[test]
    fn a_panic_ends_the_run_and_not_the_process() {
        let trace = trace(|_, _, _| Box::pin(async { panic!("on purpose") }));
        assert!(
            matches!(trace.ending, Termination::Panicked { ref message, .. } if message == "on purpose")
        );
    }
}
