//! A subject: the student's function, in a form that every run can call.
//!
//! A task's file in `tasks` makes the subject of its function. Nothing else depends on signatures.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use rand::SeedableRng;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::contract::scenario::Scenario;
use crate::contract::{Input, Output};
use crate::worker::generator::{Generator, Role};
use crate::worker::manner;

/// A future as the adapters return it. The futures of the course need not be `Send`, except that of `wait_random`.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The same for a future that can be spawned.
pub type BoxedSend<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Reads the arguments. What it returns can be called many times, each time with another generator.
pub(crate) type AsyncCall = dyn Fn(&Value) -> Box<dyn Fn(Generator) -> Boxed<'static, Value>>;

pub(crate) type SyncCall = dyn Fn(&Runtime, Generator, &Value) -> Value;

/// A function under test.
pub struct Subject {
    /// Its name, as in the contract: `wait_n`.
    pub(crate) function: &'static str,
    pub(crate) role: Role,
    pub(crate) call: Call,
    /// The dependency's function, which it calls.
    pub(crate) before: Option<Box<Subject>>,
}

pub(crate) enum Call {
    /// Called within the checker's runtime.
    Async(Box<AsyncCall>),
    /// Called outside, with the checker's runtime.
    Sync(Box<SyncCall>),
}

/// Links functions, each of which builds on the one before it, and returns the last one. `None` if there are none.
pub fn chain(subjects: impl IntoIterator<Item = Subject>) -> Option<Subject> {
    subjects
        .into_iter()
        .fold(None, |before, subject| Some(Subject { before: before.map(Box::new), ..subject }))
}

impl Subject {
    /// The subject of an async function, or of a function that must be called within a runtime.
    pub fn of_async<I: Input>(
        function: &'static str,
        role: Role,
        call: impl Fn(Generator, I) -> Boxed<'static, I::Output> + 'static,
    ) -> Self {
        let call = Rc::new(call);
        let with = move |input: &Value| {
            let (call, input) = (Rc::clone(&call), typed::<I>(input));
            Box::new(move |rng| {
                let returned = call(rng, input.clone());
                Box::pin(async move { erased(&returned.await) }) as Boxed<'static, Value>
            }) as Box<dyn Fn(Generator) -> Boxed<'static, Value>>
        };
        Self { function, role, call: Call::Async(Box::new(with)), before: None }
    }

    /// The subject of a regular function that gets a runtime.
    pub fn of_sync<I: Input>(
        function: &'static str,
        role: Role,
        call: impl Fn(&Runtime, Generator, I) -> I::Output + 'static,
    ) -> Self {
        let call =
            move |runtime: &Runtime, rng, input: &Value| erased(&call(runtime, rng, typed(input)));
        Self { function, role, call: Call::Sync(Box::new(call)), before: None }
    }

    /// This subject and those that it builds on, the nearest first.
    pub(crate) fn with_dependencies(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |subject| subject.before.as_deref())
    }

    /// The generator that this function gets under `scenario`.
    pub(crate) fn generator(&self, scenario: &Scenario) -> Generator {
        Generator::new(&scenario.rng_mode, self.role_in(scenario))
    }

    /// The generator of another call beside the one that is judged.
    pub(crate) fn other_generator(&self, scenario: &Scenario) -> Generator {
        Generator::new(&manner::of_other(&scenario.rng_mode), self.role_in(scenario))
    }

    fn role_in(&self, scenario: &Scenario) -> Role {
        if scenario.budget.futures == 1 { self.role } else { Role::Forks }
    }
}

/// The arguments that the judge has sent, in their own type.
fn typed<I: Input>(input: &Value) -> I {
    I::deserialize(input).expect("the judge and the worker are parts of one program")
}

fn erased(output: &impl Output) -> Value {
    serde_json::to_value(output).expect("plain data")
}

impl Generator {
    /// The generators for n calls at the same time. A single call gets this generator itself; several get forks of it.
    pub fn for_calls(mut self, n: usize) -> Vec<Self> {
        if n == 1 { vec![self] } else { (0..n).map(|_| self.fork()).collect() }
    }
}

/// Runs all futures at the same time, and returns their results in the order of the futures.
pub async fn all_at_once<T>(futures: Vec<Boxed<'static, T>>) -> Vec<T> {
    // it polls only those that were woken, which matters if there are a thousand
    futures::future::join_all(futures).await
}
