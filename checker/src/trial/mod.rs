//! The laws on trial: runs made by hand, and what is said of them.

use std::time::Duration;

use crate::contract::scenario::Scenario;
use crate::rules::upstream::Upstream;
use crate::rules::{Case, Cases, Findings};
use crate::source::Source;
use crate::tasks::{TASKS, Task, by_function};
use crate::trace::{Ending, Event, Place, Run, Trace, Wall, What};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

mod ending;
mod every;
mod many;
mod random;
mod single;

pub const MS: fn(u64) -> Duration = Duration::from_millis;

/// A run, and what it was asked for.
#[derive(Clone)]
pub struct Trial {
    function: &'static str,
    pub scenario: Scenario,
    text: String,
    pub run: Run,
    /// Runs of the function of the task before, by itself.
    before: Vec<(Scenario, Run)>,
}

impl Trial {
    /// A run of `function` with these delays prescribed (in ms), of at most 50 ms, that returned at once. Its source
    /// calls what it is to call, and does nothing else.
    pub fn of(function: &'static str, delays: &[u64]) -> Self {
        let task = by_function(function).unwrap();
        let trace = Trace::ended(Ending::Returned(Vec::new()));
        Self {
            function,
            scenario: Scenario::scripted("trial", 50, delays),
            text: format!("fn {function}() {{\n{}()\n}}", task.upstream_function()),
            run: Run { trace, wall: Wall::default() },
            before: Vec::new(),
        }
    }

    /// A right one, of a function that waits `n` times: by the function of the task before, all at once.
    pub fn right(function: &'static str, delays: &[u64]) -> Self {
        let mut trial = Self::of(function, delays);
        for (i, delay) in delays.iter().enumerate() {
            trial = trial.wait(1, i + 1, 0, *delay);
        }
        let mut sorted = delays.to_vec();
        sorted.sort();
        trial.took(sorted.last().copied().unwrap_or_default()).returns(&sorted)
    }

    /// A sleep that is made in the files of the task with this number (0: in a library), and awaited to its end.
    pub fn wait(self, number: usize, task: usize, from: u64, to: u64) -> Self {
        let sleep = self.run.trace.events.len();
        self.sleep(number, task, from)
            .event(from, task, What::SleepStarted { sleep, until: MS(to) })
            .event(to, task, What::SleepDone { sleep, fired: MS(to) })
    }

    /// A wait of the caller's that was made where the function of the task before is called.
    pub fn waits_at_the_call(self, from: u64, to: u64) -> Self {
        let mut trial = self.wait(1, 0, from, to);
        let call = Place { line: 2, ..place(trial.task().number) };
        trial.made_at(call);
        trial
    }

    /// The wait of a function that the checker calls by itself, and that names its caller.
    pub fn waits_at_the_probe(self, from: u64, to: u64) -> Self {
        let mut trial = self.wait(1, 0, from, to);
        trial.made_at(Place { file: "crates/2-x/tests/harness.rs".into(), line: 7 });
        trial
    }

    /// Puts the sleep that was made last somewhere else.
    fn made_at(&mut self, elsewhere: Place) {
        let last = self.run.trace.events.iter_mut().rev().find_map(|event| match &mut event.what {
            What::SleepMade { place, .. } => Some(place),
            _ => None,
        });
        *last.expect("one was made") = elsewhere;
    }

    /// What would have happened at `at` happens at `late`: the machine is late.
    pub fn ends_late(&mut self, at: Duration, late: Duration) {
        for event in self.run.trace.events.iter_mut().filter(|event| event.at == at) {
            event.at = late;
            if let What::SleepDone { fired, .. } = &mut event.what {
                *fired = late;
            }
        }
    }

    /// A sleep that is awaited, but dropped before its end.
    pub fn gives_up(self, number: usize, task: usize, from: u64, until: u64) -> Self {
        let sleep = self.run.trace.events.len();
        self.sleep(number, task, from).event(
            from,
            task,
            What::SleepStarted { sleep, until: MS(until) },
        )
    }

