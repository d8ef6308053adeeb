//! The view of one recorded run: the questions that the rules ask about it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::dependency::Dependency;
use crate::contract::manner::Manner;
use crate::contract::scenario::{RngMode, Scenario};
use crate::contract::waits::{Durations, WaitInput};
use crate::contract::{Input, TaskInfo};
use crate::source::Source;
use crate::timeline::normalized::NormalizedTrace;
use crate::trace::{EventKind, Run, SleepId, SourceLocation, TaskId, Trace, Wait};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// One recorded run, as the rules look at it.
pub struct RunView<'a, I: Input> {
    pub task: &'static TaskInfo,
    pub scenario: &'a Scenario<I>,
    /// The scenario's index in the plan.
    pub index: usize,
    pub run: &'a Run,
    /// What the call returned; `None` if it did not return, or if its answer can't be read.
    pub output: Option<I::Output>,
    /// All waits of the run, from its trace.
    pub waits: Vec<Wait>,
    /// The text of the student's files.
    pub source: &'a Source,
    pub dependency: &'a Dependency,
    /// The normalized trace of a right solution, if the scenario prescribes the delays.
    pub expected: Option<NormalizedTrace>,
    /// The answers of [`RunView::is_own`] so far. A run has few places, and rules ask about each of them many times.
    known_places: RefCell<Vec<(SourceLocation, bool)>>,
}

/// A run of a function of part one.
pub type WaitRun<'a> = RunView<'a, WaitInput>;

impl<'a, I: Input> RunView<'a, I> {
    /// The view of `run`. Its index is 0, which matters only if there are several runs.
    pub fn new(
        task: &'static TaskInfo,
        scenario: &'a Scenario<I>,
        run: &'a Run,
        source: &'a Source,
        dependency: &'a Dependency,
        expected: Option<NormalizedTrace>,
    ) -> Self {
        let (output, waits) = (run.trace.output(), run.trace.waits());
        Self {
            task,
            scenario,
            index: 0,
            run,
            output,
            waits,
            source,
            dependency,
            expected,
            known_places: RefCell::default(),
        }
    }

    /// The same view, of the run of the plan's scenario with this index.
    pub fn in_plan(self, index: usize) -> Self {
        Self { index, ..self }
    }

