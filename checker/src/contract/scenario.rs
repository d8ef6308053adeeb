//! A scenario: everything on which one run of a student's function depends.
//!
//! The judge makes scenarios from seeds, and sends the worker only what a run needs. A worker never gets the seed
//! itself, so it can't foresee the next scenario.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::contract::TaskInfo;
use crate::contract::input::{Budget, Input};
use crate::contract::manner::Manner;
use crate::trace::nanos;

/// The arguments of one call, and what its generator will yield.
///
/// Rules see the arguments in their own type `I`. The worker, and all code that is the same for all tasks, sees them as
/// JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario<I = Value> {
    /// The name, unique within a task. It is also the name of the snapshot, if there is one (`mixed`, `seed-7`).
    pub name: String,
    /// The arguments.
    pub input: I,
    /// What a right solution needs for the call.
    pub budget: Budget,
    /// What the generator yields.
    pub rng_mode: RngMode,
    /// How often the function is called. 1 is one recorded run. More are calls in a row, each with a generator of its
    /// own, of which only the result and the time are kept (see [`Sample`]).
    pub calls: usize,
    /// How late the runtime wakes up after its first wait, as on a real machine. The wait takes a little longer than
    /// its delay then, and a measured time shows that.
    #[serde(with = "nanos")]
    pub timer_delay: Duration,
    /// Whether the dependency's function is called instead, by itself: see [`crate::rules::dependency`].
    pub of_dependency: bool,
    /// Whether the run has less time than others, because similar runs were excused: see [`crate::rules::excuse`].
    pub brief: bool,
    /// Whether the events of the run are kept. Without them, a run is quick, so there can be many. Only its result and
    /// its times are known then. If these are not as they should be, the run is made again and recorded.
    pub recorded: bool,
    /// In which manner the function is called. (Only calls that are not recorded are called in another manner than
    /// alone.)
    pub manner: Manner,
}

/// What a generator yields. See [`crate::worker::generator`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RngMode {
    /// Every generator gives one constant fraction, so that a uniform draw of any type is the delay in the script.
    Scripted(Script),
    /// The bare ChaCha8 stream with this key.
    Seeded([u8; 32]),
    /// Every generator gives these words, and a fixed stream after them. Such runs show which draws change the result.
    RawWords(Vec<u64>),
}

/// The delays that scripted generators yield. The k-th generator that is made takes the k-th delay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The delays, in milliseconds.
    pub delays_ms: Vec<u64>,
    /// The end of the range `0..=max_delay_ms` from which the function draws.
    pub max_delay_ms: u64,
}

impl Script {
    /// The longest delay; `None` if there is none.
    pub fn longest(&self) -> Option<Duration> {
        self.delays_ms.iter().max().copied().map(Duration::from_millis)
    }
}

/// One of many calls in a row: its result, its virtual time, and its real time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    #[serde(with = "nanos")]
    pub returned: Duration,
    #[serde(with = "nanos")]
    pub elapsed: Duration,
    /// Wall time. It is noisy, so nothing compares it.
    #[serde(with = "nanos")]
    pub wall: Duration,
}

/// From this `max_delay` on, a range counts as large: a sample has most of its values rarely or never.
pub const LARGE: Duration = Duration::from_millis(100);

/// How many calls show whether an end of a large range is left out.
pub const ENOUGH_CALLS: usize = 300;

impl<I> Scenario<I> {
    /// A scenario with one recorded run.
    pub fn new(name: String, input: I, rng_mode: RngMode) -> Self
    where
        I: Input,
    {
        Self {
            name,
            budget: input.budget(),
            input,
            rng_mode,
            calls: 1,
            timer_delay: Duration::ZERO,
            of_dependency: false,
            brief: false,
            recorded: true,
            manner: Manner::Alone,
        }
    }

    /// The same scenario, with JSON for its arguments.
    pub fn erased(&self) -> Scenario
    where
        I: Input,
    {
        let input = serde_json::to_value(&self.input).expect("plain data");
        self.with_input(input)
    }

