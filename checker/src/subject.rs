//! A subject: the student's function, in a shape that every run can call.
//!
//! There is one constructor for each signature of the course. A task crate's `tests/check.rs` passes its
//! function to one of them, and nothing else of the checker depends on signatures.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::generator::{Generator, Role};
use crate::recorder;
use crate::scenario::Scenario;
use crate::trace::What;

/// A future as the adapters hand it over. The course's coroutines need not be `Send`, but for the first.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A function under test.
pub struct Subject {
    /// Its name, as in the contract: `wait_n`.
    pub(crate) function: &'static str,
    pub(crate) role: Role,
    pub(crate) call: Call,
}

pub(crate) enum Call {
    /// Called within the checker's runtime.
    Async(Box<dyn Fn(Generator, usize, Duration) -> Boxed<'static, Vec<Duration>>>),
    /// Called outside, with the checker's runtime.
    Sync(Box<dyn Fn(&Runtime, Generator, usize, Duration) -> Duration>),
}

/// `wait_random`; its future must be `Send` where the generator is.
pub fn wait_random(f: fn(Generator, Duration) -> Pin<Box<dyn Future<Output = Duration> + Send>>) -> Subject {
    Subject {
        function: "wait_random",
        role: Role::Draws,
        call: Call::Async(Box::new(move |rng, _, max_delay| {
            Box::pin(async move { vec![f(rng, max_delay).await] })
        })),
    }
}

/// `wait_n`.
pub fn wait_n(f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>) -> Subject {
    Subject { function: "wait_n", role: Role::Forks, call: many(f) }
}

/// `measure_time`.
pub fn measure_time(f: fn(&Runtime, &mut Generator, usize, Duration) -> Duration) -> Subject {
    Subject {
        function: "measure_time",
        role: Role::Forks,
        call: Call::Sync(Box::new(move |runtime, mut rng, n, max_delay| f(runtime, &mut rng, n, max_delay))),
    }
}

/// `task_wait_random`.
pub fn task_wait_random(f: fn(Generator, Duration) -> JoinHandle<Duration>) -> Subject {
    Subject {
        function: "task_wait_random",
        role: Role::Draws,
        call: Call::Async(Box::new(move |rng, _, max_delay| {
            Box::pin(async move {
                let handle = f(rng, max_delay);
                recorder::record(What::HandleReturned);
                match handle.await {
                    Ok(delay) => vec![delay],
                    Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                    Err(_) => panic!("the task was cancelled before it was done"),
                }
            })
        })),
    }
}

/// `task_wait_n`.
pub fn task_wait_n(f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>) -> Subject {
    Subject { function: "task_wait_n", role: Role::Forks, call: many(f) }
}

fn many(f: for<'a> fn(&'a mut Generator, usize, Duration) -> Boxed<'a, Vec<Duration>>) -> Call {
    Call::Async(Box::new(move |mut rng, n, max_delay| {
        Box::pin(async move { f(&mut rng, n, max_delay).await })
    }))
}

impl Subject {
    /// The generator that this function gets under `scenario`.
    pub(crate) fn generator(&self, scenario: &Scenario) -> Generator {
        Generator::new(scenario, self.role)
    }
}
