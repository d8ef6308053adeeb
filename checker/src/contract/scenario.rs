//! A scenario: everything that one run of a student's function depends on.
//!
//! The judging process makes scenarios from seeds; the worker is sent only what the run needs. A worker never learns the
//! seed itself, and so can't tell which scenario comes next.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::contract::input::{Budget, Input};
use crate::trace::nanos;

/// The arguments of one call, and what the generator handed in will yield.
///
/// Rules see the arguments in their own type `I`. Whatever is the same for all tasks, and the worker, see them as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario<I = Value> {
    /// Unique within a task; names the snapshot, where there is one (`mixed`, `seed-7`).
    pub name: String,
    pub input: I,
    /// What a right solution needs for the call.
    pub budget: Budget,
    pub rng_mode: RngMode,
    /// How often the function is called: 1 is one recorded run; more are calls in a row with a generator each,
    /// of which only what each returned and how long it took is kept (see [`Sample`]).
    pub calls: usize,
    /// How late the runtime wakes up after it has waited for the first time, as any machine does: what is waited for takes
    /// a little longer than its delay then, and who measures it sees that.
    #[serde(with = "nanos")]
    pub timer_delay: Duration,
    /// Whether the dependency's function is run instead, by itself: see [`crate::rules::dependency`].
    pub of_dependency: bool,
    /// Whether it has less time than others, because some that are like it were excused: see [`crate::rules::excuse`].
    pub brief: bool,
}

/// What a generator yields. See [`crate::worker::generator`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RngMode {
    /// Every generator gives one constant fraction, so that a uniform draw is the delay that the script lists, whatever
    /// type it is drawn in.
    Scripted(Script),
    /// The bare ChaCha8 stream of this key.
    Seeded([u8; 32]),
    /// Every generator gives these words, and a fixed stream after them: an experiment that tells which draws
    /// matter.
    RawWords(Vec<u64>),
}

/// The delays that scripted generators yield: the k-th generator made takes the k-th delay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Script {
    pub delays_ms: Vec<u64>,
    /// The range that is drawn from is `0..=max_delay_ms`.
    pub max_delay_ms: u64,
}

impl Script {
    pub fn longest(&self) -> Option<Duration> {
        self.delays_ms.iter().max().copied().map(Duration::from_millis)
    }
}

/// One of many calls in a row: what was returned, how much virtual time passed, and how much real time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    #[serde(with = "nanos")]
    pub returned: Duration,
    #[serde(with = "nanos")]
    pub elapsed: Duration,
    /// Wall time: noisy, so it takes part in no comparison.
    #[serde(with = "nanos")]
    pub wall: Duration,
}

/// From here on a range counts as large: no sample has every value of it often.
pub const LARGE: Duration = Duration::from_millis(100);

/// So many calls tell of a large range whether an end of it is left out.
pub const ENOUGH_CALLS: usize = 300;

impl<I> Scenario<I> {
    /// One recorded run with these arguments.
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
        }
    }

    /// The same, without its type.
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
        }
    }

    /// The same run on a machine that is late: by more than a tick of the timers (1 ms), and not by whole ticks.
    pub fn with_late_timer(self) -> Self {
        let timer_delay = Duration::from_micros(1250);
        Self { name: format!("{}-late", self.name), timer_delay, ..self }
    }

    /// The same run of the dependency's function.
    pub fn of_dependency(self) -> Self {
        Self { name: format!("{}-of-dependency", self.name), of_dependency: true, ..self }
    }

    /// With hours of delay: there a right solution may take too long to simulate, see [`crate::rules::excuse`].
    pub fn is_long(&self) -> bool {
        self.budget.is_long()
    }

    /// How many of its calls are enough for every rule that looks at samples. Where the range is large, a sample is
    /// allowed to be smaller than planned: whoever waits millisecond by millisecond is slow.
    pub fn enough_calls(&self) -> usize {
        let is_large = self.budget.longest_wait >= LARGE;
        if is_large { self.calls.min(ENOUGH_CALLS) } else { self.calls }
    }
}

impl<I: Clone> Scenario<I> {
    /// The same, as the worker gets it.
    pub fn without_name(&self) -> Self {
        Self { name: String::new(), ..self.clone() }
    }

    /// The same run, with less time.
    pub fn brief(&self) -> Self {
        Self { brief: true, ..self.clone() }
    }

    /// The same scenario under another name: a second run of it must give an equal trace.
    pub fn again(&self) -> Self {
        Self { name: format!("{}-again", self.name), ..self.clone() }
    }
}

impl<I: PartialEq> Scenario<I> {
    /// Whether two scenarios ask for the same run: only the name may differ.
    pub fn same_run(&self, other: &Self) -> bool {
        // taken apart, so that a new field is not forgotten; asked for every two runs, so nothing is copied
        let Self { name: _, input, budget, rng_mode, calls, timer_delay, of_dependency, brief } =
            self;
        (budget, calls, timer_delay) == (&other.budget, &other.calls, &other.timer_delay)
            && (of_dependency, brief) == (&other.of_dependency, &other.brief)
            && input == &other.input
            && rng_mode == &other.rng_mode
    }
}

impl Scenario {
    /// The same, with arguments of this type.
    ///
    /// # Panics
    /// If it was made by another task: a mistake in the checker.
    pub fn typed<I: Input>(&self) -> Scenario<I> {
        self.with_input(I::deserialize(&self.input).expect("a task reads its own scenarios"))
    }
}