    fn with_input<J>(&self, input: J) -> Scenario<J> {
        Scenario {
            name: self.name.clone(),
            input,
            budget: self.budget,
            rng_mode: self.rng_mode.clone(),
            calls: self.calls,
            timer_delay: self.timer_delay,
            of_dependency: self.of_dependency,
            brief: self.brief,
            recorded: self.recorded,
            manner: self.manner,
        }
    }

    /// The same run on a machine that wakes the runtime so late after its first wait.
    pub fn with_late_timer(self, timer_delay: Duration) -> Self {
        Self { name: format!("{}-late", self.name), timer_delay, ..self }
    }

    /// The same run with another name.
    pub fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The same run without its events.
    pub fn unrecorded(self) -> Self {
        Self { recorded: false, ..self }
    }

    /// The same run, called in this manner, without its events.
    pub fn in_manner(self, manner: Manner) -> Self {
        let name = format!("{}{}", self.name, manner.suffix());
        Self { name, manner, recorded: false, ..self }
    }

    /// The same run of the dependency's function.
    pub fn of_dependency(self) -> Self {
        Self { name: format!("{}-of-dependency", self.name), of_dependency: true, ..self }
    }

    /// Whether it allows waits that are long: one of them, or all of them together. Such a run of a right solution may take too long to simulate: see
    /// [`crate::rules::excuse`].
    pub fn is_long(&self) -> bool {
        self.budget.is_long()
    }

    /// Whether a single wait may take more than a minute.
    pub fn has_a_long_wait(&self) -> bool {
        self.budget.has_a_long_wait()
    }

    /// How many of its calls are enough for all rules that look at samples. For a large range, a sample may be smaller
    /// than planned, because a solution that waits millisecond by millisecond is slow.
    pub fn enough_calls(&self) -> usize {
        let is_large = self.budget.longest_wait >= LARGE;
        if is_large { self.calls.min(ENOUGH_CALLS) } else { self.calls }
    }
}

impl<I: Input> Scenario<I> {
    /// The call as a person writes it, with the manner of the call.
    pub fn call(&self, task: &TaskInfo) -> String {
        self.input.call(task) + self.manner.words()
    }
}

impl<I: Clone> Scenario<I> {
    /// The same scenario without its name, as the worker gets it.
    pub fn without_name(&self) -> Self {
        Self { name: String::new(), ..self.clone() }
    }

    /// The same run with less time.
    pub fn brief(&self) -> Self {
        Self { brief: true, ..self.clone() }
    }

    /// The same run with its events.
    pub fn recorded(&self) -> Self {
        Self { recorded: true, ..self.clone() }
    }

    /// The same scenario with another name. Its run must give an equal trace.
    pub fn again(&self) -> Self {
        Self { name: format!("{}-again", self.name), ..self.clone() }
    }
}

impl<I: PartialEq> Scenario<I> {
    /// Whether two scenarios describe the same run. Only their names may differ, what is kept of the run, and its limit.
    pub fn same_run(&self, other: &Self) -> bool {
        self.same_but_for_manner(other) && self.manner == other.manner
    }

    /// The same, but the manner of the call may differ, too.
    pub fn same_but_for_manner(&self, other: &Self) -> bool {
        // the pattern names all fields, so that a new field is not forgotten; nothing is copied, because this is called
        // for every two runs
        let Self { name: _, input, budget, rng_mode, calls, timer_delay, of_dependency, .. } = self;
        let Self { brief: _, recorded: _, manner: _, .. } = self;
        (budget, calls, timer_delay) == (&other.budget, &other.calls, &other.timer_delay)
            && of_dependency == &other.of_dependency
            && input == &other.input
            && rng_mode == &other.rng_mode
    }
}

impl Scenario {
    /// The same scenario, with arguments of this type.
    ///
    /// # Panics
    /// If it belongs to another task, which is a mistake in the checker.
    pub fn typed<I: Input>(&self) -> Scenario<I> {
        self.with_input(I::deserialize(&self.input).expect("a task reads its own scenarios"))
    }
}
