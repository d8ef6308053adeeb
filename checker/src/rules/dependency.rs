//! What the dependency's function looks like in a trace.
//!
//! A trace has the place in the source where each sleep and each task was made. Mostly the file of that place shows who made
//! it: the task's own code, or the dependency's function. There are two exceptions. A sleep that a library makes
//! (`delay.map(sleep)`) has a place in the library, and a sleep in a `#[track_caller]` function has the place of the call.
//! So the dependency's function is run by itself first
//! ([`Task::dependency_scenarios`](crate::tasks::Task::dependency_scenarios)): all places in those runs are its own.

use std::collections::HashSet;

use crate::contract::task::HARNESS;
use crate::contract::waits::WaitScenario;
use crate::trace::{EventKind, Run, SleepId, SourceLocation, Wait};

/// What is known about the dependency's function, from runs of it alone.
#[derive(Debug, Default)]
pub struct Dependency {
    /// Whether it was run at all. If not, the other fields mean nothing.
    known: bool,
    /// The places where it makes sleeps and tasks.
    places: Vec<SourceLocation>,
    /// Whether some of these places are calls of the function, because of `#[track_caller]`.
    names_its_caller: bool,
    /// How many sleeps each of its futures makes, if that is always the same.
    sleeps_each: Option<usize>,
    /// Whether each of its futures waits once, with one sleep that is used once.
    one_wait_each: bool,
    /// Whether it drops some of its own waits before they end.
    gives_up: bool,
    /// Whether it takes exactly as long as the delays that the scripted mode prescribes.
    takes_what_is_prescribed: bool,
}

impl Dependency {
    /// Collects what these runs of the function show.
    pub fn of<'a>(runs: impl IntoIterator<Item = (&'a WaitScenario, &'a Run)>) -> Self {
        let mut dependency =
            Self { takes_what_is_prescribed: true, one_wait_each: true, ..Self::default() };
        let mut sleeps_each = Vec::new();
        for (scenario, run) in runs {
            dependency.known = true;
            let waits = run.trace.waits();
            // in a truncated trace, a wait that seems open may have ended later
            let given_up =
                |wait: &Wait| !wait.done && (wait.dropped.is_some() || !run.trace.truncated);
            dependency.gives_up |= waits.iter().any(given_up);
            dependency.one_wait_each &= waits.len() == scenario.input.n;
            // a timer that is reset is still one sleep
            let sleeps: HashSet<SleepId> = waits.iter().map(|wait| wait.sleep).collect();
            sleeps_each.push((sleeps.len(), scenario.input.n.max(1)));
            let longest = scenario.delays().and_then(|delays| delays.into_iter().max());
            dependency.takes_what_is_prescribed &= longest == Some(run.trace.elapsed);
            for event in &run.trace.events {
                if let EventKind::SleepMade { place, .. } | EventKind::Spawned { place, .. } =
                    &event.what
                {
                    dependency.names_its_caller |= is_of_the_harness(place);
                    if !dependency.places.contains(place) {
                        dependency.places.push(place.clone());
                    }
                }
            }
        }
        if let Some((sleeps, n)) = sleeps_each.first() {
            let each = sleeps / n;
            let alike = sleeps_each.iter().all(|(sleeps, n)| *sleeps == each * n);
            dependency.sleeps_each = Some(each).filter(|each| *each > 0 && alike);
        }
        dependency
    }

    /// Whether it made sleeps or tasks at `place`.
    pub fn makes_some_at(&self, place: &SourceLocation) -> bool {
        self.places.contains(place)
    }

    /// Whether it may make sleeps or tasks in a library that are not known. True if it was never run.
    pub fn may_use_a_library(&self) -> bool {
        !self.known
    }

    /// Whether its sleeps and tasks may have the place of its call. Also true if it was never run.
    pub fn may_name_its_caller(&self) -> bool {
        self.names_its_caller || !self.known
    }

    /// How many sleeps each of its futures makes; `None` if that is unknown, or not always the same.
    pub fn sleeps_each(&self) -> Option<usize> {
        self.sleeps_each
    }

    /// Whether it is known that each of its futures waits once, with a sleep of its own.
    pub fn waits_once(&self) -> bool {
        self.known && self.one_wait_each
    }

    /// Whether it is known that one of its futures may wait several times (one after another, or at the same time), or not
    /// at all.
    pub fn may_wait_several_times(&self) -> bool {
        self.known && !self.one_wait_each
    }

    /// Whether it is known to drop some of its own waits before they end.
    pub fn gives_up(&self) -> bool {
        self.gives_up
    }

    /// Whether it may drop some of its own waits before they end. Also true if it was never run.
    pub fn may_give_up(&self) -> bool {
        self.gives_up || !self.known
    }

    /// Whether it is known to take as long as the scripted mode prescribes. (A function that puts a delay together bit by bit
    /// does not.)
    pub fn takes_what_is_prescribed(&self) -> bool {
        self.known && self.takes_what_is_prescribed
    }

    /// Whether it is known to take another time than the scripted mode prescribes.
    pub fn differs_from_what_is_prescribed(&self) -> bool {
        self.known && !self.takes_what_is_prescribed
    }
}