    /// A sleep that is made, and no more.
    pub fn sleep(self, number: usize, task: usize, at: u64) -> Self {
        let sleep = self.run.trace.events.len();
        self.event(at, task, What::SleepMade { sleep, place: place(number) })
    }

    /// A task that is spawned at once, in the files of the task with this number.
    pub fn spawns(self, number: usize, task: usize) -> Self {
        self.event(0, 0, What::Spawned { task, place: place(number) })
    }

    pub fn event(mut self, at: u64, task: usize, what: What) -> Self {
        self.run.trace.events.push(Event { at: MS(at), task, what });
        self
    }

    /// The same, asked for with another `max_delay`, in ms.
    pub fn max_delay(mut self, max_delay: u64) -> Self {
        self.scenario.max_delay = MS(max_delay);
        self
    }

    pub fn took(mut self, took: u64) -> Self {
        self.run.trace.took = MS(took);
        self
    }

    pub fn returns(mut self, returned: &[u64]) -> Self {
        self.run.trace.ending = Ending::Returned(returned.iter().map(|delay| MS(*delay)).collect());
        self
    }

    pub fn ends(mut self, ending: Ending) -> Self {
        self.run.trace.ending = ending;
        self
    }

    /// The same, by another source.
    pub fn source(mut self, text: &str) -> Self {
        self.text = text.into();
        self
    }

    /// The same, built on a function that does what `before` does.
    pub fn on(mut self, before: Trial) -> Self {
        self.before.push((before.scenario, before.run));
        self
    }

    /// What `law` says of it.
    pub fn breaks(&self, law: impl Fn(&Case) -> Option<Diagnosis>) -> Option<(Code, String)> {
        self.look(|case| law(case)).map(|diagnosis| (diagnosis.code, diagnosis.text))
    }

    /// What all laws of its task say of it: nothing, or the codes of what is wrong, of the most likely cause first.
    pub fn codes(&self) -> Vec<Code> {
        codes(std::slice::from_ref(self))
    }

    /// What is seen in it.
    pub fn look<Seen>(&self, look: impl FnOnce(&Case) -> Seen) -> Seen {
        let (source, upstream) = (self.written(), self.upstream());
        look(&self.case(&source, &upstream))
    }

    fn case<'a>(&'a self, source: &'a Source, upstream: &'a Upstream) -> Case<'a> {
        let expected = self.task().expected(&self.scenario);
        Case::new(self.task().info, &self.scenario, &self.run, source, upstream, expected)
    }

    fn task(&self) -> &'static Task {
        by_function(self.function).unwrap()
    }

    fn upstream(&self) -> Upstream {
        Upstream::of(self.before.iter().map(|(scenario, run)| (scenario, run)))
    }

    fn written(&self) -> Source {
        Source::of_file(&place(self.task().number).file, &self.text)
    }
}

/// What all laws say of these runs of one task.
pub fn codes(trials: &[Trial]) -> Vec<Code> {
    look_at_all(trials, |cases| {
        let findings = trials[0].task().judge(cases);
        assert_eq!(findings.course_errors, [""; 0]);
        let broken = findings.diagnoses().into_iter().map(|(_, diagnosis)| diagnosis);
        broken.chain(findings.remarks()).map(|diagnosis| diagnosis.code).collect()
    })
}

/// What is seen in all of these.
pub fn look_at_all<Seen>(trials: &[Trial], look: impl FnOnce(&Cases) -> Seen) -> Seen {
    let first = &trials[0];
    let (task, source, upstream) = (first.task(), first.written(), first.upstream());
    let runs = trials.iter().map(|trial| trial.case(&source, &upstream)).collect();
    look(&Cases { runs, ..Cases::none(task, &source) })
}

/// A place in the files of the task with this number; 0 is a library.
pub fn place(number: usize) -> Place {
    let file = match number.checked_sub(1) {
        Some(at) => format!("crates/{}/src/lib.rs", TASKS[at].folder()),
        None => "/rustc/library/core/src/ops/function.rs".into(),
    };
    // not the line of a call: that may be a `#[track_caller]`
    Place { file, line: 100 }
}