    /// The trace of the run.
    pub fn trace(&self) -> &'a Trace {
        &self.run.trace
    }

    /// The virtual time from the call to the return, or to the end of the run.
    pub fn elapsed(&self) -> Duration {
        self.run.trace.elapsed
    }

    /// Whether there is nothing to do, because n or `max_delay` is zero.
    pub fn is_zero(&self) -> bool {
        self.scenario.input.nothing_to_do().is_some()
    }

    /// The argument that leaves nothing to do: `n = 0` or `max_delay = 0`; empty if there is none.
    pub fn which_zero(&self) -> &'static str {
        self.scenario.input.nothing_to_do().unwrap_or_default()
    }

    /// Whether the scenario allows long waits: see [`Scenario::is_long`].
    pub fn is_long(&self) -> bool {
        self.scenario.is_long()
    }

    /// The call as a person writes it: `wait_n(n = 4, max_delay = 50 ms)`.
    pub fn call(&self) -> String {
        self.scenario.call(self.task)
    }

    /// Whether the events of the run are known.
    pub fn is_recorded(&self) -> bool {
        self.scenario.recorded
    }

    /// Whether the function was called as a program usually calls it: alone, and on a machine that wakes it in time.
    pub fn is_plain(&self) -> bool {
        self.scenario.manner == Manner::Alone && self.scenario.timer_delay.is_zero()
    }

    /// The waits that took some time and reached their end.
    pub fn done(&self) -> impl Iterator<Item = &Wait> {
        self.waits.iter().filter(|wait| !wait.length().is_zero())
    }

    /// Whether a sleep or task that was made at `place` was made by the task's own code, and not by a task that it
    /// builds on.
    pub fn is_own(&self, place: &SourceLocation) -> bool {
        let known = self
            .known_places
            .borrow()
            .iter()
            .find(|(known, _)| known == place)
            .map(|(_, own)| *own);
        known.unwrap_or_else(|| {
            let own = self.is_made_by_task(place);
            self.known_places.borrow_mut().push((place.clone(), own));
            own
        })
    }

    fn is_made_by_task(&self, place: &SourceLocation) -> bool {
        if self.task.dependencies.is_empty() {
            return self.is_in_own_file(place);
        }
        match self.task.owner_of(place) {
            _ if self.dependency.makes_some_at(place) => false,
            Some(_) => {
                let calls_dependency =
                    || self.source.calls_on_line(self.task.dependency_function(), place);
                self.is_in_own_file(place)
                    && !(self.dependency.may_name_its_caller() && calls_dependency())
            }
            None => !self.dependency.may_use_a_library(),
        }
    }

    /// Whether `place` is in a file of the task itself.
    pub fn is_in_own_file(&self, place: &SourceLocation) -> bool {
        self.task.owns(place)
    }

    /// Spawns in the task's own files: the new task, the time and the place.
    pub fn spawns_in_own_files(&self) -> Vec<(TaskId, Duration, &SourceLocation)> {
        self.run.trace.spawns().filter(|(_, _, place)| self.is_in_own_file(place)).collect()
    }

    /// The waits of the tasks that it builds on, if they took some time and reached their end.
    pub fn done_by_dependency(&self) -> Vec<&Wait> {
        self.done().filter(|wait| !self.is_own(&wait.place)).collect()
    }

    /// How many sleeps the tasks that it builds on have made, however these sleeps ended.
    pub fn made_by_dependency(&self) -> usize {
        // a timer that is reset is still one sleep
        let theirs = self.waits.iter().filter(|wait| !self.is_own(&wait.place));
        theirs.map(|wait| wait.sleep).collect::<BTreeSet<SleepId>>().len()
    }

    /// The waits of the tasks that it builds on which were dropped before their end. Waits that are longer than
    /// `max_delay` are left out, because they are timeouts that never fired. Always empty if the dependency drops waits
    /// by itself.
    pub fn cut_short(&self) -> Vec<&Wait> {
        if self.dependency.gives_up() {
            return Vec::new();
        }
        let cut = |wait: &&Wait| {
            let known = self.task.owner_of(&wait.place).is_some()
                || self.dependency.makes_some_at(&wait.place);
            // a wait that was dropped in the instant in which it began was only polled once
            let end = wait.dropped.unwrap_or(self.elapsed());
            !wait.done
                && known
                && !self.is_own(&wait.place)
                && wait.span.is_some_and(|(from, until)| {
                    from < end
                        && end < until
                        && until.saturating_sub(from) <= self.scenario.budget.longest_wait
                })
        };
        self.waits.iter().filter(cut).collect()
    }

    /// A wait of the dependency that was cancelled at its deadline: a timeout of the same length fired first.
    pub fn beaten_to_it(&self) -> Option<&Wait> {
        self.waits.iter().find(|wait| {
            let end = wait.dropped.unwrap_or(self.elapsed());
            let due = wait.span.is_some_and(|(from, until)| from < until && until <= end);
            due && !wait.done && !self.is_own(&wait.place)
        })
    }

    /// Spawns by the task's own code: the new task, the time and the place.
    pub fn own_spawns(&self) -> Vec<(TaskId, Duration, &SourceLocation)> {
        self.run.trace.spawns().filter(|(_, _, place)| self.is_own(place)).collect()
    }

    /// The first wait that never reached its end, because nobody awaited it, or not to its end.
    pub fn not_awaited(&self) -> Option<&Wait> {
        self.waits.iter().find(|wait| !wait.done)
    }

    /// Whether some work was moved to a thread of the blocking pool.
    pub fn used_a_blocking_thread(&self) -> bool {
        self.trace().events.iter().any(|event| event.what == EventKind::BlockingSpawned)
    }

    /// Whether the run held its thread for about `expected` of real time. Use this only to explain a wait that is
    /// missing, because on a busy machine any run may take long.
    pub fn held_the_thread(&self, expected: Duration) -> bool {
        let held =
            expected >= Duration::from_millis(5) && self.run.wall.running >= expected.mul_f64(0.7);
        held || self.used_a_blocking_thread()
    }

    /// A diagnosis of this run, with its call.
    pub fn broken(&self, code: Code, text: impl Into<String>) -> Diagnosis {
        Diagnosis { code, text: text.into(), place: None, call: Some(self.call()) }
    }
}

impl WaitRun<'_> {
    /// The durations that were returned.
    pub fn returned(&self) -> Option<&[Duration]> {
        self.output.as_ref().map(|Durations(all)| all.as_slice())
    }

    /// The argument `max_delay`.
    pub fn max_delay(&self) -> Duration {
        self.scenario.input.max_delay
    }

    /// Whether a right solution has to wait in this run: its delays can't all be zero, however it draws them.
    pub fn needs_some_time(&self) -> bool {
        match &self.scenario.rng_mode {
            // less than once in 10^13
            RngMode::Seeded(_) => self.all_zero_is_rarer_than(13.0),
            // a solution that makes generators of another kind from the given one has other delays than the script
            RngMode::Scripted(script) => {
                self.dependency.takes_what_is_prescribed()
                    && script.longest().is_some_and(|longest| !longest.is_zero())
                    && self.all_zero_is_rarer_than(13.0)
            }
            RngMode::RawWords(_) => false,
        }
    }

    /// Whether the scenario prescribes delays that are all zero.
    pub fn all_are_zero(&self) -> bool {
        self.scenario.delays().is_some_and(|all| all.iter().all(Duration::is_zero))
    }

    /// Whether n uniform delays are all zero less often than once in 10^`digits` times.
    pub fn all_zero_is_rarer_than(&self, digits: f64) -> bool {
        let delays = self.max_delay().as_millis() as f64;
        self.scenario.input.n as f64 * delays.ln_1p() >= digits * std::f64::consts::LN_10
    }

    /// How many futures of the dependency began, which means that they were polled at least once. `None` if the number
    /// of sleeps does not show it.
    pub fn begun_by_dependency(&self) -> Option<usize> {
        let each = self.dependency.sleeps_each()?;
        Some(self.made_by_dependency().div_ceil(each))
    }
}