/// Whether `place` is a call by the harness.
fn is_of_the_harness(place: &SourceLocation) -> bool {
    let file = place.file.replace('\\', "/");
    // a student's own file of that name lies in `src`
    file.ends_with(HARNESS) && !file.split('/').any(|part| part == "src")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{TraceFixture, place};

    fn of(fixtures: &[TraceFixture]) -> Dependency {
        Dependency::of(fixtures.iter().map(|fixture| (&fixture.scenario, &fixture.run)))
    }

    #[test]
    fn a_function_that_was_never_run_may_do_anything() {
        let unknown = of(&[]);
        assert!(unknown.may_use_a_library() && unknown.may_name_its_caller());
        assert!(unknown.may_give_up() && !unknown.gives_up());
        assert!(!unknown.takes_what_is_prescribed() && !unknown.differs_from_what_is_prescribed());
        assert!(!unknown.may_wait_several_times() && unknown.sleeps_each().is_none());
    }

    #[test]
    fn sleeps_for_each_future_are_counted_over_all_runs() {
        let two = |fixture: TraceFixture| fixture.wait(1, 0, 0, 20).wait(1, 0, 0, 10).elapsed(20);
        let run = || two(TraceFixture::of("wait_random", &[20, 10]));
        let plain = of(&[run(), run()]);
        assert_eq!(plain.sleeps_each(), Some(1));
        assert!(plain.takes_what_is_prescribed() && !plain.gives_up());
        assert!(!plain.may_use_a_library() && !plain.may_name_its_caller());
        assert!(plain.makes_some_at(&place(1)) && !plain.makes_some_at(&place(2)));

        let now_and_then = of(&[run(), TraceFixture::of("wait_random", &[0, 0])]);
        assert!(now_and_then.may_wait_several_times(), "none for a delay of zero");
        let twice = of(&[two(run()), two(run())]);
        assert_eq!((twice.sleeps_each(), twice.may_wait_several_times()), (Some(2), true));
    }

    #[test]
    fn other_times_than_prescribed_and_dropped_waits_are_noticed() {
        let off = of(&[TraceFixture::of("wait_random", &[20]).wait(1, 0, 0, 19).elapsed(19)]);
        assert!(off.differs_from_what_is_prescribed());
        let watched = TraceFixture::of("wait_random", &[20]).wait(1, 0, 0, 20).elapsed(20);
        assert!(of(&[watched.gives_up(1, 0, 0, 99)]).gives_up());
        let mut cut = TraceFixture::of("wait_random", &[20]).gives_up(1, 0, 0, 99);
        assert!(of(&[cut.clone()]).gives_up(), "it is never done");
        cut.run.trace.truncated = true;
        assert!(!of(&[cut]).gives_up(), "nobody knows what became of it");
        let named = TraceFixture::of("wait_random", &[20]).waits_at_the_harness(0, 20).elapsed(20);
        assert!(of(&[named]).may_name_its_caller());
    }
}
