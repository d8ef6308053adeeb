//! A subject: the student's function, in a shape that every run can call.
//!
//! There is one constructor for each signature of the course. A task's harness passes the task's
//! function to one of them, and nothing else of the checker depends on signatures.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use rand::SeedableRng;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::contract::scenario::Scenario;
use crate::trace::EventKind;
use crate::worker::generator::{Generator, OnlyRng, Role};
use crate::worker::recorder;

/// A future as the adapters hand it over. The course's coroutines need not be `Send`, but for the first.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The same, for a coroutine that is to be spawned.
pub type BoxedSend<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub(crate) type SyncCall = dyn Fn(&Runtime, Generator, usize, Duration) -> Duration;

/// A function under test.
pub struct Subject {
    /// Its name, as in the contract: `wait_n`.
    pub(crate) function: &'static str,
    pub(crate) role: Role,
    pub(crate) call: Call,
    /// The function of the task before, which it calls.
    pub(crate) before: Option<Box<Subject>>,
}

/// The last of functions each of which builds on the one before it; it knows the others.
pub fn chain(subjects: impl IntoIterator<Item = Subject>) -> Option<Subject> {
    subjects
        .into_iter()
        .fold(None, |before, subject| Some(Subject { before: before.map(Box::new), ..subject }))
}

pub(crate) enum Call {
    /// Called within the checker's runtime.
    Async(Box<dyn Fn(Generator, usize, Duration) -> Boxed<'static, Vec<Duration>>>),
    /// Called outside, with the checker's runtime.
    Sync(Box<SyncCall>),
}

/// `wait_random`; its future must be `Send` where the generator is.
pub fn wait_random(f: for<'a> fn(OnlyRng<'a>, Duration) -> BoxedSend<'a, Duration>) -> Subject {
    Subject::new(
        "wait_random",
        Role::Draws,
        Call::Async(Box::new(move |rng, n, max_delay| {
            Box::pin(async move {
                let waits = generators(rng, n).into_iter().map(|rng| f(rng.into(), max_delay));
                join(waits.map(|wait| wait as Boxed<'static, Duration>).collect()).await
            })
        })),
    )
}

/// `wait_n`.
pub fn wait_n(
    f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>,
) -> Subject {
    Subject::new("wait_n", Role::Forks, many(f))
}

/// `measure_time`.
pub fn measure_time(f: fn(&Runtime, &mut Generator, usize, Duration) -> Duration) -> Subject {
    Subject::new(
        "measure_time",
        Role::Forks,
        Call::Sync(Box::new(move |runtime, mut rng, n, max_delay| {
            f(runtime, &mut rng, n, max_delay)
        })),
    )
}

/// `task_wait_random`.
pub fn task_wait_random(f: fn(OnlyRng<'static>, Duration) -> JoinHandle<Duration>) -> Subject {
    Subject::new(
        "task_wait_random",
        Role::Draws,
        Call::Async(Box::new(move |rng, n, max_delay| {
            Box::pin(async move {
                let handles: Vec<_> =
                    generators(rng, n).into_iter().map(|rng| f(rng.into(), max_delay)).collect();
                recorder::record(EventKind::HandleReturned);
                join(
                    handles
                        .into_iter()
                        .map(|handle| Box::pin(done(handle)) as Boxed<'static, Duration>)
                        .collect(),
                )
                .await
            })
        })),
    )
}

/// `task_wait_n`.
pub fn task_wait_n(
    f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>,
) -> Subject {
    Subject::new("task_wait_n", Role::Forks, many(f))
}

/// The generators of n calls at once: one call gets the one handed in.
fn generators(mut rng: Generator, n: usize) -> Vec<Generator> {
    if n == 1 { vec![rng] } else { (0..n).map(|_| rng.fork()).collect() }
}

/// What a task returned; its panic is ours.
async fn done(handle: JoinHandle<Duration>) -> Duration {
    match handle.await {
        Ok(delay) => delay,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => panic!("the task was cancelled before it was done"),
    }
}

/// Waits for all of them at once; the results come in the order of the futures.
async fn join(mut waits: Vec<Boxed<'static, Duration>>) -> Vec<Duration> {
    let mut done = vec![None; waits.len()];
    std::future::poll_fn(|cx| {
        for (wait, done) in waits.iter_mut().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(delay) = wait.as_mut().poll(cx)
            {
                *done = Some(delay);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

fn many(f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>) -> Call {
    Call::Async(Box::new(move |mut rng, n, max_delay| {
        Box::pin(async move { f(&mut rng, n, max_delay).await })
    }))
}

impl Subject {
    fn new(function: &'static str, role: Role, call: Call) -> Self {
        Self { function, role, call, before: None }
    }

    /// It, and those that it builds on, nearest first.
    pub(crate) fn with_upstream(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |subject| subject.before.as_deref())
    }

    /// The generator that this function gets under `scenario`.
    pub(crate) fn generator(&self, scenario: &Scenario) -> Generator {
        let role = if scenario.n == 1 { self.role } else { Role::Forks };
        Generator::new(scenario, role)
    }
}
